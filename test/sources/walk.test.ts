import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { walkForward } from '../../src/sources/walk.ts';

interface Item {
  id: number;
  time: number;
}

/** A list sorted by time, with an inclusive lower bound and page numbers. */
function listOf(items: Item[], pageSize: number) {
  return (from: number, page: number) => {
    const found = items.filter(({ time }) => time >= from).sort((a, b) => a.time - b.time);
    const start = (page - 1) * pageSize;
    const shown = found.slice(start, start + pageSize).map((item) => ({ ...item }));
    return { items: shown, more: found.length > start + pageSize };
  };
}

test('walking on from where the last poll stopped reaches every item, whatever the page size', async () => {
  const times = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(
      times,
      fc.integer({ min: 2, max: 7 }),
      fc.integer({ min: 1, max: 30 }),
      async (found, pageSize, maxPages) => {
        const items = found.map((time, id) => ({ id, time }));
        // Whole pages of one time can be read no faster than a poll reads pages.
        const crowd = Math.max(
          0,
          ...items.map((a) => items.filter((b) => b.time === a.time).length),
        );
        fc.pre(crowd < pageSize * maxPages);
        const list = listOf(items, pageSize);
        const heard = new Set<number>();
        let from = 0;
        for (let polls = 0; polls < 200; polls += 1) {
          const walked = await walkForward<Item, number>({
            from,
            read: async (bound, page) => ({ ok: true, ...list(bound, page) }),
            boundOf: ({ time }) => time,
            isAfter: (a, b) => a > b,
            maxPages,
          });
          assert.ok(walked.ok);
          for (const { id } of walked.items) heard.add(id);
          from = walked.through;
          if (walked.finished) break;
        }
        assert.equal(heard.size, items.length);
      },
    ),
  );
});

test('items that move to the end while we read are not missed, nor those behind them', async () => {
  const items = Array.from({ length: 30 }, (_, id) => ({ id, time: id }));
  const heard = new Set<number>();
  let moved = 0;
  const walked = await walkForward<Item, number>({
    from: 0,
    async read(from, page) {
      const read = listOf(items, 10)(from, page);
      // Between two pages, three of what was read change.
      for (const { id } of read.items.slice(0, 3)) {
        const item = items.find((one) => one.id === id);
        if (item !== undefined && moved < 9) item.time = 100 + (moved += 1);
      }
      return { ok: true, ...read };
    },
    boundOf: ({ time }) => time,
    isAfter: (a, b) => a > b,
    maxPages: 20,
  });
  assert.ok(walked.ok && walked.finished);
  for (const { id } of walked.items) heard.add(id);
  assert.equal(heard.size, 30);
});

test('a limit after the first page keeps what was read; any other failure does not', async () => {
  for (const kind of ['rate-limited', 'unavailable'] as const) {
    const items = Array.from({ length: 20 }, (_, id) => ({ id, time: id }));
    let reads = 0;
    const walked = await walkForward<Item, number>({
      from: 0,
      async read(from, page) {
        reads += 1;
        const failure = { kind, cause: 'sample', message: 'sample', retryAfterSeconds: 30 };
        return reads > 1 ? { ok: false, failure } : { ok: true, ...listOf(items, 10)(from, page) };
      },
      boundOf: ({ time }) => time,
      isAfter: (a, b) => a > b,
      maxPages: 20,
    });
    assert.equal(walked.ok, kind === 'rate-limited');
    if (walked.ok) assert.deepEqual([walked.through, walked.waitSeconds], [9, 30]);
  }
});
