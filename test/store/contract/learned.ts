import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Stores, VerdictCount } from '../../../src/core/ports.ts';
import { sampleLesson } from '../../helpers/lesson-samples.ts';
import {
  minutesAfter,
  NOON,
  sampleEvent,
  sampleMention,
  samplePoll,
} from '../../helpers/samples.ts';
import { furnished, store, type Open } from './open.ts';

const DAY = 24 * 60;

export function lessonContract(open: Open): void {
  test('a lesson is found as it was saved, in its own workspace alone', async (t) => {
    const { lessons } = await furnished(open, t);
    const lesson = sampleLesson({ said: 'answered', keywordId: null });
    await lessons.save(lesson, 10);
    assert.deepEqual(await lessons.find('T1', lesson.id), lesson);
    assert.deepEqual(await lessons.list('T1'), [lesson]);
    assert.equal(await lessons.find('T2', lesson.id), null);
    assert.deepEqual(await lessons.list('T2'), []);
    await assert.rejects(lessons.save({ ...lesson, workspaceId: 'T3' }, 10));
  });

  test('a second lesson about the same replaces the first', async (t) => {
    const { lessons } = await furnished(open, t);
    const first = sampleLesson();
    await lessons.save(first, 10);
    const second = sampleLesson({ ...first, said: 'negative', by: 'U2', at: minutesAfter(1) });
    await lessons.save(second, 10);
    assert.deepEqual(await lessons.list('T1'), [second]);
  });

  test('of more lessons than are kept, the oldest go, in their own workspace alone', async (t) => {
    const { lessons } = await furnished(open, t);
    const other = sampleLesson({ workspaceId: 'T2', at: minutesAfter(-9) });
    await lessons.save(other, 2);
    const all = [3, 1, 2].map((minute) => sampleLesson({ at: minutesAfter(minute) }));
    for (const lesson of all) await lessons.save(lesson, 2);
    assert.deepEqual(
      (await lessons.list('T1')).map(({ at }) => at),
      [minutesAfter(2), minutesAfter(3)],
    );
    assert.deepEqual(await lessons.list('T2'), [other]);
  });

  test('a post that is withdrawn takes its lesson along, one that expires leaves it', async (t) => {
    const stores = await furnished(open, t);
    const [gone, old, other] = [await taught(stores), await taught(stores), await taught(stores)];
    for (const [mention, status] of [
      [gone, 'withdrawn'],
      [old, 'expired'],
    ] as const) {
      const next = { ...mention, version: 2, status, title: null, text: null };
      assert.ok(await stores.mentions.apply(next, [sampleEvent(next)]));
    }
    const left = (await stores.lessons.list('T1')).map(({ id }) => id);
    assert.deepEqual(left, [old.id, other.id]);
  });

  test('every change of the lessons gives another stamp', async (t) => {
    const { lessons } = await furnished(open, t);
    const [first, second] = [sampleLesson(), sampleLesson({ at: minutesAfter(1) })];
    const stamps = [await lessons.stamp('T1')];
    await lessons.save(first, 10);
    stamps.push(await lessons.stamp('T1'));
    await lessons.save(second, 10);
    stamps.push(await lessons.stamp('T1'));
    await lessons.save({ ...first, at: minutesAfter(2) }, 10);
    stamps.push(await lessons.stamp('T1'));
    assert.equal(await lessons.remove('T1', first.id), true);
    assert.equal(await lessons.remove('T1', first.id), false);
    stamps.push(await lessons.stamp('T1'));
    assert.equal(new Set(stamps).size, 5);
    assert.equal(await lessons.stamp('T2'), stamps[0]);
  });
}

/** A mention that was posted and carries a lesson. */
async function taught(stores: Stores) {
  const mention = sampleMention();
  await store(stores, mention);
  await stores.lessons.save(sampleLesson({ id: mention.id }), 10);
  return mention;
}

export function verdictCountContract(open: Open): void {
  async function counted(stores: Stores, at: Date, counts: VerdictCount[], source = 's1') {
    const record = (await stores.sources.find('T1', source))!;
    return stores.sources.commitPoll(samplePoll(record, [], { at, counts }));
  }

  test('what polls counted is added up by keyword and step, from a day on', async (t) => {
    const stores = await furnished(open, t);
    await counted(stores, minutesAfter(-2 * DAY), [{ keywordId: 'k1', step: 3, posts: 7 }]);
    await counted(stores, minutesAfter(-DAY), [
      { keywordId: 'k1', step: 3, posts: 2 },
      { keywordId: 'k2', step: 19, posts: 1 },
    ]);
    await counted(stores, NOON, [{ keywordId: 'k1', step: 3, posts: 1 }]);
    await counted(stores, NOON, [{ keywordId: 'k1', step: 3, posts: 1 }]);
    assert.deepEqual(await stores.verdictCounts.since('T1', '2026-03-01'), [
      { keywordId: 'k1', step: 3, posts: 4 },
      { keywordId: 'k2', step: 19, posts: 1 },
    ]);
    assert.deepEqual(await stores.verdictCounts.since('T1', '2026-03-03'), []);
    assert.deepEqual(await stores.verdictCounts.since('T2', '2026-01-01'), []);
  });

  test('a poll that came too late counts nothing', async (t) => {
    const stores = await furnished(open, t);
    const record = (await stores.sources.find('T1', 's1'))!;
    const counts = [{ keywordId: 'k1', step: 0, posts: 1 }];
    const poll = samplePoll({ ...record, cursor: 'another' }, [sampleMention()], { counts });
    assert.equal(await stores.sources.commitPoll(poll), null);
    assert.deepEqual(await stores.verdictCounts.since('T1', '2026-01-01'), []);
  });

  test('days that are long past go', async (t) => {
    const stores = await furnished(open, t);
    const one = [{ keywordId: 'k1', step: 0, posts: 1 }];
    await counted(stores, minutesAfter(-36 * DAY), one);
    await counted(stores, minutesAfter(-35 * DAY), one);
    await counted(stores, NOON, one);
    assert.deepEqual(await stores.verdictCounts.since('T1', '2025-01-01'), [
      { keywordId: 'k1', step: 0, posts: 2 },
    ]);
  });
}
