import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Failure } from '../../src/core/source.ts';
import { readMark, walkBack, type Mark } from '../../src/sources/walk-back.ts';

const NOW = new Date('2026-03-02T12:00:00Z');
const PAGE = 10;
const OVERLAP = 5;
const BUSY: Failure = { kind: 'unavailable', cause: 'HTTP 503', message: 'is busy' };

/** A list of times, newest first, whose pages are asked for by what comes before them. */
function listOf(times: readonly number[], failing: (request: number) => boolean) {
  let requests = 0;
  return async (page: string | null) => {
    requests += 1;
    if (failing(requests)) return { ok: false as const, failure: BUSY };
    const sorted = [...times].sort((a, b) => b - a);
    const rest = page === null ? sorted : sorted.filter((time) => time < Number(page));
    const items = rest.slice(0, PAGE);
    const next = rest.length > PAGE ? String(items.at(-1)) : null;
    return { ok: true as const, items, next };
  };
}

test('whatever breaks off, wherever and how often, no item is lost', async () => {
  const rounds = fc.array(
    fc.record({ arrive: fc.nat(60), pages: fc.integer({ min: 1, max: 4 }), fails: fc.nat(6) }),
    { minLength: 1, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(30), rounds, async (before, plan) => {
      const times = Array.from({ length: before }, (_, n) => n + 1);
      const heard: number[] = [];
      let mark: Mark = { through: null, rest: null };
      async function walk(maxPages: number, fails: number): Promise<void> {
        const walked = await walkBack<number>({
          // As it comes back out of a cursor.
          mark: readMark(JSON.parse(JSON.stringify(mark))),
          read: listOf(times, (request) => request === fails),
          timeOf: (time) => time,
          overlap: OVERLAP,
          maxPages,
          now: NOW,
        });
        if (!walked.ok) return;
        assert.equal(walked.gap, null);
        heard.push(...walked.items);
        mark = walked.mark;
      }
      await walk(1, 0);
      const baseline = new Set(heard);
      for (const { arrive, pages, fails } of plan) {
        const start = times.length;
        for (let n = 1; n <= arrive; n += 1) times.push(start + n);
        await walk(pages, fails);
      }
      for (let round = 0; round < 100; round += 1) await walk(4, 0);
      const due = times.filter((time) => time > before || baseline.has(time));
      assert.deepEqual(
        due.filter((time) => !heard.includes(time)),
        [],
      );
    }),
    { numRuns: 200 },
  );
});

test('an item from the far future does not carry the mark away', async () => {
  const far = NOW.getTime() * 2;
  const walked = await walkBack<number>({
    mark: { through: null, rest: null },
    read: listOf([1, 2, far], () => false),
    timeOf: (time) => time,
    overlap: OVERLAP,
    maxPages: 2,
    now: NOW,
  });
  assert.equal(walked.ok && walked.mark.through, 2);
});

test('a cursor that is not readable begins anew', () => {
  for (const value of [undefined, null, 7, 'x', { through: 'x', rest: { page: 7 } }]) {
    assert.deepEqual(readMark(value), { through: null, rest: null });
  }
});
