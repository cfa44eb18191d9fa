import { addDays, instantOf, wallOf } from './time/zone.ts';

/** A text as `09:00, 16:00`, as times of day in order, each once; null when one is no time of day. */
export function readTimes(text: string): string[] | null {
  const times = new Set<string>();
  for (const word of text.split(/[\s,;]+/u).filter(Boolean)) {
    const found = /^(\d{1,2})[:.](\d{2})$/u.exec(word);
    const [hour, minute] = [Number(found?.[1] ?? 24), Number(found?.[2] ?? 0)];
    if (hour > 23 || minute > 59) return null;
    times.add(`${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  }
  return [...times].sort();
}

/**
 * The last instant, not after `now`, at which the clock on the team's wall showed one of its times
 * (`09:00`); null without any. Yesterday counts, so that a stop over midnight skips nothing.
 */
export function lastDue(times: readonly string[], timeZone: string, now: Date): Date | null {
  const { date } = wallOf(now, timeZone);
  const instants = [addDays(date, -1), date].flatMap((day) =>
    times.map((time) => instantOf(day, minutesOf(time), timeZone)),
  );
  const past = instants.filter((at) => at <= now).map((at) => at.getTime());
  return past.length === 0 ? null : new Date(Math.max(...past));
}

function minutesOf(time: string): number {
  const [hour, minute] = time.split(':').map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
}

interface Judged {
  verdict: { negativity: number; judged: boolean };
}

/** Lines that are kept for what could not be judged, where there is any: a person must look at it. */
const FOR_UNJUDGED = 5;

/**
 * What gets one of `most` lines, and in which order: the most negative first, then what could not be
 * judged, of which a flood of the others leaves at least some.
 */
export function choose<T extends Judged>(mentions: readonly T[], most: number): T[] {
  const worst = [...mentions].sort((a, b) => b.verdict.negativity - a.verdict.negativity);
  const judged = worst.filter(({ verdict }) => verdict.judged);
  const unjudged = worst.filter(({ verdict }) => !verdict.judged);
  const kept = Math.min(unjudged.length, Math.max(FOR_UNJUDGED, most - judged.length), most);
  return [...judged.slice(0, most - kept), ...unjudged.slice(0, kept)];
}
