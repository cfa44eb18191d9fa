import type { Post } from '../core/post.ts';
import type {
  Address,
  Existence,
  ExistsRequest,
  Failure,
  Gap,
  LookUpRequest,
  PollOutcome,
  PollRequest,
  PostRef,
  ProbeRequest,
  RepliesOutcome,
  RepliesRequest,
  Source,
  Validators,
} from '../core/source.ts';
import { bareForum, placeOf, recognise, type Place } from './discourse/place.ts';
import { externalId, idOf, isDeleted, toPost } from './discourse/post.ts';
import { heard, readable, toReplies } from './heard.ts';
import { askOneByOne, existenceOfRefusal } from './existence.ts';
import {
  fields,
  getJson,
  list,
  number,
  readCursor,
  readPosts,
  unexpected,
  type Fields,
  type JsonOutcome,
} from './json.ts';
import { limited } from './limits.ts';

/** Ids that one page reaches back at most; one less, since the bound may or may not be inclusive. */
const PAGE_IDS = 49;
/** Ids of one poll; the next goes on where it stopped. */
const MOST_IDS = 1000;
/** Posts below the newest that are read again for edits and for what was approved late. */
const OVERLAP_IDS = 40;
/** Posts of a topic in one request, and requests for the answers to one post. */
const CHUNK = 20;
const MOST_CHUNKS = 5;
const ANEW = 'the forum numbers its posts anew, as after a restore; posts may be missing';

/**
 * A Discourse forum by its list of all new posts, which has every public post of every topic. Ids
 * grow, and what is private leaves holes, so the list is walked by id and never by count.
 */
export const discourse: Source = {
  kind: 'discourse',
  name: 'Discourse forum',
  hears: 'Every new public post of the forum, or of one of its categories or topics.',
  cannotHear:
    'Private messages, and categories that strangers may not read. A chosen category is heard without its subcategories.',
  rules: {
    consent: [],
    keepDays: null,
    sweepHours: 24,
    sweepBatch: 20,
    answering: ['Answer in the topic, from an account that says whose it is.'],
    replyLimit: 32_000,
  },
  politeness: { intervalSeconds: 300, minimumSeconds: 60 },
  needs: null,
  recognise,
  probe,
  poll,
  exists,
  replies,
  lookUp,
};

async function probe(request: ProbeRequest): Promise<Address | null> {
  const place = bareForum(request.url);
  if (place === null) return null;
  const outcome = await getJson(request, `${place.base}/posts.json`);
  if (!outcome.ok || outcome.notModified) return null;
  const isForum = list(fields(outcome.value)['latest_posts']) !== null;
  return isForum ? recognise(`${place.base}/latest`) : null;
}

async function poll(request: PollRequest): Promise<PollOutcome> {
  const place = placeOf(request.address);
  if (place === null) return { ok: false, failure: unexpected('a forum in the address') };
  const cursor = readCursor(request.cursor);
  const through = number(cursor['through']);
  const newest = await readPage(request, place, null, fields(cursor['validators']));
  if (!newest.ok) return newest;
  const top = Math.max(0, ...newest.items.map(idOf));
  if (top === 0) return heardIn([], place, cursor, { through, validators: newest.validators });
  if (through === null || top < through - OVERLAP_IDS) {
    // The first poll; or a forum that was set up anew, and counts from the beginning again.
    const gap = through === null ? null : { from: null, to: request.now, reason: ANEW };
    return heardIn(
      newest.items,
      place,
      cursor,
      { through: top, validators: newest.validators },
      gap,
    );
  }
  const from = Math.max(0, through - OVERLAP_IDS);
  const upTo = Math.min(Math.max(top, through), from + MOST_IDS);
  const range = await readRange(request, place, from, upTo, newest.items);
  if (!range.ok) return range;
  // While a backlog is left, the newest page must not count as read.
  const validators = upTo >= top ? newest.validators : {};
  return heardIn(range.items, place, cursor, { through: upTo, validators });
}

interface Mark {
  /** The highest id up to which all is read; null: a forum without a post. */
  through: number | null;
  validators: Validators;
}

function heardIn(
  items: readonly Fields[],
  place: Place,
  before: Fields,
  cursor: Mark,
  gap: Gap | null = null,
): PollOutcome {
  return heard({
    ...readPosts(items, (item) => toPost(item, place)),
    before,
    cursor,
    gap,
    deleted: items.filter(isDeleted).map((item) => externalId(item, place)),
  });
}

type PageOutcome =
  { ok: true; items: Fields[]; validators: Validators } | { ok: false; failure: Failure };

async function readPage(
  request: PollRequest,
  { base }: Place,
  before: number | null,
  validators: Validators = {},
): Promise<PageOutcome> {
  const query = before === null ? '' : `?before=${before}`;
  const outcome = await getJson(request, `${base}/posts.json${query}`, { validators });
  if (!outcome.ok) {
    return { ok: false, failure: outcome.status === 404 ? NO_FORUM : refusal(outcome) };
  }
  if (outcome.notModified) return { ok: true, items: [], validators };
  const items = list(fields(outcome.value)['latest_posts']);
  if (items === null) return { ok: false, failure: unexpected('latest_posts') };
  return { ok: true, items: items.map(fields), validators: outcome.validators };
}

const NO_FORUM: Failure = {
  kind: 'malformed',
  cause: 'HTTP 404 for /posts.json',
  message: 'does not answer like a Discourse forum; check the address',
};

/** All posts with `from` < id <= `upTo`. Pages may be empty where a stretch is private. */
async function readRange(
  request: PollRequest,
  place: Place,
  from: number,
  upTo: number,
  known: readonly Fields[],
): Promise<{ ok: true; items: Fields[] } | { ok: false; failure: Failure }> {
  const within = (item: Fields) => idOf(item) > from && idOf(item) <= upTo;
  const byId = new Map(known.filter(within).map((item) => [idOf(item), item]));
  let lowest = Math.min(lowestId(known), upTo + 1);
  while (lowest > from + 1) {
    const page = await readPage(request, place, lowest);
    if (!page.ok) return page;
    for (const item of page.items.filter(within)) byId.set(idOf(item), item);
    const reached = lowestId(page.items);
    lowest = reached < lowest ? reached : lowest - PAGE_IDS;
  }
  return { ok: true, items: [...byId.values()] };
}

function lowestId(items: readonly Fields[]): number {
  return Math.min(...items.map(idOf).filter((id) => id > 0));
}

/** A limit that is only told in the body. */
function refusal({ failure, value }: JsonOutcome & { ok: false }): Failure {
  if (failure.kind !== 'rate-limited') return failure;
  return limited(failure, number(fields(fields(value)['extras'])['wait_seconds']));
}

function postAddress({ externalId }: PostRef): { base: string; id: string } | null {
  const match = /^(https?:\/\/.+)\/p\/(\d+)$/u.exec(externalId);
  return match?.[1] && match[2] ? { base: match[1], id: match[2] } : null;
}

async function exists(request: ExistsRequest): Promise<Map<string, Existence>> {
  return askOneByOne(request, async (post) => {
    const address = postAddress(post);
    if (address === null) return 'unknown';
    const outcome = await getJson(request, `${address.base}/posts/${address.id}.json`);
    if (outcome.ok) {
      if (outcome.notModified) return 'there';
      const item = fields(outcome.value);
      return isDeleted(item) || item['hidden'] === true ? 'gone' : 'there';
    }
    // A refusal by the forum itself means hidden; one by a wall in front of it comes as a page.
    if (outcome.status === 403 && list(fields(outcome.value)['errors']) !== null) return 'gone';
    return existenceOfRefusal(outcome);
  });
}

/** Answers to the post, and later posts that answer nobody in particular. */
async function replies(request: RepliesRequest): Promise<RepliesOutcome> {
  const base = postAddress(request.post)?.base;
  const [, topic, place] = /\/t\/[^/]+\/(\d+)\/(\d+)$/u.exec(request.post.url ?? '') ?? [];
  if (base === undefined || topic === undefined || place === undefined) {
    return { ok: false, failure: unexpected('a place in a topic') };
  }
  const read = await getJson(request, `${base}/t/${topic}.json`);
  if (!read.ok) return { ok: false, failure: refusal(read) };
  const stream = read.notModified ? {} : fields(fields(read.value)['post_stream']);
  const items = (list(stream['posts']) ?? []).map(fields);
  const loaded = new Set(items.map(idOf));
  const own = Number(postAddress(request.post)?.id);
  const rest = (list(stream['stream']) ?? [])
    .map(Number)
    .filter((id) => id > own && !loaded.has(id))
    .slice(0, CHUNK * MOST_CHUNKS);
  for (let start = 0; start < rest.length; start += CHUNK) {
    const query = rest.slice(start, start + CHUNK).map((id) => `post_ids[]=${id}`);
    const more = await getJson(request, `${base}/t/${topic}/posts.json?${query.join('&')}`);
    if (!more.ok) return { ok: false, failure: refusal(more) };
    const posts = more.notModified ? {} : fields(fields(more.value)['post_stream']);
    items.push(...(list(posts['posts']) ?? []).map(fields));
  }
  const found = items.filter((item) => answers(item, Number(place)));
  return { ok: true, replies: toReplies(found.map((item) => toPost(item, { base, only: null }))) };
}

function answers(item: Fields, place: number): boolean {
  const to = number(item['reply_to_post_number']);
  return (number(item['post_number']) ?? 0) > place && (to === null || to === place);
}

async function lookUp(request: LookUpRequest): Promise<Post | null> {
  const { origin, pathname } = new URL(request.url);
  const match = /^(.*?)\/t\/[^/]+\/(\d+)(?:\/(\d+))?\/?$/u.exec(pathname);
  if (match === null) return null;
  const base = `${origin}${match[1]}`;
  const url = `${base}/posts/by_number/${match[2]}/${match[3] ?? 1}.json`;
  const outcome = await getJson(request, url);
  if (!outcome.ok || outcome.notModified) return null;
  return readable(toPost(fields(outcome.value), { base, only: null }));
}
