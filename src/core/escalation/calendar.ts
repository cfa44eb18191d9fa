import { addDays, instantOf, wallOf, weekdayOf } from '../time/zone.ts';
import { holidaysOf, type Country } from './holidays.ts';

/** Part of a day by the wall clock, in minutes after midnight; where `to` is not later, over midnight. */
export interface Hours {
  from: number;
  to: number;
}

/** When a team works. */
export interface Calendar {
  /** IANA name. */
  timeZone: string;
  /** Working days: Monday is 1, Sunday 7. */
  days: readonly number[];
  /** `from` before `to`, which is at most 1440, midnight. */
  hours: Hours;
  /** Whose public holidays are no working days; null: nobody's. */
  country: Country | null;
  /** More days on which nobody works, and holidays on which the team does; dates as `2026-12-25`. */
  closed: readonly string[];
  open: readonly string[];
}

/** Days that are looked through for working time; a calendar without any has none. */
const LOOK_AHEAD = 800;

/** Whether people work on a date, holidays considered. */
export function isWorkingDay(calendar: Calendar, date: string, weekday: number): boolean {
  if (!calendar.days.includes(weekday) || calendar.closed.includes(date)) return false;
  if (calendar.country === null || calendar.open.includes(date)) return true;
  return !holidays(calendar.country, Number(date.slice(0, 4))).has(date);
}

const known = new Map<string, Set<string>>();

/** A year is asked for thousands of times, and never changes. */
function holidays(country: Country, year: number): Set<string> {
  const key = `${country}${year}`;
  const dates = known.get(key) ?? new Set(holidaysOf(country, year).map(({ date }) => date));
  known.set(key, dates);
  return dates;
}

/**
 * The instant at which so many minutes of working time have passed since `from`; with none to pass,
 * the first working instant from then on. Null where the calendar has no working time at all. An
 * hour that the clocks skip is not worked, one that they repeat is worked twice.
 */
export function afterWorking(calendar: Calendar, from: Date, minutes: number): Date | null {
  let { date } = wallOf(from, calendar.timeZone);
  let left = minutes * 60_000;
  for (let day = 0; day < LOOK_AHEAD; day++) {
    const { opens, closes, next } = dayOf(calendar, date);
    const begins = Math.max(opens, from.getTime());
    // With time left that ends exactly at closing it is still today.
    if (begins < closes && begins + left <= closes) return new Date(begins + left);
    left -= Math.max(0, closes - begins);
    date = next;
  }
  return null;
}

/** A date as a calendar has it, in milliseconds; a day off closes as it opens. */
interface Day {
  opens: number;
  closes: number;
  next: string;
}

/** Thousands of mentions ask one calendar about the same few days, and a zone is slow to ask. */
const days = new WeakMap<Calendar, Map<string, Day>>();

function dayOf(calendar: Calendar, date: string): Day {
  const known = days.get(calendar) ?? new Map<string, Day>();
  days.set(calendar, known);
  const found = known.get(date);
  if (found !== undefined) return found;
  const { hours, timeZone } = calendar;
  const next = addDays(date, 1);
  const works = isWorkingDay(calendar, date, weekdayOf(date));
  const opens = works ? instantOf(date, hours.from, timeZone).getTime() : 0;
  const closes = works ? instantOf(date, hours.to, timeZone).getTime() : 0;
  known.set(date, { opens, closes, next });
  return { opens, closes, next };
}

/** When the quiet hours around an instant end; null where it lies in none. */
export function quietUntil(quiet: Hours, timeZone: string, at: Date): Date | null {
  const { date, minutes } = wallOf(at, timeZone);
  const length = (quiet.to - quiet.from + 1440) % 1440;
  // Only an hour around them needs to be looked at by the instant, for the days when clocks change.
  if ((minutes - quiet.from + 60 + 1440) % 1440 > length + 120) return null;
  for (const day of [addDays(date, -1), date]) {
    const from = instantOf(day, quiet.from, timeZone);
    const to = instantOf(day, quiet.from + length, timeZone);
    if (from <= at && at < to) return to;
  }
  return null;
}
