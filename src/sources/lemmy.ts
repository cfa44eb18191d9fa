import type { Post } from '../core/post.ts';
import type {
  Address,
  Call,
  Existence,
  ExistsRequest,
  Failure,
  Gap,
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
  instant,
  latestOf,
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
import { contentOf, dateOf, isGone, toPost } from './lemmy/view.ts';

const PAGE_SIZE = 50;
/** Pages of one list in one poll. Lists go backward from now, so nothing can be left for later. */
const MOST_PAGES = 40;
/** Milliseconds that every poll reads again: what is federated comes late, and is sorted by its date. */
const OVERLAP = 3_600_000;
const DAY = 86_400_000;

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
  const short = /^!([a-z0-9_]+)@([a-z0-9.-]+\.[a-z]{2,}(?::\d+)?)$/iu.exec(typed);
  if (short?.[1])
    return { origin: `https://${short[2]?.toLowerCase()}`, community: short[1].toLowerCase() };
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
  const through = instant(cursor['through']);
  if (through === null && (await versionOf(request, place.origin)) === null) {
    return { ok: false, failure: NO_LEMMY };
  }
  const until = through === null ? null : new Date(through.getTime() - OVERLAP);
  const lists: Listed[] = [];
  for (const kind of ['post', 'comment'] as const) {
    const listed = await readBack(request, place, kind, until);
    if (!listed.ok) return listed;
    lists.push(listed);
  }
  const views = lists.flatMap((listed) => listed.views);
  return heard({
    ...readPosts(views, toPost),
    before: cursor,
    cursor: { through: newestOf(views, through, request.now) },
    gap: lists.some(({ isCut }) => isCut) ? gapAfter(through, request.now) : null,
    deleted: views.filter(isGone).flatMap((view) => string(contentOf(view)['ap_id']) ?? []),
  });
}

const NO_LEMMY: Failure = {
  kind: 'malformed',
  cause: '/api/v3/site has no version',
  message: 'does not answer like a Lemmy instance; check the address',
};

function gapAfter(from: Date | null, to: Date): Gap {
  const most = MOST_PAGES * PAGE_SIZE;
  return {
    from,
    to,
    reason: `more than ${most} new entries since the last poll; some were missed`,
  };
}

interface Listed {
  ok: true;
  views: Fields[];
  /** The list went on where we stopped. */
  isCut: boolean;
}

/** From the newest back to `until`; without it, one page. */
async function readBack(
  request: PollRequest,
  { origin, community }: Place,
  kind: 'post' | 'comment',
  until: Date | null,
): Promise<Listed | { ok: false; failure: Failure }> {
  const views: Fields[] = [];
  const only: Record<string, string> = community === null ? {} : { community_name: community };
  for (let page = 1; page <= (until === null ? 1 : MOST_PAGES); page += 1) {
    const query = {
      sort: 'New',
      type_: 'All',
      limit: String(PAGE_SIZE),
      page: String(page),
      ...only,
    };
    const outcome = await getJson(request, api(origin, `${kind}/list`, query));
    if (!outcome.ok) return { ok: false, failure: outcome.failure };
    const found = outcome.notModified ? [] : list(fields(outcome.value)[`${kind}s`]);
    if (found === null) return { ok: false, failure: unexpected(`${kind}s`) };
    views.push(...found.map(fields));
    const oldest = found.map((view) => dateOf(fields(view))).filter((date) => date !== null);
    const isReached = until === null || oldest.some((date) => date < until);
    if (isReached || found.length < PAGE_SIZE) return { ok: true, views, isCut: false };
  }
  return { ok: true, views, isCut: until !== null };
}

/** An instance without a post begins at its first, whenever that is. */
function newestOf(views: readonly Fields[], through: Date | null, now: Date): Date {
  const times = views.map((view) => dateOf(view)?.getTime() ?? 0);
  return new Date(Math.max(through?.getTime() ?? 0, latestOf(times, now.getTime() + DAY)));
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
