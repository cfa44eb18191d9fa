import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addDays,
  daysBetween,
  instantOf,
  isDate,
  isTimeZone,
  startOfDay,
  wallOf,
  weekdayOf,
} from '../../../src/core/time/zone.ts';

const at = (text: string) => new Date(text);

test('the wall clock of a place shows its own date, weekday and minutes', () => {
  assert.deepEqual(wallOf(at('2026-03-02T23:30:00Z'), 'Asia/Tokyo'), {
    ...{ date: '2026-03-03', weekday: 2, minutes: 510 },
  });
  assert.deepEqual(wallOf(at('2026-03-02T04:59:59Z'), 'America/New_York'), {
    ...{ date: '2026-03-01', weekday: 7, minutes: 1439 },
  });
});

test('nine o’clock is nine o’clock in winter and in summer', () => {
  const nine = (date: string, zone: string) => instantOf(date, 540, zone).toISOString();
  assert.equal(nine('2026-01-15', 'Europe/London'), '2026-01-15T09:00:00.000Z');
  assert.equal(nine('2026-07-15', 'Europe/London'), '2026-07-15T08:00:00.000Z');
  assert.equal(nine('2026-07-15', 'Australia/Adelaide'), '2026-07-14T23:30:00.000Z');
});

test('when clocks go forward, a time that never happens is the instant of the change', () => {
  const london = (minutes: number) => instantOf('2026-03-29', minutes, 'Europe/London');
  assert.equal(london(59).toISOString(), '2026-03-29T00:59:00.000Z');
  assert.equal(london(90).toISOString(), '2026-03-29T01:00:00.000Z');
  assert.equal(london(120).toISOString(), '2026-03-29T01:00:00.000Z');
});

test('when clocks go back, a time that happens twice is the first of the two', () => {
  const berlin = (minutes: number) => instantOf('2026-10-25', minutes, 'Europe/Berlin');
  assert.equal(berlin(150).toISOString(), '2026-10-25T00:30:00.000Z');
  assert.equal(berlin(180).toISOString(), '2026-10-25T02:00:00.000Z');
});

test('a change of half an hour is one too', () => {
  // Lord Howe Island moves by 30 minutes, at 2:00 to 2:30 on 4 October 2026.
  const missing = instantOf('2026-10-04', 135, 'Australia/Lord_Howe');
  assert.equal(missing.toISOString(), '2026-10-03T15:30:00.000Z');
});

test('minutes beyond midnight lie on the next days', () => {
  assert.deepEqual(instantOf('2026-12-31', 1440 + 30, 'UTC'), at('2027-01-01T00:30:00Z'));
});

test('what the wall clock shows leads back to the instant, or to the first that shows it', () => {
  const zones = ['Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'];
  const minute = fc.integer({ min: 0, max: 4 * 366 * 1440 });
  fc.assert(
    fc.property(fc.constantFrom(...zones), minute, (zone, minutes) => {
      const instant = new Date(Date.UTC(2025, 0, 1) + minutes * 60_000);
      const wall = wallOf(instant, zone);
      const back = instantOf(wall.date, wall.minutes, zone);
      assert.deepEqual(wallOf(back, zone), wall);
      assert.ok(back <= instant && instant.getTime() - back.getTime() <= 3_600_000);
    }),
  );
});

test('dates are counted over leap days and years', () => {
  assert.equal(addDays('2028-02-28', 1), '2028-02-29');
  assert.equal(addDays('2026-01-01', -1), '2025-12-31');
  assert.equal(daysBetween('2026-02-27', '2026-03-02'), 3);
  assert.equal(weekdayOf('2026-03-01'), 7);
  assert.ok(isDate('2028-02-29'));
  assert.ok(!isDate('2026-02-29') && !isDate('2026-2-9') && !isDate('tomorrow'));
});

const DAYS: readonly [zone: string, now: string, midnight: string][] = [
  ['UTC', '2026-11-24T12:00:00Z', '2026-11-24T00:00:00.000Z'],
  ['Europe/London', '2026-07-01T00:30:00Z', '2026-06-30T23:00:00.000Z'],
  ['America/New_York', '2026-11-24T03:00:00Z', '2026-11-23T05:00:00.000Z'],
  ['Pacific/Auckland', '2026-11-24T12:00:00Z', '2026-11-24T11:00:00.000Z'],
  ['Asia/Kathmandu', '2026-11-24T12:00:00Z', '2026-11-23T18:15:00.000Z'],
  // The clocks go forward at 01:00 UTC and back at 01:00 UTC.
  ['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00.000Z'],
  ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00.000Z'],
  // At one o'clock it becomes midnight again; that is still the day that began an hour before.
  ['America/Havana', '2026-11-01T12:00:00Z', '2026-11-01T04:00:00.000Z'],
  // Midnight is left out: at twelve it is one.
  ['America/Santiago', '2026-09-06T12:00:00Z', '2026-09-06T04:00:00.000Z'],
];

for (const [zone, now, midnight] of DAYS) {
  test(`the day of ${now} in ${zone} began at ${midnight}`, () => {
    assert.equal(startOfDay(new Date(now), zone).toISOString(), midnight);
  });
}

test('a made-up time zone is known as one', () => {
  assert.equal(isTimeZone('Europe/Berlin'), true);
  assert.equal(isTimeZone('Europe/Atlantis'), false);
});
