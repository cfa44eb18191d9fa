import type { Call, Failure } from '../../core/source.ts';
import { tidyText } from '../feed/markup.ts';
import { googleRefusal, reasonsOf } from '../google-errors.ts';
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
import { missing } from '../token.ts';

const API = 'https://www.googleapis.com/youtube/v3';
export const SITE = 'https://www.youtube.com';

/** The key goes into a header: addresses end up in logs. */
export async function ask(
  call: Call,
  method: string,
  query: Record<string, string>,
): Promise<JsonOutcome> {
  const key = call.settings['YOUTUBE_API_KEY'];
  if (!key) return missing('YOUTUBE_API_KEY');
  const base = call.settings['YOUTUBE_API_URL'] ?? API;
  const outcome = await getJson(call, `${base}/${method}?${new URLSearchParams(query)}`, {
    headers: { 'x-goog-api-key': key },
  });
  return outcome.ok ? outcome : { ...outcome, failure: refusal(outcome, call.now) };
}

/** The items of an answer; null where there is no list of them. */
export function itemsOf(outcome: JsonOutcome & { ok: true }): Fields[] | null {
  if (outcome.notModified) return [];
  return list(fields(outcome.value)['items'])?.map(fields) ?? null;
}

function refusal(outcome: JsonOutcome & { ok: false }, now: Date): Failure {
  const reason = reasonsOf(outcome.value).find((one) => one in CLOSED);
  if (reason === undefined) return googleRefusal(outcome, now, 'YOUTUBE_API_KEY');
  const cause = `HTTP ${outcome.status}, ${reason}`;
  return { kind: 'rejected', cause, message: CLOSED[reason] ?? '' };
}

const CLOSED: Readonly<Record<string, string>> = {
  commentsDisabled: 'has its comments switched off',
  channelNotFound: 'has no such channel; check the address',
  videoNotFound: 'has no such video; check the address',
};

/** Where a thread of comments stands. */
export interface Where {
  videoId: string | null;
  channelId: string | null;
}

/** The comment that a thread begins with, and the answers that are shown with it. */
export function commentsOf(thread: Fields): { comment: Fields; where: Where }[] {
  const snippet = fields(thread['snippet']);
  const where = { videoId: string(snippet['videoId']), channelId: string(snippet['channelId']) };
  const answers = list(fields(thread['replies'])['comments']) ?? [];
  return [snippet['topLevelComment'], ...answers].map((comment) => ({
    comment: fields(comment),
    where,
  }));
}

/** A comment under a video; without a video it is one on the channel itself. */
export function toPost(comment: Fields, where: Where): Read {
  const externalId = string(comment['id']);
  const snippet = fields(comment['snippet']);
  const publishedAt = instant(snippet['publishedAt']);
  const text = snippet['textOriginal'] ?? snippet['textDisplay'];
  if (externalId === null || publishedAt === null || typeof text !== 'string') return null;
  const updatedAt = instant(snippet['updatedAt']);
  const videoId = string(snippet['videoId']) ?? where.videoId;
  return {
    externalId,
    url: urlOf(externalId, { videoId, channelId: where.channelId }),
    author: string(snippet['authorDisplayName']),
    title: null,
    text: tidyText(text),
    publishedAt,
    editedAt: updatedAt !== null && updatedAt > publishedAt ? updatedAt : null,
    language: null,
  };
}

function urlOf(comment: string, { videoId, channelId }: Where): string | null {
  if (videoId !== null) return `${SITE}/watch?${new URLSearchParams({ v: videoId, lc: comment })}`;
  return channelId === null ? null : `${SITE}/channel/${encodeURIComponent(channelId)}`;
}
