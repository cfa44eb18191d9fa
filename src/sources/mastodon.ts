import type { Post } from '../core/post.ts';
import type {
  Address,
  Call,
  Existence,
  ExistsRequest,
  Failure,
  HttpAnswer,
  LookUpRequest,
  PollOutcome,
  PollRequest,
  ProbeRequest,
  RepliesOutcome,
  RepliesRequest,
  Source,
} from '../core/source.ts';
import { heard, readable } from './heard.ts';
import { askOneByOne, existenceOfRefusal } from './existence.ts';
import {
  fields,
  getJson,
  instant,
  list,
  readCursor,
  readPosts,
  string,
  unexpected,
  webUrl,
  type Fields,
  type JsonOutcome,
} from './json.ts';
import { limited, secondsUntil } from './limits.ts';
import { placeOf, recognise, type Place } from './mastodon/place.ts';
import { homeOf, toPost, toReply } from './mastodon/status.ts';
import { walkForward, type Page } from './walk.ts';

const PAGE_SIZE = 40;
/** Pages of one poll; the next goes on where it stopped. */
const MOST_PAGES = 20;
/** Pages of the hourly re-read. */
const REREAD_PAGES = 40;
const HOUR = 3_600_000;
/** Remote posts get an id by their own date, so a late one lands below the cursor. */
const LATE = 6n * 3_600_000n;
/** Before all ids: where a timeline without a post goes on from. */
const BEGINNING = '0';

/**
 * A hashtag, or the local posts, of one Mastodon instance. Reading goes by `min_id`, the page right
 * after a post: `since_id` would jump to the newest page and drop what lies between.
 */
export const mastodon: Source = {
  kind: 'mastodon',
  name: 'Mastodon',
  hears:
    'Public posts with one hashtag that this instance knows of, or the posts written on it. Add the hashtag on several instances to hear more.',
  cannotHear:
    'Posts without the hashtag, unlisted and private ones, boosts, and authors who opted out. No server offers a search without a login.',
  rules: {
    consent: [
      'unlisted posts',
      'profiles with "noindex"',
      '#nobot, #nobots or #noindex in a profile',
    ],
    keepDays: null,
    sweepHours: 24,
    sweepBatch: 20,
    answering: [
      'Reply to the post itself and name the author, or the reply will not reach them.',
      'Answer once; do not follow people who complained.',
    ],
    replyLimit: 500,
  },
  politeness: { intervalSeconds: 180, minimumSeconds: 120 },
  needs: null,
  recognise,
  probe,
  poll,
  exists,
  replies,
  lookUp,
};

/** A bare instance: its own posts, if it shows them. */
async function probe(request: ProbeRequest): Promise<Address | null> {
  if (webUrl(request.url) === null) return null;
  const { origin, pathname } = new URL(request.url);
  if (!/^\/(?:about|explore|public)?\/?$/u.test(pathname)) return null;
  const access = await accessOf(request, origin, 'live_feeds', ['local']);
  return access === 'open' ? recognise(`${origin}/public/local`) : null;
}

async function poll(request: PollRequest): Promise<PollOutcome> {
  const place = placeOf(request.address);
  if (place === null) return { ok: false, failure: unexpected('a hashtag in the address') };
  const cursor = readCursor(request.cursor);
  const last = string(cursor['last']);
  const rereadAt = instant(cursor['rereadAt']) ?? request.now;
  const walked = await (last === BEGINNING
    ? walkFromNothing(request, place, rereadAt)
    : walk(request, place, last));
  if (!walked.ok) return { ok: false, failure: inWords(walked.failure, place) };
  const from = last === null ? null : lateBound(last);
  const isDue = Math.abs(request.now.getTime() - rereadAt.getTime()) >= HOUR;
  const reread = from !== null && isDue ? await walk(request, place, from, REREAD_PAGES) : null;
  const items = [...walked.items, ...(reread?.ok ? reread.items : [])];
  // A closed timeline may look like a quiet one; even a quiet one still has the last post.
  if (items.length === 0 && (last === null || isDue) && reread?.ok !== false) {
    const closed = await closedFailure(request, place);
    if (closed !== null) return { ok: false, failure: closed };
  }
  return heard({
    ...readPosts(items, (item) => toPost(item, place.origin)),
    before: cursor,
    cursor: {
      last: walked.through ?? BEGINNING,
      rereadAt: isDue && reread?.ok !== false ? request.now : rereadAt,
    },
    waitSeconds: walked.waitSeconds,
  });
}

/** At the first poll the newest page, else all that follows an id. */
async function walk(
  request: PollRequest,
  place: Place,
  from: string | null,
  maxPages = MOST_PAGES,
) {
  if (from === null) {
    const page = await readPage(request, place, null);
    if (!page.ok) return page;
    const newest = page.items.reduce<string | null>((id, item) => laterId(id, idOf(item)), null);
    return { ...page, through: newest, waitSeconds: page.waitSeconds ?? null };
  }
  return walkForward<Fields, string>({
    from,
    read: (minId) => readPage(request, place, minId),
    boundOf: idOf,
    isAfter: (a, b) => laterId(a, b) === a && a !== b,
    maxPages,
  });
}

/**
 * Where nothing was to be seen until now. What is older than that was there all the time, and only
 * the answer was empty: then the newest page is enough, and not the whole history.
 */
async function walkFromNothing(request: PollRequest, place: Place, emptyAt: Date) {
  const newest = await walk(request, place, null);
  const isEnough =
    !newest.ok ||
    newest.items.length < PAGE_SIZE ||
    newest.items.some((item) => (instant(item['created_at']) ?? emptyAt) <= emptyAt);
  return isEnough ? newest : walk(request, place, BEGINNING);
}

async function readPage(
  request: PollRequest,
  { origin, tag }: Place,
  minId: string | null,
): Promise<Page<Fields> | { ok: false; failure: Failure }> {
  const path = tag === null ? 'public' : `tag/${encodeURIComponent(tag)}`;
  const query = new URLSearchParams({
    limit: String(PAGE_SIZE),
    ...(tag === null ? { local: 'true' } : {}),
    ...(minId === null ? {} : { min_id: minId }),
  });
  const outcome = await getJson(request, `${origin}/api/v1/timelines/${path}?${query}`);
  if (!outcome.ok) {
    const failure = outcome.status === 404 ? NO_MASTODON : limitOf(outcome, request.now);
    return { ok: false, failure };
  }
  const statuses = outcome.notModified ? [] : list(outcome.value);
  if (statuses === null) return { ok: false, failure: unexpected('a list of posts') };
  const wait = outcome.notModified ? null : exhausted(outcome.headers, request.now);
  return {
    ok: true,
    items: statuses.map(fields),
    more: statuses.length >= PAGE_SIZE,
    ...(wait === null ? {} : { waitSeconds: wait }),
  };
}

/** The limit's end is an ISO time here, not seconds. */
function resetSeconds(headers: HttpAnswer['headers'], now: Date): number | null {
  return secondsUntil(instant(headers['x-ratelimit-reset']), headers, now);
}

function exhausted(headers: HttpAnswer['headers'], now: Date): number | null {
  return headers['x-ratelimit-remaining'] === '0' ? resetSeconds(headers, now) : null;
}

function limitOf({ failure, headers }: JsonOutcome & { ok: false }, now: Date): Failure {
  return failure.kind === 'rate-limited' ? limited(failure, resetSeconds(headers, now)) : failure;
}

/** A timeline nobody has written to is empty, not missing. */
const NO_MASTODON: Failure = {
  kind: 'malformed',
  cause: 'HTTP 404 for a timeline',
  message: 'does not answer like a Mastodon server; check the address',
};

function inWords(failure: Failure, place: Place): Failure {
  return failure.kind === 'rejected' ? { ...failure, message: closedMessage(place) } : failure;
}

function closedMessage({ tag }: Place): string {
  const what = tag === null ? 'its own posts' : 'posts by hashtag';
  return `does not show ${what} without a login; choose another instance`;
}

async function closedFailure(request: PollRequest, place: Place): Promise<Failure | null> {
  const feed = place.tag === null ? 'live_feeds' : 'hashtag_feeds';
  const sides = place.tag === null ? ['local'] : ['local', 'remote'];
  const access = await accessOf(request, place.origin, feed, sides);
  if (access !== 'closed') return null;
  const cause = `empty, and ${feed} is not public in /api/v2/instance`;
  return { kind: 'rejected', cause, message: closedMessage(place) };
}

/** What the instance says of its timelines; older ones say nothing, and show them. */
async function accessOf(
  call: Call,
  origin: string,
  feed: string,
  sides: readonly string[],
): Promise<'open' | 'closed' | 'unknown'> {
  const outcome = await getJson(call, `${origin}/api/v2/instance`);
  if (!outcome.ok || outcome.notModified) return 'unknown';
  const instance = fields(outcome.value);
  if (string(instance['domain']) === null || string(instance['version']) === null) return 'unknown';
  const access = fields(fields(fields(instance['configuration'])['timelines_access'])[feed]);
  const isOpen = sides.some((side) => (access[side] ?? 'public') === 'public');
  return isOpen ? 'open' : 'closed';
}

function idOf(status: Fields): string | null {
  return string(status['id']);
}

/** Ids are opaque and grow: by length, then letter by letter. */
function laterId(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a.length === b.length ? (a > b ? a : b) : a.length > b.length ? a : b;
}

/** The id of an instant is its milliseconds, shifted; of other servers' ids nothing is known. */
function lateBound(last: string): string | null {
  if (!/^\d{15,20}$/u.test(last)) return null;
  return String(((BigInt(last) >> 16n) - LATE) << 16n);
}

async function exists(request: ExistsRequest): Promise<Map<string, Existence>> {
  return askOneByOne(request, async (post) => {
    const home = homeOf(post);
    // Other software has no such path, but answers for the post's own address.
    const url = home ?? webUrl(post.externalId);
    if (url === null) return 'unknown';
    const accept = home === null ? 'application/activity+json' : 'application/json';
    const outcome = await getJson(request, url, { headers: { accept } });
    if (!outcome.ok) {
      if (home === null && outcome.status === 404) return 'gone';
      const existence = existenceOfRefusal(outcome);
      // Each post has its own home: the trouble of one says nothing of the others.
      return existence === 'stop' ? 'unknown' : existence;
    }
    if (outcome.notModified) return 'there';
    const { visibility, type } = fields(outcome.value);
    const isHidden = home !== null && visibility !== undefined && visibility !== 'public';
    return isHidden || type === 'Tombstone' ? 'gone' : 'there';
  });
}

async function replies(request: RepliesRequest): Promise<RepliesOutcome> {
  const home = homeOf(request.post);
  if (home === null) return { ok: false, failure: unexpected('an address of the post’s own') };
  const outcome = await getJson(request, `${home}/context`);
  if (!outcome.ok) return { ok: false, failure: limitOf(outcome, request.now) };
  const descendants = outcome.notModified ? null : list(fields(outcome.value)['descendants']);
  if (descendants === null) return { ok: false, failure: unexpected('descendants') };
  const { origin } = new URL(home);
  const found = descendants.flatMap((item) => toReply(fields(item), origin));
  return { ok: true, replies: found };
}

async function lookUp(request: LookUpRequest): Promise<Post | null> {
  const match = /^(https?:\/\/[^/]+)\/(?:@[^/]+|users\/[^/]+\/statuses)\/(\d+)\/?$/u.exec(
    request.url,
  );
  const origin = match?.[1];
  if (origin === undefined) return null;
  const outcome = await getJson(request, `${origin}/api/v1/statuses/${match?.[2]}`);
  if (!outcome.ok || outcome.notModified) return null;
  return readable(toPost(fields(outcome.value), origin));
}
