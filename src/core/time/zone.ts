/** An instant as the clock on the wall of a place shows it. */
export interface Wall {
  /** `2026-03-29`. */
  date: string;
  /** Monday is 1, Sunday 7. */
  weekday: number;
  /** Since midnight, as the wall clock counts: 9:30 is 570, on every day. */
  minutes: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Making a formatter is slow, and a place has only one; this remembers what never changes. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(timeZone, made);
  return made;
}

/** Milliseconds that an IANA time zone is ahead of UTC at an instant. */
export function offsetMs(at: Date, timeZone: string): number {
  const parts = formatter(timeZone).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(at.getTime() / 1000) * 1000;
}

export function wallOf(at: Date, timeZone: string): Wall {
  const shown = new Date(at.getTime() + offsetMs(at, timeZone));
  const date = shown.toISOString().slice(0, 10);
  const minutes = shown.getUTCHours() * 60 + shown.getUTCMinutes();
  return { date, weekday: weekdayOf(date), minutes };
}

/**
 * The instant at which the wall clock of a place shows `minutes` after midnight of a date; 1440 and
 * more lie on the days after. Of an hour that happens twice, when clocks go back, it is the first;
 * for one that never happens, when they go forward, it is the instant at which they do.
 */
export function instantOf(date: string, minutes: number, timeZone: string): Date {
  const shown = Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE;
  const before = offsetMs(new Date(shown - DAY), timeZone);
  const after = offsetMs(new Date(shown + DAY), timeZone);
  const early = shown - Math.max(before, after);
  const late = shown - Math.min(before, after);
  for (const candidate of [early, late]) {
    if (candidate + offsetMs(new Date(candidate), timeZone) === shown) return new Date(candidate);
  }
  return new Date(changeBetween(early, late, timeZone));
}

/** The instant at which the day of `now` began in a place; a day may be 23 or 25 hours long. */
export function startOfDay(now: Date, timeZone: string): Date {
  return instantOf(wallOf(now, timeZone).date, 0, timeZone);
}

/** The instant, to the second, at which the clocks change between two that it lies between. */
function changeBetween(from: number, to: number, timeZone: string): number {
  const old = offsetMs(new Date(from), timeZone);
  let [low, high] = [from, to];
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (offsetMs(new Date(middle), timeZone) === old) low = middle;
    else high = middle;
  }
  return high;
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Whole days from one date to another; negative backwards. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** Monday is 1, Sunday 7. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** Whether a text is a date of the calendar, as `2026-12-25`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whether this machine knows an IANA time zone by this name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
