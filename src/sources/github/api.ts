import type { Call, Failure, HttpAnswer, Validators } from '../../core/source.ts';
import {
  getJson,
  instant,
  string,
  webUrl,
  fields,
  type Fields,
  type JsonOutcome,
  type Read,
} from '../json.ts';
import { limited, secondsUntil } from '../limits.ts';
import { plain, textOfMarkdown } from '../text.ts';

const API = 'https://api.github.com';

/** A hundred issues may be long. */
const LONGEST_ANSWER = 20 * 1024 * 1024;

/** An API request; with the token where one is set, which is also what makes a 304 free. */
export function ask(call: Call, path: string, validators?: Validators): Promise<JsonOutcome> {
  return getJson(call, `${apiUrl(call)}${path}`, {
    headers: headersOf(call),
    maxBytes: LONGEST_ANSWER,
    ...(validators === undefined ? {} : { validators }),
  });
}

/** A GraphQL query; only for those who have a token. */
export function query(call: Call, text: string, variables: object): Promise<JsonOutcome> {
  return getJson(call, `${apiUrl(call)}/graphql`, {
    method: 'POST',
    maxBytes: LONGEST_ANSWER,
    headers: { ...headersOf(call), 'content-type': 'application/json' },
    body: JSON.stringify({ query: text, variables }),
  });
}

function apiUrl({ settings }: Call): string {
  return settings['GITHUB_API_URL'] || API;
}

function headersOf({ settings }: Call): Record<string, string> {
  const token = settings['GITHUB_TOKEN'];
  return {
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
}

/** Limits come as 403 as often as 429; the time of their end is in seconds since 1970. */
export function refusal(outcome: JsonOutcome & { ok: false }, now: Date): Failure {
  const { failure, status, headers, value } = outcome;
  const isSecondary = SECONDARY.test(string(fields(value)['message']) ?? '');
  const isLimit =
    failure.kind === 'rate-limited' ||
    (status === 403 && (headers['x-ratelimit-remaining'] === '0' || 'retry-after' in headers));
  // What the headers count is not what this limit is about, so their end says nothing of it.
  if (isSecondary) return limited(failure, null);
  if (isLimit) return limited(failure, resetSeconds(headers, now));
  if (status === 410) {
    return { kind: 'rejected', cause: 'HTTP 410', message: 'has its issues switched off' };
  }
  return failure;
}

/** Too much at once, whatever the headers count; told in words only. */
const SECONDARY = /\b(?:secondary rate limit|abuse detection)\b/iu;

export function resetSeconds(headers: HttpAnswer['headers'], now: Date): number | null {
  const reset = headers['x-ratelimit-reset'];
  return reset === undefined ? null : secondsUntil(instant(Number(reset)), headers, now);
}

/** An issue, a pull request or a comment on one. What programs write is left out. */
export function toPost(item: Fields): Read {
  const url = webUrl(item['html_url']);
  const externalId = string(item['node_id']) ?? url;
  const publishedAt = instant(item['created_at']);
  if (externalId === null || publishedAt === null) return null;
  const user = fields(item['user']);
  if (user['type'] === 'Bot') return 'skip';
  const title = string(item['title']);
  const body = string(item['body']);
  if (title === null && body === null) return 'skip';
  return {
    externalId,
    url,
    author: string(user['login']),
    title: title === null ? null : plain(title),
    text: textOfMarkdown(body ?? ''),
    publishedAt,
    // `updated_at` moves with every label and comment: it says nothing of the text.
    editedAt: null,
    language: null,
  };
}
