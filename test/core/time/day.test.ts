import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTimeZone, startOfDay } from '../../../src/core/time/day.ts';

const CASES: readonly [zone: string, now: string, midnight: string][] = [
  ['UTC', '2026-11-24T12:00:00Z', '2026-11-24T00:00:00.000Z'],
  ['Europe/London', '2026-07-01T00:30:00Z', '2026-06-30T23:00:00.000Z'],
  ['America/New_York', '2026-11-24T03:00:00Z', '2026-11-23T05:00:00.000Z'],
  ['Pacific/Auckland', '2026-11-24T12:00:00Z', '2026-11-24T11:00:00.000Z'],
  ['Asia/Kathmandu', '2026-11-24T12:00:00Z', '2026-11-23T18:15:00.000Z'],
  // The clocks go forward at 01:00 UTC and back at 01:00 UTC.
  ['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00.000Z'],
  ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00.000Z'],
];

for (const [zone, now, midnight] of CASES) {
  test(`the day of ${now} in ${zone} began at ${midnight}`, () => {
    assert.equal(startOfDay(new Date(now), zone).toISOString(), midnight);
  });
}

test('a made-up time zone is known as one', () => {
  assert.equal(isTimeZone('Europe/Berlin'), true);
  assert.equal(isTimeZone('Europe/Atlantis'), false);
});
