import { addDays, weekdayOf } from '../time/zone.ts';

export interface Holiday {
  /** `2026-12-25`. */
  date: string;
  name: string;
}

/** Countries whose public holidays follow rules that can be computed. */
export const COUNTRIES = ['GB', 'DE', 'US', 'FR', 'NL'] as const;
export type Country = (typeof COUNTRIES)[number];

export const COUNTRY_NAMES: Readonly<Record<Country, string>> = {
  GB: 'England and Wales',
  DE: 'Germany (national)',
  US: 'United States (federal)',
  FR: 'France',
  NL: 'Netherlands',
};

const RULES: Readonly<Record<Country, (year: number) => Holiday[]>> = {
  GB: englandAndWales,
  DE: germany,
  US: unitedStates,
  FR: france,
  NL: netherlands,
};

/**
 * The public holidays of a country in a year, in order. Days that are proclaimed once, and those of
 * a region, are not among them: a team enters those by their dates.
 */
export function holidaysOf(country: Country, year: number): Holiday[] {
  return RULES[country](year)
    .filter(({ date }) => date.startsWith(`${year}-`))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

/**
 * England and Wales. Rules: Banking and Financial Dealings Act 1971, schedule 1, with New Year's
 * Day and the early May day by yearly proclamation, and substitutes for those that fall on a
 * weekend; the list is published at gov.uk/bank-holidays.
 */
function englandAndWales(year: number): Holiday[] {
  const easter = easterSunday(year);
  const [christmas, boxing] = afterTheWeekend([`${year}-12-25`, `${year}-12-26`]);
  return [
    named(afterTheWeekend([`${year}-01-01`])[0], 'New Year’s Day'),
    named(addDays(easter, -2), 'Good Friday'),
    named(addDays(easter, 1), 'Easter Monday'),
    named(nth(year, 5, MONDAY, 1), 'Early May bank holiday'),
    named(last(year, 5, MONDAY), 'Spring bank holiday'),
    named(last(year, 8, MONDAY), 'Summer bank holiday'),
    named(christmas, 'Christmas Day'),
    named(boxing, 'Boxing Day'),
  ];
}

/**
 * Those of all sixteen states. Rules: the holiday laws of the states; 3 October by the Unification
 * Treaty of 1990, article 2 (2). Nothing moves when it falls on a weekend.
 */
function germany(year: number): Holiday[] {
  const easter = easterSunday(year);
  return [
    named(`${year}-01-01`, 'Neujahr'),
    named(addDays(easter, -2), 'Karfreitag'),
    named(addDays(easter, 1), 'Ostermontag'),
    named(`${year}-05-01`, 'Tag der Arbeit'),
    named(addDays(easter, 39), 'Christi Himmelfahrt'),
    named(addDays(easter, 50), 'Pfingstmontag'),
    named(`${year}-10-03`, 'Tag der Deutschen Einheit'),
    named(`${year}-12-25`, 'Erster Weihnachtstag'),
    named(`${year}-12-26`, 'Zweiter Weihnachtstag'),
  ];
}

/**
 * Federal holidays. Rules: 5 U.S. Code section 6103 (a); one that falls on a Saturday is kept on
 * the Friday before it (section 6103 (b)), one on a Sunday on the Monday after (Executive Order
 * 11582).
 */
function unitedStates(year: number): Holiday[] {
  return [
    named(nearestWeekday(`${year}-01-01`), 'New Year’s Day'),
    named(nth(year, 1, MONDAY, 3), 'Birthday of Martin Luther King, Jr.'),
    named(nth(year, 2, MONDAY, 3), 'Washington’s Birthday'),
    named(last(year, 5, MONDAY), 'Memorial Day'),
    named(nearestWeekday(`${year}-06-19`), 'Juneteenth'),
    named(nearestWeekday(`${year}-07-04`), 'Independence Day'),
    named(nth(year, 9, MONDAY, 1), 'Labor Day'),
    named(nth(year, 10, MONDAY, 2), 'Columbus Day'),
    named(nearestWeekday(`${year}-11-11`), 'Veterans Day'),
    named(nth(year, 11, THURSDAY, 4), 'Thanksgiving Day'),
    named(nearestWeekday(`${year}-12-25`), 'Christmas Day'),
    // A New Year's Day on a Saturday is kept on the last day of this year.
    named(nearestWeekday(`${year + 1}-01-01`), 'New Year’s Day'),
  ];
}

/** Rules: Code du travail, article L3133-1. Nothing moves when it falls on a weekend. */
function france(year: number): Holiday[] {
  const easter = easterSunday(year);
  return [
    named(`${year}-01-01`, 'Jour de l’An'),
    named(addDays(easter, 1), 'Lundi de Pâques'),
    named(`${year}-05-01`, 'Fête du Travail'),
    named(`${year}-05-08`, 'Victoire 1945'),
    named(addDays(easter, 39), 'Ascension'),
    named(addDays(easter, 50), 'Lundi de Pentecôte'),
    named(`${year}-07-14`, 'Fête nationale'),
    named(`${year}-08-15`, 'Assomption'),
    named(`${year}-11-01`, 'Toussaint'),
    named(`${year}-11-11`, 'Victoire 1918'),
    named(`${year}-12-25`, 'Noël'),
  ];
}

/**
 * Rules: Algemene termijnenwet, article 3 (1). The King's birthday is kept on 27 April, on the 26th
 * where that is a Sunday. 5 May is one by the law; a team that works then takes it out.
 */
function netherlands(year: number): Holiday[] {
  const easter = easterSunday(year);
  const birthday = `${year}-04-27`;
  return [
    named(`${year}-01-01`, 'Nieuwjaarsdag'),
    named(addDays(easter, 1), 'Tweede paasdag'),
    named(weekdayOf(birthday) === SUNDAY ? addDays(birthday, -1) : birthday, 'Koningsdag'),
    named(`${year}-05-05`, 'Bevrijdingsdag'),
    named(addDays(easter, 39), 'Hemelvaartsdag'),
    named(addDays(easter, 50), 'Tweede pinksterdag'),
    named(`${year}-12-25`, 'Eerste kerstdag'),
    named(`${year}-12-26`, 'Tweede kerstdag'),
  ];
}

const MONDAY = 1;
const THURSDAY = 4;
const SATURDAY = 6;
const SUNDAY = 7;

/**
 * Easter Sunday of the Gregorian calendar, for any year of it; the computation is the anonymous one
 * that J. Meeus gives in Astronomical Algorithms, chapter 8.
 */
export function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const days = h + l - 7 * m + 114;
  return day(year, Math.floor(days / 31), (days % 31) + 1);
}

function named(date: string | undefined, name: string): Holiday {
  return { date: date ?? '', name };
}

function day(year: number, month: number, dayOfMonth: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
}

/** The n-th such weekday of a month. */
function nth(year: number, month: number, weekday: number, n: number): string {
  const first = day(year, month, 1);
  return addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + (n - 1) * 7);
}

/** The last such weekday of a month that has 31 days. */
function last(year: number, month: 5 | 8, weekday: number): string {
  const end = day(year, month, 31);
  return addDays(end, -((weekdayOf(end) - weekday + 7) % 7));
}

/** The days themselves where they are weekdays; each of the others gets the next free weekday. */
function afterTheWeekend(days: readonly string[]): string[] {
  const taken = new Set(days.filter((one) => weekdayOf(one) < SATURDAY));
  return days.map((one) => {
    if (weekdayOf(one) < SATURDAY) return one;
    let free = one;
    while (weekdayOf(free) >= SATURDAY || taken.has(free)) free = addDays(free, 1);
    taken.add(free);
    return free;
  });
}

function nearestWeekday(date: string): string {
  const weekday = weekdayOf(date);
  if (weekday === SATURDAY) return addDays(date, -1);
  return weekday === SUNDAY ? addDays(date, 1) : date;
}
