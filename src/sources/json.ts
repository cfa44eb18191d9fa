import type { Call, Failure, HttpAnswer, HttpRequest, Validators } from '../core/source.ts';
import type { Post } from '../core/post.ts';

export type JsonOutcome =
  | { ok: true; notModified: false; value: unknown; headers: Headers; validators: Validators }
  | { ok: true; notModified: true }
  /** `status` and `value` of the refusal, where the place answered at all and in JSON. */
  | { ok: false; failure: Failure; status: number | null; headers: Headers; value: unknown };

type Headers = HttpAnswer['headers'];

/** The fields of a JSON object; an empty one for everything else. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Fetches JSON. A web page in its place (a block, a login, a closed forum) is a failure in words,
 * and so is anything else that does not parse.
 */
export async function getJson(
  call: Pick<Call, 'http' | 'signal'>,
  url: string,
  options: Omit<HttpRequest, 'url' | 'signal'> = {},
): Promise<JsonOutcome> {
  const outcome = await call.http.get({
    ...options,
    url,
    headers: { accept: 'application/json', ...options.headers },
    signal: call.signal,
  });
  if (!outcome.ok) {
    const { failure, answer } = outcome;
    const read = answer === undefined ? undefined : parseBody(answer.body);
    return {
      ok: false,
      failure,
      status: answer?.status ?? null,
      headers: answer?.headers ?? {},
      value: read?.ok ? read.value : null,
    };
  }
  if (outcome.notModified) return { ok: true, notModified: true };
  const { answer } = outcome;
  const { headers, validators, status } = answer;
  const read = parseBody(answer.body);
  if (read.ok) return { ok: true, notModified: false, value: read.value, headers, validators };
  const failure: Failure = {
    kind: 'malformed',
    cause: `${status} ${headers['content-type'] ?? 'without a content type'}: not JSON`,
    message: read.isPage
      ? 'answers with a web page instead of data; it may want a login, or block Earshot'
      : 'answers with something that is not JSON',
  };
  return { ok: false, failure, status, headers, value: null };
}

function parseBody(
  body: Uint8Array,
): { ok: true; value: unknown } | { ok: false; isPage: boolean } {
  const text = new TextDecoder().decode(body);
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false, isPage: text.trimStart().startsWith('<') };
  }
}

/** What a place should have said and did not. */
export function unexpected(what: string): Failure {
  return {
    kind: 'malformed',
    cause: `JSON without ${what}`,
    message: 'answers, but not with what was asked for; it may have changed its interface',
  };
}

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

/** No place has longer pages; a longer list is built to harm, and cut. */
const LONGEST_LIST = 5000;

/** Null for what is no list, so that a changed interface is not taken for "nothing new". */
export function list(value: unknown): unknown[] | null {
  return Array.isArray(value) ? (value as unknown[]).slice(0, LONGEST_LIST) : null;
}

/** A string that says something; null for all else. */
export function string(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

export function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Ids are opaque: a number or a string, always handed on as a string. */
export function id(value: unknown): string | null {
  return typeof value === 'number' ? String(value) : string(value);
}

/** An ISO 8601 time, or seconds since 1970. Without a zone it is UTC. */
export function instant(value: unknown): Date | null {
  if (typeof value === 'number') return validDate(new Date(value * 1000));
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/u.test(value)) return null;
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/iu.test(value) || !value.includes(':');
  return validDate(new Date(hasZone ? value : `${value}Z`));
}

function validDate(date: Date): Date | null {
  return Number.isNaN(date.getTime()) ? null : date;
}

/** An address that a person can open. */
export function webUrl(value: unknown): string | null {
  if (typeof value !== 'string' || !URL.canParse(value)) return null;
  const { protocol, href } = new URL(value);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}

/**
 * The latest of some times, or 0. One from beyond tomorrow is a mistake at the place, and must not
 * carry a cursor away; unless all are, for then the mistake is our clock.
 */
export function latestOf(times: readonly number[], tomorrow: number): number {
  const plausible = times.filter((time) => time <= tomorrow);
  const all = plausible.length > 0 ? plausible : times;
  return all.reduce((latest, time) => Math.max(latest, time), 0);
}

/** What an item is: a post, something that is rightly left out, or null: it cannot be read. */
export type Read = Post | 'skip' | null;

/** Beyond these a place does not go, and a row of the database need not. */
const LONGEST_ID = 1000;
const LONGEST_AUTHOR = 200;

/** Reads items one by one, so that a malformed one costs no other. */
export function readPosts(
  items: readonly unknown[],
  read: (item: Fields) => Read,
): { posts: Post[]; malformed: number } {
  const posts: Post[] = [];
  let malformed = 0;
  for (const item of items) {
    const post = read(fields(item));
    if (post === 'skip') continue;
    if (post === null || post.externalId.length > LONGEST_ID) malformed += 1;
    else posts.push({ ...post, author: post.author?.slice(0, LONGEST_AUTHOR) ?? null });
  }
  return { posts, malformed };
}

/** A cursor of the source's own making; empty at the first poll, and when it is not readable. */
export function readCursor(cursor: string | null): Fields {
  try {
    return fields(JSON.parse(cursor ?? '{}'));
  } catch {
    return {};
  }
}
