import type { Call, Failure, Http } from '../../core/source.ts';
import { fields, getJson, number, string, type JsonOutcome } from '../json.ts';
import { limited } from '../limits.ts';

const API = 'https://api.stackexchange.com/2.3';
/** A hundred questions may be long. */
const LONGEST_ANSWER = 20 * 1024 * 1024;
/** What `backoff` asks for is rounded down. */
const BACKOFF_MARGIN = 2;

/** Until when a method must be left alone, in milliseconds since 1970; by the door that is used. */
const rests = new WeakMap<Http, Map<string, number>>();

/** Calls a method, unless its last answer asked to be left alone for longer. */
export async function ask(
  call: Call,
  path: string,
  site: string,
  query: Record<string, string>,
): Promise<JsonOutcome> {
  const { http, settings, now } = call;
  const method = path.replace(/\d[\d;]*/u, '{ids}');
  const resting = rests.get(http) ?? new Map<string, number>();
  rests.set(http, resting);
  const left = (resting.get(method) ?? 0) - now.getTime();
  if (left > 0) return stillResting(left);
  const key = settings['STACKEXCHANGE_KEY'];
  const all = { site, filter: 'withbody', ...query, ...(key ? { key } : {}) };
  const base = settings['STACKEXCHANGE_API_URL'] || API;
  const outcome = await getJson(call, `${base}/${path}?${new URLSearchParams(all)}`, {
    maxBytes: LONGEST_ANSWER,
  });
  const backoff = outcome.ok && !outcome.notModified ? backoffOf(outcome.value) : null;
  if (backoff !== null) resting.set(method, now.getTime() + backoff * 1000);
  return outcome;
}

/** Seconds for which the same method must not be called again, whoever it is called for. */
export function backoffOf(value: unknown): number | null {
  const seconds = number(fields(value)['backoff']);
  return seconds === null ? null : seconds + BACKOFF_MARGIN;
}

function stillResting(milliseconds: number): JsonOutcome & { ok: false } {
  const failure = { kind: 'rate-limited', cause: 'backoff', message: '' } as const;
  const seconds = Math.ceil(milliseconds / 1000);
  return { ok: false, failure: limited(failure, seconds), status: null, headers: {}, value: null };
}

/** The limit comes as a 400 whose text says for how long. */
export function refusal({ failure, value }: JsonOutcome & { ok: false }): Failure {
  const { error_name: name, error_message: message } = fields(value);
  if (name !== 'throttle_violation') return failure;
  const seconds = /in (\d+) seconds?/u.exec(string(message) ?? '')?.[1];
  return limited(failure, seconds === undefined ? null : Number(seconds) + BACKOFF_MARGIN);
}
