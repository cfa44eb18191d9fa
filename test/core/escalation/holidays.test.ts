import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  COUNTRIES,
  easterSunday,
  holidaysOf,
  type Country,
} from '../../../src/core/escalation/index.ts';
import { weekdayOf } from '../../../src/core/time/zone.ts';

function dates(country: Country, year: number): string {
  return holidaysOf(country, year)
    .map(({ date }) => date.slice(5))
    .join(' ');
}

test('Easter falls where the churches’ tables have it', () => {
  const known = ['2000-04-23', '2008-03-23', '2011-04-24', '2024-03-31', '2025-04-20'];
  const more = ['2026-04-05', '2027-03-28', '2038-04-25', '2285-03-22'];
  for (const date of [...known, ...more])
    assert.equal(easterSunday(Number(date.slice(0, 4))), date);
});

test('England and Wales have the bank holidays that their government lists', () => {
  assert.equal(dates('GB', 2025), '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26');
  assert.equal(dates('GB', 2026), '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28');
  assert.equal(dates('GB', 2027), '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28');
});

test('where Christmas Day is a Sunday, Boxing Day stays and the substitute comes after it', () => {
  assert.match(dates('GB', 2033), / 12-26 12-27$/u);
  const boxing = holidaysOf('GB', 2033).find(({ name }) => name === 'Boxing Day');
  assert.equal(boxing?.date, '2033-12-26');
});

test('Germany has its nine national holidays, wherever they fall', () => {
  assert.equal(dates('DE', 2026), '01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26');
});

test('the federal holidays of the United States move off the weekend', () => {
  const all2026 = '01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25';
  assert.equal(dates('US', 2026), all2026);
  const all2027 = '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31';
  assert.equal(dates('US', 2027), all2027);
  assert.equal(dates('US', 2028).slice(0, 5), '01-17', 'kept in the year before');
});

test('France has the eleven of its labour code', () => {
  const all = '01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25';
  assert.equal(dates('FR', 2026), all);
});

test('the Netherlands keep the King’s birthday on a Saturday where it is a Sunday', () => {
  assert.equal(dates('NL', 2026), '01-01 04-06 04-27 05-05 05-14 05-25 12-25 12-26');
  assert.match(dates('NL', 2025), / 04-26 /u);
});

test('no country has a holiday twice, and what moves lands on a weekday', () => {
  for (const country of COUNTRIES) {
    for (let year = 2020; year < 2050; year++) {
      const all = holidaysOf(country, year).map(({ date }) => date);
      assert.equal(new Set(all).size, all.length, `${country} ${year}`);
      if (country === 'GB' || country === 'US') {
        assert.ok(
          all.every((date) => weekdayOf(date) < 6),
          `${country} ${year}`,
        );
      }
    }
  }
});
