import type { Rhythm } from './document.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

/**
 * Seconds until the feed wants to be asked again; null when it does not care. Never more than a
 * day: absurd values are common.
 */
export function waitFor(rhythm: Rhythm, freshSeconds: number | null, now: Date): number | null {
  const least = Math.max(rhythm.seconds ?? 0, freshSeconds ?? 0);
  const seconds = Math.min(DAY, least + skipped(rhythm, new Date(now.getTime() + least * 1000)));
  return seconds > 0 ? Math.ceil(seconds) : null;
}

/** Seconds from `start` to the next hour that is not to be skipped. */
function skipped({ skipHours, skipDays }: Rhythm, start: Date): number {
  if (skipHours.length === 0 && skipDays.length === 0) return 0;
  let time = start;
  for (let hours = 0; hours <= 24; hours += 1) {
    const isSkipped = skipHours.includes(time.getUTCHours()) || skipDays.includes(time.getUTCDay());
    if (!isSkipped) return (time.getTime() - start.getTime()) / 1000;
    time = new Date(Math.floor(time.getTime() / (HOUR * 1000) + 1) * HOUR * 1000);
  }
  return DAY;
}
