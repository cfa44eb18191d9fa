import type { Post } from '../core/post.ts';
import type {
  Address,
  Call,
  Existence,
  ExistsRequest,
  Failure,
  LookUpRequest,
  PollOutcome,
  PollRequest,
  ProbeRequest,
  RepliesOutcome,
  RepliesRequest,
  Source,
} from '../core/source.ts';
import { heard, oldestFirst, readable, toReplies } from './heard.ts';
import { askOneByOne, existenceOfRefusal } from './existence.ts';
import {
  fields,
  getJson,
  list,
  number,
  readCursor,
  readPosts,
  string,
  unexpected,
  webUrl,
  type Fields,
  type JsonOutcome,
} from './json.ts';
import { readMark, walkBack, type Mark, type WalkedBack } from './walk-back.ts';
import { contentOf, dateOf, isGone, isPinned, toPost } from './lemmy/view.ts';

const PAGE_SIZE = 50;
/** Pages of one list in one poll; the next goes on where it stopped. */
const MOST_PAGES = 20;
/** Milliseconds that every poll reads again: what is federated comes late, and is sorted by its date. */
const OVERLAP = 3_600_000;

/**
 * The posts and comments of a Lemmy instance, or of one community, through the interface that all
 * versions since 0.18 have (`/api/v3`). Lists begin at the newest and know no "since": they are read
 * back to the last poll.
 */
export const lemmy: Source = {
  kind: 'lemmy',
  name: 'Lemmy',
  hears: 'Every new public post and comment that one instance knows of, or those of one community.',
  cannotHear: 'What was removed before Earshot read it, and instances that want a login.',
  rules: {
    consent: ['profiles with #nobot, #nobots or #noindex'],
    keepDays: null,
    sweepHours: 24,
    sweepBatch: 20,
    answering: ['Mind the rules of the community; many allow no promotion.'],
    replyLimit: 10_000,
  },
  politeness: { intervalSeconds: 300, minimumSeconds: 120 },
  needs: null,
  recognise,
  probe,
  poll,
  exists,
  replies,
  lookUp,
};

interface Place {
  origin: string;
  /** `name`, or `name@home` when it is at home elsewhere; null: the whole instance. */
  community: string | null;
}

/** `https://host/c/name`, `!name@host` for short, or `lemmy:https://host` for all of it. */
function recognise(input: string): Address | null {
  const place = placeOf(input.trim());
  if (place === null) return null;
  const { origin, community } = place;
  const { host } = new URL(origin);
  return community === null
    ? { address: `lemmy:${origin}`, label: `${host}, all new posts and comments` }
    : { address: `${origin}/c/${community}`, label: `!${community} on ${host}` };
}

function placeOf(typed: string): Place | null {
  const short = /^!([a-z0-9_]+)@([^\s/?#@:]+\.[^\s/?#@:]{2,}(?::\d+)?)$/iu.exec(typed);
  const home = webUrl(`https://${short?.[2] ?? ''}`);
  if (short?.[1] && home)
    return { origin: new URL(home).origin, community: short[1].toLowerCase() };
  const whole = /^lemmy:(.+)$/iu.exec(typed)?.[1];
  if (whole !== undefined) {
    const url = webUrl(/^https?:\/\//iu.test(whole) ? whole : `https://${whole}`);
    return url === null ? null : { origin: new URL(url).origin, community: null };
  }
  const url = webUrl(typed);
  if (url === null) return null;
  const { origin, hostname, pathname } = new URL(url);
  // A channel's short address there looks the same.
  if (/(?:^|\.)youtube\.com$/u.test(hostname)) return null;
  const community = /^\/c\/([a-z0-9_]+(?:@[a-z0-9.-]+\.[a-z]{2,})?)\/?$/iu.exec(pathname)?.[1];
  return community === undefined ? null : { origin, community: community.toLowerCase() };
}

async function probe(request: ProbeRequest): Promise<Address | null> {
  const url = webUrl(request.url);
  if (url === null || new URL(url).pathname !== '/') return null;
  const { origin } = new URL(url);
  return (await versionOf(request, origin)) === null ? null : recognise(`lemmy:${origin}`);
}

/** Null: no Lemmy, or one that wants a login even for this. */
async function versionOf(call: Call, origin: string): Promise<string | null> {
  const outcome = await getJson(call, api(origin, 'site', {}));
  if (!outcome.ok || outcome.notModified) return null;
  const { version, site_view: view } = fields(outcome.value);
  return fields(view)['site'] === undefined ? null : string(version);
}

function api(origin: string, method: string, query: Record<string, string>): string {
  return `${origin}/api/v3/${method}?${new URLSearchParams(query)}`;
}

async function poll(request: PollRequest): Promise<PollOutcome> {
  const place = placeOf(request.address);
  if (place === null) return { ok: false, failure: unexpected('an instance in the address') };
  const cursor = readCursor(request.cursor);
  if (request.cursor === null && (await versionOf(request, place.origin)) === null) {
    return { ok: false, failure: NO_LEMMY };
  }
  const posts = await walk(request, place, 'post', readMark(cursor['posts']));
  if (!posts.ok) return posts;
  const comments = await walk(request, place, 'comment', readMark(cursor['comments']));
  if (!comments.ok) return comments;
  const views = [...posts.items, ...comments.items];
  return heard({
    ...readPosts(views, toPost),
    before: cursor,
    cursor: { posts: posts.mark, comments: comments.mark },
    waitSeconds: Math.max(posts.waitSeconds ?? 0, comments.waitSeconds ?? 0) || null,
    gap: posts.gap ?? comments.gap,
    deleted: views.filter(isGone).flatMap((view) => string(contentOf(view)['ap_id']) ?? []),
  });
}

const NO_LEMMY: Failure = {
  kind: 'malformed',
  cause: '/api/v3/site has no version',
  message: 'does not answer like a Lemmy instance; check the address',
};

/** Pages have numbers: what is new meanwhile shifts them, and shows some entries twice. */
function walk(
  request: PollRequest,
  { origin, community }: Place,
  kind: 'post' | 'comment',
  mark: Mark,
): Promise<WalkedBack<Fields>> {
  return walkBack<Fields>({
    mark,
    async read(page) {
      const outcome = await getJson(
        request,
        api(origin, `${kind}/list`, {
          sort: 'New',
          type_: 'All',
          limit: String(PAGE_SIZE),
          page: page ?? '1',
          ...(community === null ? {} : { community_name: community }),
        }),
      );
      if (!outcome.ok) return { ok: false, failure: outcome.failure };
      const found = outcome.notModified ? [] : list(fields(outcome.value)[`${kind}s`]);
      if (found === null) return { ok: false, failure: unexpected(`${kind}s`) };
      const next = found.length < PAGE_SIZE ? null : String(Number(page ?? 1) + 1);
      return { ok: true, items: found.map(fields), next };
    },
    // Pinned posts stand above the newest, whatever their age, and say nothing of how far we are.
    timeOf: (view) => (isPinned(view) ? null : (dateOf(view)?.getTime() ?? null)),
    overlap: OVERLAP,
    maxPages: MOST_PAGES,
    now: request.now,
  });
}

/** Asks the polled instance, which knows all that we have from it. */
async function exists(request: ExistsRequest): Promise<Map<string, Existence>> {
  const origin = placeOf(request.address)?.origin;
  if (origin === undefined) return new Map();
  return askOneByOne(request, async ({ externalId }) => {
    const outcome = await resolve(request, origin, externalId);
    if (!outcome.ok) {
      if (/^(?:couldnt_find|not_found)/u.test(errorOf(outcome))) return 'gone';
      return outcome.status === 404 ? 'unknown' : existenceOfRefusal(outcome);
    }
    const view = outcome.notModified ? {} : viewIn(outcome.value);
    return isGone(view) ? 'gone' : string(contentOf(view)['ap_id']) === null ? 'unknown' : 'there';
  });
}

function resolve(call: Call, origin: string, apId: string) {
  return getJson(call, api(origin, 'resolve_object', { q: apId }));
}

/** A 404 without these words is a wrong path, not a missing post. */
function errorOf({ value }: JsonOutcome & { ok: false }): string {
  return string(fields(value)['error']) ?? '';
}

function viewIn(value: unknown): Fields {
  const { post, comment } = fields(value);
  return fields(comment ?? post);
}

async function replies(request: RepliesRequest): Promise<RepliesOutcome> {
  const origin = placeOf(request.address)?.origin;
  if (origin === undefined) return { ok: false, failure: unexpected('an instance in the address') };
  const resolved = await resolve(request, origin, request.post.externalId);
  if (!resolved.ok) return { ok: false, failure: resolved.failure };
  const view = resolved.notModified ? {} : viewIn(resolved.value);
  const postId = number(fields(view['post'])['id']);
  const commentId = number(fields(view['comment'])['id']);
  if (postId === null) return { ok: false, failure: unexpected('a post') };
  const below: Record<string, string> = commentId === null ? {} : { parent_id: String(commentId) };
  const query = {
    post_id: String(postId),
    max_depth: '8',
    sort: 'New',
    limit: String(PAGE_SIZE),
    ...below,
  };
  const outcome = await getJson(request, api(origin, 'comment/list', query));
  if (!outcome.ok) return { ok: false, failure: outcome.failure };
  const found = outcome.notModified ? null : list(fields(outcome.value)['comments']);
  if (found === null) return { ok: false, failure: unexpected('comments') };
  const all = toReplies(found.map((one) => toPost(fields(one))));
  const others = all.filter(({ externalId }) => externalId !== request.post.externalId);
  return { ok: true, replies: oldestFirst(others) };
}

async function lookUp(request: LookUpRequest): Promise<Post | null> {
  const url = webUrl(request.url);
  if (url === null || !/^\/(?:post|comment)\/\d+\/?$/u.test(new URL(url).pathname)) return null;
  const { origin, pathname } = new URL(url);
  const outcome = await resolve(request, origin, `${origin}${pathname.replace(/\/$/u, '')}`);
  if (!outcome.ok || outcome.notModified) return null;
  return readable(toPost(viewIn(outcome.value)));
}
