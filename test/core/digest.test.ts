import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose, lastDue, readTimes } from '../../src/core/digest.ts';

test('times are read as people write them, in order, each once; anything else is an error', () => {
  assert.deepEqual(readTimes('16:00, 9:00 09.00'), ['09:00', '16:00']);
  assert.deepEqual(readTimes(' '), []);
  for (const wrong of ['24:00', '9', '09:60', 'noon', '09:00, soon', '009:00']) {
    assert.equal(readTimes(wrong), null, wrong);
  }
});

const DUE: [string, string, string[], string, string | null][] = [
  ['after a time of today', 'UTC', ['09:00', '16:00'], '2026-03-02T12:00Z', '2026-03-02T09:00Z'],
  ['at the very time', 'UTC', ['09:00', '16:00'], '2026-03-02T16:00Z', '2026-03-02T16:00Z'],
  [
    'before the first of today',
    'UTC',
    ['09:00', '16:00'],
    '2026-03-02T08:59Z',
    '2026-03-01T16:00Z',
  ],
  ['where the team is', 'Asia/Tokyo', ['09:00'], '2026-03-02T00:30Z', '2026-03-02T00:00Z'],
  ['in summer time', 'Europe/Berlin', ['09:00'], '2026-07-01T12:00Z', '2026-07-01T07:00Z'],
  ['an hour that is skipped', 'Europe/Berlin', ['02:30'], '2026-03-29T12:00Z', '2026-03-29T01:00Z'],
  ['an hour that is twice', 'Europe/Berlin', ['02:30'], '2026-10-25T12:00Z', '2026-10-25T00:30Z'],
  ['no times', 'UTC', [], '2026-03-02T12:00Z', null],
];
for (const [what, timeZone, times, now, due] of DUE) {
  test(`the last digest was due: ${what}`, () => {
    assert.deepEqual(lastDue(times, timeZone, new Date(now)), due === null ? null : new Date(due));
  });
}

test('the most negative get the lines, and some are kept for what could not be judged', () => {
  const one = (negativity: number, judged = true) => ({ verdict: { negativity, judged } });
  const judged = [0.4, 0.5, 0.3].map((negativity) => one(negativity));
  assert.deepEqual(
    choose(judged, 2).map(({ verdict }) => verdict.negativity),
    [0.5, 0.4],
  );
  const many = Array.from({ length: 40 }, () => one(0.45));
  const foreign = Array.from({ length: 40 }, () => one(0.9, false));
  const chosen = choose([...foreign, ...many], 15);
  assert.deepEqual(
    chosen.map(({ verdict }) => verdict.judged),
    [...Array<boolean>(10).fill(true), ...Array<boolean>(5).fill(false)],
  );
  assert.equal(choose([...foreign, ...judged], 15).length, 15);
});
