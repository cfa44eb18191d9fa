import type {
  Address,
  Existence,
  ExistsRequest,
  Failure,
  LookUpRequest,
  PollOutcome,
  PollRequest,
  RepliesOutcome,
  RepliesRequest,
  Reply,
  Source,
} from '../core/source.ts';
import type { Post } from '../core/post.ts';
import { allUnknown } from './existence.ts';
import { reasonsOf } from './google-errors.ts';
import { heard, oldestFirst, readable, toReplies } from './heard.ts';
import {
  fields,
  instant,
  readCursor,
  string,
  unexpected,
  webUrl,
  type Fields,
  type JsonOutcome,
} from './json.ts';
import { readMark, walkBack } from './walk-back.ts';
import { ask, commentsOf, itemsOf, SITE, toPost, type Where } from './youtube/api.ts';

const PAGE_SIZE = 100;
/** Ids that one look-up takes. */
const BATCH = 50;
const MOST_PAGES = 20;
const MOST_REPLY_PAGES = 5;
/** Milliseconds that every poll reads again. */
const OVERLAP = 3_600_000;

/** Comments on a channel and its videos, or under one video, in the order of the threads' start. */
export const youTube: Source = {
  kind: 'youtube',
  name: 'YouTube',
  hears:
    'New comments on a channel, usually your own, and under all its videos; or under one video.',
  cannotHear:
    'Comments elsewhere (YouTube has no search for them), what is said in videos, and new answers in old threads.',
  rules: {
    consent: ['comments that are held for review'],
    // YouTube's developer policies: refreshed or deleted after 30 days.
    keepDays: 30,
    sweepHours: 24,
    sweepBatch: BATCH,
    answering: ['Answer under the comment, signed in as the company’s own channel.'],
    replyLimit: 10_000,
  },
  politeness: { intervalSeconds: 600, minimumSeconds: 120 },
  needs: {
    settings: ['YOUTUBE_API_KEY'],
    how: 'Make a project in Google’s console, enable the "YouTube Data API v3" and create an API key. It is free; the 10,000 units a day suffice for dozens of channels.',
  },
  recognise,
  poll,
  exists,
  replies,
  lookUp,
};

type Place = { channel: string } | { handle: string } | { user: string } | { video: string };

const ID = /^[\w-]{5,64}$/u;

/**
 * A channel's page by its id, its handle (`youtube:@name` for short) or its old user name, or the
 * page of a video. The first poll looks up which channel a name means, and moves there.
 */
function recognise(input: string): Address | null {
  const place = placeOf(input.trim());
  if (place === null) return null;
  if ('video' in place) {
    const address = `${SITE}/watch?v=${place.video}`;
    return { address, label: `YouTube, comments under video ${place.video}` };
  }
  const path =
    'channel' in place
      ? `channel/${place.channel}`
      : 'handle' in place
        ? `@${place.handle}`
        : `user/${place.user}`;
  const name = 'channel' in place ? place.channel : path;
  return { address: `${SITE}/${path}`, label: `YouTube, comments on ${name}` };
}

function placeOf(typed: string): Place | null {
  const short = /^youtube:\/?\/?(@[^\s/]+|UC[\w-]{22})$/iu.exec(typed)?.[1];
  if (short !== undefined) {
    return placeOf(`${SITE}/${short.startsWith('@') ? short : `channel/${short}`}`);
  }
  const url = webUrl(/^https?:\/\//iu.test(typed) ? typed : `https://${typed}`);
  if (url === null) return null;
  const { hostname, pathname, searchParams } = new URL(url);
  const host = hostname.replace(/^(?:www|m|music)\./u, '');
  if (host === 'youtu.be') return videoOf(pathname.slice(1));
  if (host !== 'youtube.com') return null;
  if (pathname === '/watch') return videoOf(searchParams.get('v'));
  const [kind = '', name = ''] = pathname.slice(1).split('/').map(decoded);
  if (kind === 'shorts' || kind === 'live' || kind === 'embed') return videoOf(name);
  if (kind === 'channel') return ID.test(name) ? { channel: name } : null;
  if (kind === 'user') return /^[\w-]+$/u.test(name) ? { user: name.toLowerCase() } : null;
  return kind.startsWith('@') ? handleOf(kind.slice(1)) : null;
}

function videoOf(id: string | null): Place | null {
  return id !== null && ID.test(id) ? { video: id } : null;
}

function handleOf(name: string): Place | null {
  return /^[\p{L}\p{N}\p{M}_.·-]{2,64}$/u.test(name) ? { handle: name.toLowerCase() } : null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function poll(request: PollRequest): Promise<PollOutcome> {
  const place = placeOf(request.address);
  if (place === null) return { ok: false, failure: unexpected('a channel in the address') };
  const found = await resolve(request, place);
  if (!found.ok) return found;
  const cursor = readCursor(request.cursor);
  const walked = await walkBack<Fields>({
    mark: readMark(cursor['threads']),
    read: (page) => readPage(request, found.filter, page),
    timeOf: startOf,
    overlap: OVERLAP,
    maxPages: MOST_PAGES,
    now: request.now,
  });
  if (!walked.ok) return walked;
  const posts: Post[] = [];
  let malformed = 0;
  for (const { comment, where } of walked.items.flatMap(commentsOf)) {
    const post = toPost(comment, where);
    if (post === null) malformed += 1;
    else if (post !== 'skip') posts.push(post);
  }
  const outcome = heard({
    posts,
    malformed,
    before: cursor,
    cursor: { threads: walked.mark },
    waitSeconds: walked.waitSeconds,
    gap: walked.gap,
  });
  return { ...outcome, movedTo: found.movedTo, title: found.title };
}

interface Resolved {
  ok: true;
  filter: Record<string, string>;
  movedTo: string | null;
  title: string | null;
}

/** Which comments are asked for; names are looked up, since only ids are for ever. */
async function resolve(
  request: PollRequest,
  place: Place,
): Promise<Resolved | { ok: false; failure: Failure }> {
  const known = { ok: true as const, movedTo: null, title: null };
  if ('video' in place) return { ...known, filter: { videoId: place.video } };
  if ('channel' in place) return { ...known, filter: ofChannel(place.channel) };
  const name: Record<string, string> =
    'handle' in place ? { forHandle: `@${place.handle}` } : { forUsername: place.user };
  const outcome = await ask(request, 'channels', { part: 'snippet', ...name });
  if (!outcome.ok) return outcome;
  // Without a match the list is left out.
  const channel = itemsOf(outcome)?.[0];
  const id = string(channel?.['id']);
  if (id === null) {
    const message = 'has no channel of that name; paste the address with /channel/UC... in it';
    return { ok: false, failure: { kind: 'rejected', cause: 'no such channel', message } };
  }
  const title = string(fields(channel?.['snippet'])['title']);
  return {
    ok: true,
    filter: ofChannel(id),
    movedTo: `${SITE}/channel/${id}`,
    title: title === null ? null : `YouTube, comments on ${title}`,
  };
}

function ofChannel(id: string): Record<string, string> {
  return { allThreadsRelatedToChannelId: id };
}

async function readPage(request: PollRequest, filter: Record<string, string>, page: string | null) {
  const outcome = await ask(request, 'commentThreads', {
    part: 'snippet,replies',
    ...filter,
    order: 'time',
    maxResults: String(PAGE_SIZE),
    textFormat: 'plainText',
    ...(page === null ? {} : { pageToken: page }),
  });
  if (!outcome.ok) {
    const isForgotten = reasonsOf(outcome.value).includes('invalidPageToken');
    return { ok: false as const, failure: outcome.failure, isForgotten };
  }
  const items = itemsOf(outcome);
  if (items === null) return { ok: false as const, failure: unexpected('comments') };
  const next = outcome.notModified ? null : string(fields(outcome.value)['nextPageToken']);
  return { ok: true as const, items, next };
}

/** A thread stands at the time of its first comment, whatever is answered later. */
function startOf(thread: Fields): number | null {
  const comment = fields(fields(thread['snippet'])['topLevelComment']);
  return instant(fields(comment['snippet'])['publishedAt'])?.getTime() ?? null;
}

async function exists(request: ExistsRequest): Promise<Map<string, Existence>> {
  const found = allUnknown(request.posts);
  const ids = [...found.keys()];
  for (let start = 0; start < ids.length; start += BATCH) {
    const asked = ids.slice(start, start + BATCH);
    // Without a size of the page, which YouTube does not take together with ids.
    const outcome = await ask(request, 'comments', { part: 'id', id: asked.join(',') });
    const items = outcome.ok ? foundOf(outcome) : null;
    if (items === null) break;
    const there = new Set(items.map(({ id }) => id));
    for (const id of asked) found.set(id, there.has(id) ? 'there' : 'gone');
  }
  return found;
}

/** What was found of some ids; null when that is not all of it. Without any, the list is left out. */
function foundOf(outcome: JsonOutcome & { ok: true }): Fields[] | null {
  const answer = outcome.notModified ? {} : fields(outcome.value);
  if (string(answer['nextPageToken']) !== null) return null;
  return itemsOf(outcome) ?? (string(answer['kind']) === null ? null : []);
}

/** The answers of the thread; under an answer, those that came after it. */
async function replies(request: RepliesRequest): Promise<RepliesOutcome> {
  const { externalId, url } = request.post;
  const [parentId = ''] = externalId.split('.');
  const where = whereOf(url);
  const found: Reply[] = [];
  let page: string | null = null;
  for (let pages = 0; pages < MOST_REPLY_PAGES; pages += 1) {
    const outcome = await ask(request, 'comments', {
      part: 'snippet',
      parentId,
      maxResults: String(PAGE_SIZE),
      textFormat: 'plainText',
      ...(page === null ? {} : { pageToken: page }),
    });
    if (!outcome.ok) return { ok: false, failure: outcome.failure };
    const items = itemsOf(outcome);
    if (items === null) return { ok: false, failure: unexpected('comments') };
    found.push(...toReplies(items.map((comment) => toPost(comment, where))));
    page = outcome.notModified ? null : string(fields(outcome.value)['nextPageToken']);
    if (page === null) break;
  }
  const sorted = oldestFirst(found);
  const own = sorted.findIndex((reply) => reply.externalId === externalId);
  return { ok: true, replies: sorted.slice(own + 1) };
}

function whereOf(url: string | null): Where {
  const place = placeOf(url ?? '');
  const channelId = place !== null && 'channel' in place ? place.channel : null;
  return { videoId: place !== null && 'video' in place ? place.video : null, channelId };
}

async function lookUp(request: LookUpRequest): Promise<Post | null> {
  const place = placeOf(request.url);
  if (place === null || !('video' in place)) return null;
  const id = new URL(request.url).searchParams.get('lc');
  if (id === null) return null;
  const outcome = await ask(request, 'comments', { part: 'snippet', id, textFormat: 'plainText' });
  const comment = outcome.ok ? itemsOf(outcome)?.[0] : undefined;
  return comment === undefined ? null : readable(toPost(comment, whereOf(request.url)));
}
