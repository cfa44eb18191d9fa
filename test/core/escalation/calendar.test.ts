import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  afterWorking,
  isWorkingDay,
  quietUntil,
  type Calendar,
} from '../../../src/core/escalation/index.ts';
import { wallOf } from '../../../src/core/time/zone.ts';
import { samplePolicy } from '../../helpers/escalation-samples.ts';

const LONDON: Calendar = samplePolicy().calendar;
const after = (from: string, minutes: number, calendar = LONDON) =>
  afterWorking(calendar, new Date(from), minutes)?.toISOString().slice(0, 16) ?? null;

test('minutes count in working hours and stop in between', () => {
  assert.equal(after('2026-03-02T10:00Z', 30), '2026-03-02T10:30');
  assert.equal(after('2026-03-02T16:50Z', 30), '2026-03-03T09:20');
  assert.equal(after('2026-03-06T16:50Z', 30), '2026-03-09T09:20', 'over a weekend');
  assert.equal(after('2026-03-07T22:10Z', 15), '2026-03-09T09:15', 'from a Saturday night');
});

test('what ends exactly at closing time ends then, and nothing begins then', () => {
  assert.equal(after('2026-03-02T16:00Z', 60), '2026-03-02T17:00');
  assert.equal(after('2026-03-02T17:00Z', 0), '2026-03-03T09:00');
  assert.equal(after('2026-03-02T12:00Z', 0), '2026-03-02T12:00');
});

test('public holidays, days that the team adds, and those on which it works', () => {
  assert.equal(after('2026-04-02T15:50Z', 30), '2026-04-07T08:20', 'Easter, and summer time');
  const closed = { ...LONDON, closed: ['2026-03-03'] };
  assert.equal(after('2026-03-02T16:50Z', 30, closed), '2026-03-04T09:20');
  const open = { ...LONDON, open: ['2026-04-03'] };
  assert.equal(after('2026-04-02T15:50Z', 30, open), '2026-04-03T08:20');
  assert.ok(!isWorkingDay({ ...LONDON, open: ['2026-03-07'] }, '2026-03-07', 6), 'a Saturday');
});

test('a team that works through the night in which clocks change works one hour less, or more', () => {
  const night: Calendar = { ...LONDON, days: [7], hours: { from: 0, to: 1440 }, country: null };
  assert.equal(after('2026-03-29T00:00Z', 23 * 60, night), '2026-03-29T23:00');
  assert.equal(after('2026-03-29T00:00Z', 23 * 60 + 1, night), '2026-04-04T23:01');
  assert.equal(after('2026-10-24T23:00Z', 25 * 60, night), '2026-10-26T00:00');
});

test('a working day of ordinary hours is as long as ever when clocks change', () => {
  const sundays: Calendar = { ...LONDON, days: [7], country: null };
  assert.equal(after('2026-03-29T00:00Z', 60, sundays), '2026-03-29T09:00', '10:00 in summer');
  assert.equal(after('2026-10-25T00:00Z', 60, sundays), '2026-10-25T10:00', '10:00 in winter');
});

test('a calendar without working time has none, and says so', () => {
  assert.equal(after('2026-03-02T10:00Z', 1, { ...LONDON, days: [] }), null);
});

test('quiet hours go over midnight, and end by the wall clock', () => {
  const quiet = { from: 22 * 60, to: 7 * 60 };
  const end = (text: string) =>
    quietUntil(quiet, 'Europe/London', new Date(text))?.toISOString().slice(0, 16) ?? null;
  assert.equal(end('2026-03-02T21:59Z'), null);
  assert.equal(end('2026-03-02T22:00Z'), '2026-03-03T07:00');
  assert.equal(end('2026-03-03T06:59Z'), '2026-03-03T07:00');
  assert.equal(end('2026-03-03T07:00Z'), null);
  assert.equal(end('2026-03-28T23:00Z'), '2026-03-29T06:00', 'a night of eight hours');
  assert.equal(end('2026-10-24T22:00Z'), '2026-10-25T07:00', 'a night of ten hours');
  const noon = { from: 12 * 60, to: 13 * 60 };
  assert.equal(quietUntil(noon, 'UTC', new Date('2026-03-02T13:30Z')), null);
});

test('counting minute by minute comes to the same instant', () => {
  const zones = ['Europe/London', 'America/New_York', 'Asia/Kolkata'];
  const start = fc.integer({ min: 0, max: 366 * 1440 });
  const minutes = fc.integer({ min: 1, max: 900 });
  const hours = fc
    .tuple(fc.integer({ min: 0, max: 1380 }), fc.integer({ min: 30, max: 1440 }))
    .map(([from, length]) => ({ from, to: Math.min(1440, from + length) }));
  fc.assert(
    fc.property(fc.constantFrom(...zones), start, minutes, hours, (timeZone, at, count, shift) => {
      const calendar: Calendar = { ...LONDON, timeZone, hours: shift, country: 'GB' };
      const from = new Date(Date.UTC(2026, 0, 1) + at * 60_000);
      const computed = afterWorking(calendar, from, count);
      assert.deepEqual(computed, counted(calendar, from, count));
    }),
    { numRuns: 25 },
  );
});

/** The slow way: looks at the wall clock at every minute. */
function counted(calendar: Calendar, from: Date, minutes: number): Date {
  let at = from.getTime();
  for (let left = minutes; left > 0; at += 60_000) {
    const { date, weekday, minutes: now } = wallOf(new Date(at), calendar.timeZone);
    const { from: opens, to: closes } = calendar.hours;
    const works = isWorkingDay(calendar, date, weekday) && opens <= now && now < closes;
    if (works) left -= 1;
  }
  return new Date(at);
}
