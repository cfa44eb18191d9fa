import type {
  Address,
  Existence,
  ExistsRequest,
  Gap,
  LookUpRequest,
  PollOutcome,
  PollRequest,
  RepliesOutcome,
  RepliesRequest,
  Source,
} from '../core/source.ts';
import type { Post } from '../core/post.ts';
import { allUnknown } from './existence.ts';
import { heard, oldestFirst, readable, toReplies } from './heard.ts';
import {
  fields,
  instant,
  list,
  readCursor,
  readPosts,
  string,
  unexpected,
  webUrl,
  type Fields,
} from './json.ts';
import { readMark, walkBack } from './walk-back.ts';
import { ask, FIELDS, firstIdOf, idAt, postsOf, timeOf, toPost } from './x/api.ts';
import { giveBack, readPaid, pay, SMALLEST_PAGE, take } from './x/budget.ts';

const PAGE_SIZE = 100;
const MOST_PAGES = 10;
/** Milliseconds that every poll reads again; X charges for a post once a day. */
const OVERLAP = 5 * 60_000;
/** How far back the search sees, less a minute for clocks that differ. */
const WINDOW = 7 * 24 * 3_600_000 - 60_000;
const LONGEST_QUERY = 512;
/** A look whether a post is still there costs a third of a post with its author's name. */
const LOOKS_A_POST = 3;

/**
 * A search on X, or the mentions of a handle. Every post costs money, so whatever is read, by polls,
 * sweeps and look-ups, is taken out of one monthly budget first; at its end all of them stop.
 */
export const x: Source = {
  kind: 'x',
  name: 'X',
  hears:
    'Public posts that a search finds, or that mention a handle; each post costs money, and a monthly budget is kept.',
  cannotHear:
    'Protected accounts, reposts, direct messages, and what is more than seven days old when it is first looked for.',
  rules: {
    consent: ['protected accounts', 'posts that X withholds'],
    // Every post that is kept is paid for once a day, to see whether it is still there.
    keepDays: 30,
    sweepHours: 24,
    sweepBatch: PAGE_SIZE,
    answering: [
      'Answer by hand, as a person: X rejects answers that a program sends to people who did not call for it.',
      'Answer in the thread, from the company’s account; no direct message that nobody asked for.',
    ],
    replyLimit: 280,
  },
  politeness: { intervalSeconds: 900, minimumSeconds: 120 },
  needs: {
    settings: ['X_BEARER_TOKEN', 'X_MONTHLY_POSTS'],
    how: 'Make an app in the developer console of X, buy credits, and copy its bearer token. X charges $0.005 for a post and $0.010 for the name of its author, so 1,000 posts cost about $15; looking once a day whether a kept post is still there costs $0.005 more. X_MONTHLY_POSTS is the most that all your sources of this kind read in a month together; at that they stop. A tenth of it is kept for following deletions and reading answers.',
  },
  recognise,
  poll,
  exists,
  replies,
  lookUp,
};

/** First parts of a path that are X's own pages, not people. */
const RESERVED = new Set(
  'about account compose download explore hashtag help home i intent jobs login logout messages notifications privacy search settings share signup tos'.split(
    ' ',
  ),
);

/** A handle's page, or one of its tabs. */
const PROFILE = /^\/@?(\w{1,15})(?:\/(?:with_replies|media|highlights|articles|likes))?\/?$/u;

type Place = { query: string } | { handle: string };

/** `x:"phrase"`, `x:@name`, a page of search results or of a hashtag, or a handle's page. */
function recognise(input: string): Address | null {
  const place = placeOf(input.trim());
  if (place === null) return null;
  if ('handle' in place) {
    const { handle } = place;
    return { address: `https://x.com/${handle}`, label: `X, mentions of @${handle}` };
  }
  const address = `https://x.com/search?${new URLSearchParams({ q: place.query })}`;
  return { address, label: `X, posts with ${place.query}` };
}

function placeOf(typed: string): Place | null {
  const short = /^(?:x|twitter):(?!\/\/)(.+)$/iu.exec(typed)?.[1]?.trim();
  if (short !== undefined) {
    const handle = /^@(\w{1,15})$/u.exec(short)?.[1];
    return handle === undefined ? { query: short } : { handle: handle.toLowerCase() };
  }
  const url = webUrl(/^https?:\/\//iu.test(typed) ? typed : `https://${typed}`);
  if (url === null) return null;
  const { hostname, pathname, searchParams } = new URL(url);
  if (!/^(?:(?:www|mobile|m)\.)?(?:x|twitter)\.com$/u.test(hostname)) return null;
  if (pathname === '/search') {
    const query = searchParams.get('q')?.trim() ?? '';
    return query === '' ? null : { query };
  }
  const tag = /^\/hashtag\/([^/]+)\/?$/u.exec(pathname)?.[1];
  if (tag !== undefined) return hashtagOf(tag);
  const handle = PROFILE.exec(pathname)?.[1]?.toLowerCase();
  return handle === undefined || RESERVED.has(handle) ? null : { handle };
}

function hashtagOf(tag: string): Place | null {
  try {
    return { query: `#${decodeURIComponent(tag)}` };
  } catch {
    return null;
  }
}

/** Reposts say nothing new, and cost the same. */
function queryOf(place: Place): string {
  if ('handle' in place) return `@${place.handle} -from:${place.handle} -is:retweet`;
  return /\bis:retweet\b/u.test(place.query) ? place.query : `(${place.query}) -is:retweet`;
}

async function poll(request: PollRequest): Promise<PollOutcome> {
  const { now } = request;
  const place = placeOf(request.address);
  if (place === null) return { ok: false, failure: unexpected('a search in the address') };
  const query = queryOf(place);
  if (query.length > LONGEST_QUERY) {
    const message = `takes searches of ${LONGEST_QUERY} characters at most; shorten this one`;
    return { ok: false, failure: { kind: 'refused', cause: 'search too long', message } };
  }
  const cursor = readCursor(request.cursor);
  const paid = readPaid(cursor['paid'], now);
  const names = new Map<string, string>();
  const walked = await walkBack<Fields>({
    mark: readMark(cursor['found']),
    async read(page, through) {
      const wanted = through === null ? SMALLEST_PAGE : PAGE_SIZE;
      const taken = await take(request, 'poll', wanted, SMALLEST_PAGE);
      if (!taken.ok) return taken;
      const outcome = await ask(request, '/tweets/search/recent', {
        query,
        max_results: String(taken.posts),
        ...sinceOf(through, now),
        ...(page === null ? {} : { next_token: page }),
        ...FIELDS,
      });
      const value = !outcome.ok || outcome.notModified ? null : outcome.value;
      const found = postsOf(value);
      const ids = found?.items.flatMap(({ id }) => string(id) ?? []) ?? [];
      await giveBack(request, taken.posts - pay(paid, ids));
      if (!outcome.ok) {
        return { ok: false, failure: outcome.failure, isForgotten: outcome.status === 400 };
      }
      if (found === null) return { ok: false, failure: unexpected('posts') };
      for (const [id, name] of found.names) names.set(id, name);
      const next = string(fields(fields(value)['meta'])['next_token']);
      return { ok: true, items: found.items, next };
    },
    timeOf,
    overlap: OVERLAP,
    maxPages: MOST_PAGES,
    now,
  });
  if (!walked.ok) return walked;
  const { mark } = walked;
  // Only what is not older than the overlap can come again.
  const again = BigInt(idAt((mark.through ?? 0) - OVERLAP));
  const ids = paid.ids.filter((id) => mark.rest !== null || BigInt(id) >= again);
  return heard({
    ...readPosts(walked.items, (item) => toPost(item, names)),
    before: cursor,
    cursor: { found: mark, paid: { ...paid, ids }, polledAt: now },
    waitSeconds: walked.waitSeconds,
    gap: walked.gap ?? outOfSight(instant(cursor['polledAt']), now),
  });
}

/** `since_id` is exclusive, and refused when it is older than the search sees. */
function sinceOf(through: number | null, now: Date): Record<string, string> {
  if (!through) return {};
  const since = through - OVERLAP;
  return since < now.getTime() - WINDOW ? {} : { since_id: idAt(since) };
}

/** Nobody looked for longer than the search sees. */
function outOfSight(polledAt: Date | null, now: Date): Gap | null {
  const horizon = new Date(now.getTime() - WINDOW);
  if (polledAt === null || polledAt >= horizon) return null;
  const reason = 'X shows the last seven days only, and nothing was read for longer';
  return { from: polledAt, to: horizon, reason };
}

/** A look-up answers 200, with an error for each post that is not there any more. */
async function exists(request: ExistsRequest): Promise<Map<string, Existence>> {
  const found = allUnknown(request.posts);
  const ids = [...found.keys()].filter((id) => /^\d{1,19}$/u.test(id));
  for (let start = 0; start < ids.length; start += PAGE_SIZE) {
    const batch = ids.slice(start, start + PAGE_SIZE);
    const taken = await take(request, 'look', Math.ceil(batch.length / LOOKS_A_POST), 1);
    if (!taken.ok) break;
    const asked = batch.slice(0, taken.posts * LOOKS_A_POST);
    const query = { ids: asked.join(','), 'tweet.fields': 'edit_history_tweet_ids' };
    const outcome = await ask(request, '/tweets', query);
    if (!outcome.ok || outcome.notModified) {
      await giveBack(request, taken.posts);
      break;
    }
    const answer = fields(outcome.value);
    for (const post of list(answer['data']) ?? []) {
      for (const id of [string(fields(post)['id']), firstIdOf(fields(post))]) {
        if (id !== null && found.has(id)) found.set(id, 'there');
      }
    }
    for (const error of list(answer['errors']) ?? []) {
      const { type, resource_id: named, value } = fields(error);
      const id = string(named) ?? string(value);
      const isGone = /\/(?:resource-not-found|not-authorized-for-resource)$/u.test(
        string(type) ?? '',
      );
      if (isGone && id !== null && found.get(id) === 'unknown') found.set(id, 'gone');
    }
  }
  return found;
}

/** Answers of the last seven days, the newest hundred; each of them costs what a post costs. */
async function replies(request: RepliesRequest): Promise<RepliesOutcome> {
  const id = /^\d{1,19}$/u.exec(request.post.externalId)?.[0];
  if (id === undefined) return { ok: false, failure: unexpected('a post') };
  const taken = await take(request, 'look', PAGE_SIZE, SMALLEST_PAGE);
  if (!taken.ok) return taken;
  const outcome = await ask(request, '/tweets/search/recent', {
    query: `(conversation_id:${id} OR in_reply_to_tweet_id:${id}) -is:retweet`,
    max_results: String(taken.posts),
    ...FIELDS,
  });
  const found = !outcome.ok || outcome.notModified ? null : postsOf(outcome.value);
  await giveBack(request, taken.posts - (found?.items.length ?? 0));
  if (!outcome.ok) return { ok: false, failure: outcome.failure };
  if (found === null) return { ok: false, failure: unexpected('posts') };
  const answers = found.items.filter((item) => firstIdOf(item) !== id);
  return {
    ok: true,
    replies: oldestFirst(toReplies(answers.map((item) => toPost(item, found.names)))),
  };
}

async function lookUp(request: LookUpRequest): Promise<Post | null> {
  const match =
    /^https?:\/\/(?:(?:www|mobile)\.)?(?:x|twitter)\.com\/(?:\w+|i\/web)\/status\/(\d{1,19})/u.exec(
      request.url,
    );
  if (match === null) return null;
  const taken = await take(request, 'look', 1, 1);
  if (!taken.ok) return null;
  const outcome = await ask(request, '/tweets', { ids: match[1] ?? '', ...FIELDS });
  const found = outcome.ok && !outcome.notModified ? postsOf(outcome.value) : null;
  const post = found?.items[0];
  return post === undefined ? null : readable(toPost(post, found?.names ?? new Map()));
}
