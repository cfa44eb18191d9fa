import type { Call, Failure, HttpAnswer } from '../../core/source.ts';
import {
  fields,
  getJson,
  instant,
  string,
  type Fields,
  type JsonOutcome,
  type Read,
} from '../json.ts';
import { tidyText } from '../feed/markup.ts';
import { limited, spread } from '../limits.ts';
import { textOfMarkdown } from '../text.ts';
import { askWithToken, missing } from '../token.ts';

const API = 'https://oauth.reddit.com';
const TOKEN = 'https://www.reddit.com/api/v1/access_token';
export const SITE = 'https://www.reddit.com';

/** A request as an approved app, without a person behind it. */
export async function ask(call: Call, path: string): Promise<JsonOutcome> {
  const { settings } = call;
  const id = settings['REDDIT_CLIENT_ID'];
  const secret = settings['REDDIT_CLIENT_SECRET'];
  if (!id || !secret) return missing('REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET');
  const userAgent = userAgentOf(call);
  const credentials = `${id}:${secret}`;
  const grant = {
    url: settings['REDDIT_TOKEN_URL'] ?? TOKEN,
    headers: { ...userAgent, authorization: `Basic ${toBase64(credentials)}` },
    form: () => ({ grant_type: 'client_credentials' }),
    secret: credentials,
    settings: 'REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET',
  };
  const base = settings['REDDIT_API_URL'] ?? API;
  const outcome = await askWithToken(call, grant, (token) =>
    getJson(call, `${base}${path}`, {
      headers: { ...userAgent, authorization: `Bearer ${token}` },
    }),
  );
  return outcome.ok ? outcome : { ...outcome, failure: refusal(outcome) };
}

/** Reddit's own form: `platform:app:version (by /u/name)`; others are slowed down. */
function userAgentOf({ http, settings }: Call): Record<string, string> {
  const name = settings['REDDIT_USERNAME']?.replace(/^\/?u\//iu, '');
  if (!name || !/^[\w-]+$/u.test(name)) return {};
  const guard = http.guard(settings['REDDIT_API_URL'] ?? API);
  const version = guard.ok ? /^Earshot\/(\S+)/u.exec(guard.userAgent)?.[1] : undefined;
  return { 'user-agent': `server:earshot:${version ?? '0'} (by /u/${name})` };
}

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function refusal({ failure, status, headers, value }: JsonOutcome & { ok: false }): Failure {
  if (failure.kind === 'rate-limited') return limited(failure, resetSeconds(headers));
  const reason = string(fields(value)['reason']);
  const message = reason === null ? undefined : CLOSED[reason];
  if (message === undefined) return failure;
  return { kind: 'rejected', cause: `HTTP ${status}, ${reason}`, message };
}

const CLOSED: Readonly<Record<string, string>> = {
  private: 'is a private subreddit; Earshot reads only what anyone can read',
  quarantined: 'is quarantined by Reddit, which shows it to its members only',
  banned: 'was banned by Reddit',
};

/** Here the end of the limit is in seconds from now. */
function resetSeconds(headers: HttpAnswer['headers']): number | null {
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  return Number.isNaN(reset) ? null : Math.max(1, Math.ceil(reset));
}

/** Seconds to wait so that the limit lasts, at this many requests a poll. */
export function patience(headers: HttpAnswer['headers'], perPoll: number): number | null {
  const remaining = Number(headers['x-ratelimit-remaining'] ?? Number.NaN);
  const left = Number.isNaN(remaining) ? null : remaining;
  return spread(left, resetSeconds(headers), perPoll);
}

/** `t3_abc` (a post) or `t1_abc` (a comment); null for everything else. */
export function fullname(value: unknown): string | null {
  return typeof value === 'string' && /^t[13]_[a-z0-9]+$/u.test(value) ? value : null;
}

/** A post or a comment of a listing. */
export function toPost(child: Fields): Read {
  const data = fields(child['data']);
  const name = fullname(data['name']);
  const publishedAt = instant(data['created_utc']);
  const isComment = name?.startsWith('t1_') === true;
  const markdown = data[isComment ? 'body' : 'selftext'];
  const title = isComment ? null : string(data['title']);
  if (name === null || publishedAt === null || typeof markdown !== 'string') return null;
  if (!isComment && title === null) return null;
  if (isErased(data) || data['subreddit_type'] === 'private') return 'skip';
  if (data['author'] === 'AutoModerator') return 'skip';
  return {
    externalId: name,
    url: urlOf(data),
    author: string(data['author']),
    title: title === null ? null : tidyText(title),
    text: textOfMarkdown(markdown),
    publishedAt,
    editedAt: typeof data['edited'] === 'number' ? instant(data['edited']) : null,
    language: null,
  };
}

/** Deleted by its author or removed by others: what Reddit wants gone from everywhere. */
export function isErased(data: Fields): boolean {
  const text = data['body'] ?? data['selftext'];
  const isGone = text === '[deleted]' || text === '[removed]' || data['author'] === '[deleted]';
  return isGone || string(data['removed_by_category']) !== null;
}

function urlOf(data: Fields): string | null {
  const path = string(data['permalink']);
  return path?.startsWith('/') ? new URL(path.split('?')[0] ?? '', SITE).href : null;
}
