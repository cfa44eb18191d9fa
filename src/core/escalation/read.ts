import { addDays, instantOf, isDate, wallOf, weekdayOf } from '../time/zone.ts';

const UNITS: Readonly<Record<string, number>> = { m: 1, min: 1, h: 60, d: 1440 };
const WORDS: Readonly<Record<string, string>> = {
  minute: 'm',
  minutes: 'm',
  mins: 'm',
  hour: 'h',
  hours: 'h',
  day: 'd',
  days: 'd',
};
/** Four weeks; a later step is a mistake. */
const LONGEST = 28 * 1440;

/** "15", "15 min", "2 h", "1 h 30 min", "1 day" as minutes; null for anything else, and for 0. */
export function readMinutes(text: string): number | null {
  const parts = [
    ...text
      .trim()
      .toLowerCase()
      .matchAll(/(\d+)\s*([a-z]*)\s*/gu),
  ];
  if (parts.length === 0 || parts.map(([all]) => all).join('') !== text.trim().toLowerCase()) {
    return null;
  }
  let total = 0;
  for (const [, amount, unit = ''] of parts) {
    const minutes = unit === '' && parts.length === 1 ? 1 : UNITS[WORDS[unit] ?? unit];
    if (minutes === undefined) return null;
    total += Number(amount) * minutes;
  }
  return total >= 1 && total <= LONGEST ? total : null;
}

/** After how long a step comes: as `readMinutes`, or "at once" (or "0"), which is 0. */
export function readDelay(text: string): number | null {
  return /^\s*(?:at\s+once|0)\s*$/iu.test(text) ? 0 : readMinutes(text);
}

/** "09:30" as minutes after midnight, "24:00" as 1440; null for anything else. */
export function readClock(text: string): number | null {
  const found = /^(\d{1,2})(?::(\d{2}))$/u.exec(text.trim());
  if (found === null) return null;
  const minutes = Number(found[1]) * 60 + Number(found[2]);
  return Number(found[2]) < 60 && minutes <= 1440 ? minutes : null;
}

/** "22:00-07:00" or "09:00 to 17:30"; null for anything else. */
export function readHours(text: string): { from: number; to: number } | null {
  const [first = '', second = '', ...rest] = text.split(/\s*(?:[-–]|\bto\b)\s*/u);
  const [from, to] = [readClock(first), readClock(second)];
  if (rest.length > 0 || from === null || to === null || from === to) return null;
  return { from, to };
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/**
 * "SAT 22:10", "saturday 22:10", "2026-12-25 08:00", "tomorrow 9:00" or "22:10" in a time zone: of
 * a weekday or a time the next one that is not before `now`. Null for anything else.
 */
export function readWhen(text: string, now: Date, timeZone: string): Date | null {
  const words = text.trim().toLowerCase().split(/\s+/u);
  const minutes = readClock(words.at(-1) ?? '');
  if (minutes === null || words.length > 2) return null;
  const today = wallOf(now, timeZone).date;
  const day = words.length === 1 ? 'today' : (words[0] ?? '');
  const at = (date: string) => instantOf(date, minutes, timeZone);
  if (isDate(day)) return at(day);
  if (day === 'tomorrow') return at(addDays(today, 1));
  const everyDays = day === 'today' ? 1 : 7;
  const weekday = day === 'today' ? weekdayOf(today) : readWeekday(day);
  if (weekday === null) return null;
  const date = addDays(today, (weekday - weekdayOf(today) + 7) % 7);
  return at(date) < now ? at(addDays(date, everyDays)) : at(date);
}

/** "sat" or "Saturday" as 6; Monday is 1. */
export function readWeekday(text: string): number | null {
  const word = text.trim().toLowerCase();
  const index = WEEKDAYS.findIndex((one) => word.startsWith(one));
  const full = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  return index >= 0 && (full[index] ?? '').startsWith(word) ? index + 1 : null;
}
