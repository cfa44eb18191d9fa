import type { Failure, HttpAnswer } from '../core/source.ts';

type Headers = HttpAnswer['headers'];

/**
 * Seconds until `reset`, at least one, counted on the host's own clock where it tells it (`Date`),
 * else on ours. Null when the host named no time.
 */
export function secondsUntil(reset: Date | null, headers: Headers, now: Date): number | null {
  if (reset === null) return null;
  const said = new Date(headers['date'] ?? '');
  const start = Number.isNaN(said.getTime()) ? now : said;
  return Math.max(1, Math.ceil((reset.getTime() - start.getTime()) / 1000));
}

/**
 * A limit of the host's own kind: `rate-limited`, not before its limit resets. What the host said
 * by Retry-After counts for more.
 */
export function limited(failure: Failure, seconds: number | null): Failure {
  const retryAfterSeconds = failure.retryAfterSeconds ?? seconds ?? undefined;
  return {
    kind: 'rate-limited',
    cause: failure.cause,
    message: 'asks for fewer requests; trying again when its limit resets',
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

/**
 * Seconds to wait so that the rest of a limit lasts until it resets, at `perPoll` requests a poll;
 * null while there is plenty.
 */
export function spread(
  remaining: number | null,
  resetSeconds: number | null,
  perPoll: number,
): number | null {
  if (remaining === null || resetSeconds === null) return null;
  return Math.ceil(Math.min(resetSeconds, (resetSeconds * perPoll) / Math.max(remaining, 1)));
}
