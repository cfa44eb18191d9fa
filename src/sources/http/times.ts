type Headers = Readonly<Record<string, string>>;

/**
 * Seconds that Retry-After asks for, in either of its forms (RFC 9110, 10.2.3); null without it. A
 * date counts from the host's own `Date`, so that a clock that is wrong here or there does no harm.
 */
export function retryAfterSeconds(headers: Headers, now: Date): number | null {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d+$/u.test(value)) return Number(value);
  return secondsBetween(dateOf(headers, now), value);
}

/**
 * Seconds for which the host calls its answer fresh: `max-age` less the `Age` in caches on the way,
 * else `Expires`. Null when it says nothing, or to always ask again.
 */
export function freshSeconds(headers: Headers, now: Date): number | null {
  const control = (headers['cache-control'] ?? '').toLowerCase();
  if (/\bno-(?:cache|store)\b/u.test(control)) return null;
  const maxAge = /(?:^|[\s,])max-age="?(\d+)/u.exec(control)?.[1];
  if (maxAge !== undefined) {
    const left = Number(maxAge) - (Number(headers['age']) || 0);
    return left > 0 ? left : null;
  }
  return secondsBetween(dateOf(headers, now), headers['expires'] ?? '') || null;
}

function dateOf(headers: Headers, now: Date): Date {
  const said = new Date(headers['date'] ?? '');
  return Number.isNaN(said.getTime()) ? now : said;
}

function secondsBetween(start: Date, end: string): number | null {
  // `Expires: 0` and other numbers mean "at once", and Date would read them as years.
  const parsed = /[a-z]/iu.test(end) ? new Date(end).getTime() : Number.NaN;
  if (Number.isNaN(parsed)) return null;
  return Math.max(0, Math.ceil((parsed - start.getTime()) / 1000));
}
