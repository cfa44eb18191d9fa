import type { Failure } from '../core/source.ts';
import { fields, list, string, type JsonOutcome } from './json.ts';
import { limited } from './limits.ts';
import { notAccepted } from './token.ts';

const DAY_QUOTA = ['quotaExceeded', 'dailyLimitExceeded'];
const PACE = ['rateLimitExceeded', 'userRateLimitExceeded', 'RATE_LIMIT_EXCEEDED'];
const BAD_KEY = ['keyInvalid', 'keyExpired', 'API_KEY_INVALID', 'authError'];
const SWITCHED_OFF = ['accessNotConfigured', 'SERVICE_DISABLED'];

/**
 * What a Google API means by a refusal: its limits come as a 403 with a reason in the body, and the
 * day's quota lasts until midnight at the Pacific. `settings` names where the key is.
 */
export function googleRefusal(
  outcome: JsonOutcome & { ok: false },
  now: Date,
  settings: string,
): Failure {
  const { failure, status, value } = outcome;
  const reasons = reasonsOf(value);
  const has = (known: readonly string[]) => reasons.some((reason) => known.includes(reason));
  if (has(DAY_QUOTA)) {
    const message = 'has used up the day’s quota of the key; trying again when it begins anew';
    return { ...limited(failure, secondsToMidnight(now)), message };
  }
  if (has(PACE) || failure.kind === 'rate-limited') return limited(failure, null);
  if (has(BAD_KEY) || status === 401) return notAccepted(settings, { status, value: null });
  if (has(SWITCHED_OFF)) {
    const message = `is not switched on for the project of ${settings}; enable it in Google’s console`;
    return { kind: 'rejected', cause: `HTTP ${status}, API not enabled`, message };
  }
  return failure;
}

/** The reasons that a refusal gives, in the older form and in the newer one. */
export function reasonsOf(value: unknown): string[] {
  const error = fields(fields(value)['error']);
  const given = [...(list(error['errors']) ?? []), ...(list(error['details']) ?? [])];
  return given.flatMap((one) => string(fields(one)['reason']) ?? []);
}

function secondsToMidnight(now: Date): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: 'America/Los_Angeles',
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = Object.fromEntries(
    format.formatToParts(now).map(({ type, value }) => [type, Number(value)]),
  );
  const { hour = 0, minute = 0, second = 0 } = parts;
  return 86_400 - hour * 3600 - minute * 60 - second;
}
