import type { Call, Failure } from '../../core/source.ts';
import { tidyText } from '../feed/markup.ts';
import {
  fields,
  getJson,
  instant,
  list,
  string,
  type Fields,
  type JsonOutcome,
  type Read,
} from '../json.ts';
import { limited, secondsUntil } from '../limits.ts';
import { missing, notAccepted } from '../token.ts';
import { secondsToNextMonth } from './budget.ts';

const API = 'https://api.x.com/2';
/** The first millisecond of X's ids, which begin with their time. */
const EPOCH = 1_288_834_974_657n;

/** What is asked for of a post; a person's name and nothing else of their profile. */
export const FIELDS: Readonly<Record<string, string>> = {
  'tweet.fields': 'created_at,lang,author_id,edit_history_tweet_ids,note_tweet',
  expansions: 'author_id',
  'user.fields': 'username',
};

export async function ask(
  call: Call,
  path: string,
  query: Record<string, string>,
): Promise<JsonOutcome> {
  const token = call.settings['X_BEARER_TOKEN'];
  if (!token) return missing('X_BEARER_TOKEN');
  const base = call.settings['X_API_URL'] ?? API;
  const outcome = await getJson(call, `${base}${path}?${new URLSearchParams(query)}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return outcome.ok ? outcome : { ...outcome, failure: refusal(outcome, call.now) };
}

function refusal(outcome: JsonOutcome & { ok: false }, now: Date): Failure {
  const { failure, status, headers, value } = outcome;
  const title = string(fields(value)['title']);
  if (title === 'UsageCapExceeded') {
    const message = 'says that the month’s posts of your account at X are used up';
    return { ...limited(failure, secondsToNextMonth(now)), message };
  }
  if (failure.kind === 'rate-limited') {
    const reset = Number(headers['x-rate-limit-reset'] ?? Number.NaN);
    return limited(failure, secondsUntil(instant(reset), headers, now));
  }
  if (status === 401) return notAccepted('X_BEARER_TOKEN', { status, value: null });
  const message = BY_STATUS[status ?? 0];
  return message === undefined ? failure : { kind: 'rejected', cause: `HTTP ${status}`, message };
}

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'does not understand this search; leave out what only its web page knows, such as since: or min_faves:',
  402: 'says that the credits of your account at X are used up; buy more in its developer console',
  403: 'does not let this app search; check its access in the developer console of X',
};

/** The earliest id of a millisecond. */
export function idAt(milliseconds: number): string {
  const since = BigInt(milliseconds) - EPOCH;
  return String((since > 0n ? since : 0n) << 22n);
}

/** Milliseconds since 1970 of an id; null when it is none. */
export function timeOf(post: Fields): number | null {
  const id = string(post['id']);
  return id !== null && /^\d{1,20}$/u.test(id) ? Number((BigInt(id) >> 22n) + EPOCH) : null;
}

/** Every version has an id of its own; the first of them stays the post's. */
export function firstIdOf(post: Fields): string | null {
  return string(list(post['edit_history_tweet_ids'])?.[0]) ?? string(post['id']);
}

/** The posts of an answer with their authors' names, which come apart. Null: no such answer. */
export function postsOf(value: unknown): { items: Fields[]; names: Map<string, string> } | null {
  const answer = fields(value);
  const isEmpty = answer['data'] === undefined && answer['meta'] !== undefined;
  const items = isEmpty ? [] : list(answer['data']);
  if (items === null) return null;
  const names = new Map<string, string>();
  for (const user of list(fields(answer['includes'])['users']) ?? []) {
    const { id, username } = fields(user);
    if (typeof id === 'string' && typeof username === 'string') names.set(id, username);
  }
  return { items: items.map(fields), names };
}

export function toPost(post: Fields, names: ReadonlyMap<string, string>): Read {
  const id = string(post['id']);
  const externalId = firstIdOf(post);
  const publishedAt = instant(post['created_at']);
  const text = string(fields(post['note_tweet'])['text']) ?? string(post['text']);
  if (id === null || externalId === null || publishedAt === null || text === null) return null;
  const isEdited = externalId !== id;
  const first = isEdited ? timeOf({ id: externalId }) : null;
  return {
    externalId,
    url: `https://x.com/i/web/status/${encodeURIComponent(id)}`,
    author: names.get(string(post['author_id']) ?? '') ?? null,
    title: null,
    text: tidyText(unescaped(text)),
    publishedAt: first === null ? publishedAt : new Date(first),
    editedAt: isEdited ? publishedAt : null,
    language: languageOf(post),
  };
}

/** Three signs are escaped in X's texts, and no others. */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** X has codes of its own for posts of links, of hashtags, and the like. */
function languageOf(post: Fields): string | null {
  const language = string(post['lang']);
  return language !== null && !/^(?:und|zxx|q.*)$/u.test(language) ? language : null;
}
