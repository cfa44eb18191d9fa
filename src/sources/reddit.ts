import type {
  Address,
  Existence,
  ExistsRequest,
  LookUpRequest,
  PollOutcome,
  PollRequest,
  Source,
} from '../core/source.ts';
import type { Post } from '../core/post.ts';
import { allUnknown } from './existence.ts';
import { heard, readable } from './heard.ts';
import {
  fields,
  instant,
  readCursor,
  readPosts,
  string,
  unexpected,
  webUrl,
  type Fields,
} from './json.ts';
import { ask, fullname, isErased, patience, SITE, toPost } from './reddit/api.ts';
import { childrenOf, replies } from './reddit/replies.ts';
import { readMark, walkBack, type WalkedBack } from './walk-back.ts';

const PAGE_SIZE = 100;
/** A listing ends near a thousand things, however it is paged. */
const MOST_PAGES = 10;
const WINDOW = 900;
/** Milliseconds that every poll reads again. */
const OVERLAP = 30 * 60_000;

/**
 * Subreddits (posts and the stream of comments, which no search covers), or posts anywhere by a
 * search, as an app that Reddit has approved. Read by time, and not by `before`: that shows nothing
 * once the thing that it names is deleted.
 */
export const reddit: Source = {
  kind: 'reddit',
  name: 'Reddit',
  hears: 'New posts and comments of a subreddit, or of several; or new posts anywhere by a search.',
  cannotHear:
    'Comments outside the subreddits that you add (no search covers them), private and quarantined subreddits, chats and profiles.',
  rules: {
    consent: ['what its author deleted or moderators removed'],
    keepDays: null,
    // Reddit wants it every 48 hours; at half of that, one failed round is no breach.
    sweepHours: 24,
    sweepBatch: 100,
    answering: [
      'Say whom you work for.',
      'Read the rules of the subreddit first: many forbid companies to advertise, some to answer.',
      'Answer in the thread, once; no private messages, and no votes by colleagues.',
    ],
    replyLimit: 10_000,
  },
  politeness: { intervalSeconds: 300, minimumSeconds: 60 },
  needs: {
    settings: ['REDDIT_CLIENT_ID', 'REDDIT_CLIENT_SECRET', 'REDDIT_USERNAME'],
    how: 'Reddit wants to approve every app: ask for it under its Responsible Builder Policy, make a "script" or "web" app in its developer settings, and copy its id and secret; REDDIT_USERNAME is the account that owns the app. It is free for 100 requests a minute; for commercial use Reddit wants a contract.',
  },
  recognise,
  poll,
  exists,
  replies,
  lookUp,
};

interface Place {
  /** `name`, or several as `one+two`; null: all of Reddit. */
  subreddit: string | null;
  /** Null: everything that is new there. */
  phrase: string | null;
}

const HOSTS = /^(?:(?:www|old|new|np|m|sh|i|amp|[a-z]{2})\.)?reddit\.com$/u;
const NAMES = /^\/?r\/([a-z0-9_]{2,21}(?:\+[a-z0-9_]{2,21}){0,49})(?=[/?#.]|$)/iu;

/** `r/name`, `r/one+two`, `reddit:"phrase"`, or any page of a subreddit or of a search. */
function recognise(input: string): Address | null {
  const place = placeOf(input.trim());
  if (place === null) return null;
  const { subreddit, phrase } = place;
  const where = subreddit === null ? '' : `/r/${subreddit}`;
  if (phrase === null) {
    return { address: `${SITE}${where}`, label: `r/${subreddit}, posts and comments` };
  }
  const query = new URLSearchParams({
    q: phrase,
    ...(subreddit === null ? {} : { restrict_sr: '1' }),
  });
  const label = `${subreddit === null ? 'Reddit' : `r/${subreddit}`}, posts with ${phrase}`;
  return { address: `${SITE}${where}/search?${query}`, label };
}

function placeOf(typed: string): Place | null {
  const short = /^reddit:(?!\/\/)(.+)$/iu.exec(typed)?.[1]?.trim();
  if (short !== undefined) {
    return NAMES.test(short) ? placeOf(short) : { subreddit: null, phrase: short };
  }
  if (NAMES.test(typed)) {
    const name = NAMES.exec(typed)?.[1]?.toLowerCase();
    const isWhole = /^\/?r\/[^/]+\/?$/iu.test(typed);
    return isWhole && name !== undefined ? { subreddit: sorted(name), phrase: null } : null;
  }
  const url = webUrl(/^https?:\/\//iu.test(typed) ? typed : `https://${typed}`);
  if (url === null) return null;
  const { hostname, pathname, searchParams } = new URL(url);
  if (!HOSTS.test(hostname)) return null;
  const name = NAMES.exec(pathname)?.[1]?.toLowerCase();
  const phrase = searchParams.get('q')?.trim() || null;
  if (/^\/(?:r\/[^/]+\/)?search(?:\.(?:rss|json))?\/?$/iu.test(pathname)) {
    if (phrase === null) return null;
    const isInside =
      name !== undefined && /^(?:1|on|true|yes)?$/u.test(searchParams.get('restrict_sr') ?? 'no');
    return { subreddit: isInside ? sorted(name) : null, phrase };
  }
  return name === undefined ? null : { subreddit: sorted(name), phrase: null };
}

function sorted(names: string): string {
  return names.split('+').sort().join('+');
}

/** The lists of a place, by their name in the cursor. */
function listsOf({ subreddit, phrase }: Place): Record<string, string> {
  const where = subreddit === null ? '' : `/r/${subreddit}`;
  if (phrase === null) return { posts: `${where}/new?`, comments: `${where}/comments?` };
  const query = new URLSearchParams({
    q: phrase,
    sort: 'new',
    type: 'link',
    ...(subreddit === null ? {} : { restrict_sr: '1' }),
  });
  return { found: `${where}/search?${query}&` };
}

async function poll(request: PollRequest): Promise<PollOutcome> {
  const place = placeOf(request.address);
  if (place === null) return { ok: false, failure: unexpected('a subreddit in the address') };
  const cursor = readCursor(request.cursor);
  const lists = Object.entries(listsOf(place));
  const marks: Record<string, unknown> = {};
  const things: Fields[] = [];
  let gap = null;
  let wait = 0;
  for (const [name, path] of lists) {
    const before = readMark(cursor[name]);
    const polite = (seconds: number | null) => (wait = Math.max(wait, seconds ?? 0));
    const walked = await walkList(request, { path, before, perPoll: lists.length, polite });
    if (!walked.ok) return walked;
    things.push(...walked.items);
    marks[name] = walked.mark;
    polite(walked.waitSeconds);
    gap ??= walked.gap ?? rolledPast(walked, before.through, request.now);
  }
  return heard({
    ...readPosts(things, toPost),
    before: cursor,
    cursor: marks,
    waitSeconds: wait || null,
    gap,
  });
}

interface Listing {
  path: string;
  before: ReturnType<typeof readMark>;
  perPoll: number;
  polite: (seconds: number | null) => void;
}

function walkList(request: PollRequest, { path, before, perPoll, polite }: Listing) {
  return walkBack<Fields>({
    mark: before,
    async read(after) {
      const query = new URLSearchParams({
        limit: String(PAGE_SIZE),
        raw_json: '1',
        ...(after === null ? {} : { after }),
      });
      const outcome = await ask(request, `${path}${query}`);
      if (!outcome.ok) return { ok: false, failure: outcome.failure };
      const value = outcome.notModified ? null : outcome.value;
      const items = childrenOf(value);
      if (items === null) return { ok: false, failure: unexpected('a listing') };
      if (!outcome.notModified) polite(patience(outcome.headers, perPoll));
      return { ok: true, items, next: string(fields(fields(value)['data'])['after']) };
    },
    timeOf: ({ data }) => instant(fields(data)['created_utc'])?.getTime() ?? null,
    overlap: OVERLAP,
    maxPages: MOST_PAGES,
    now: request.now,
  });
}

/** A full listing without anything known: what lies between can be read nowhere. */
function rolledPast(walked: WalkedBack<Fields> & { ok: true }, through: number | null, now: Date) {
  if (!walked.endedEarly || walked.items.length < WINDOW) return null;
  const reason = 'Reddit shows the newest thousand only, and more came since the last poll';
  return { from: through === null ? null : new Date(through), to: now, reason };
}

/** Deleted and removed things stay in the answer, emptied; what is missing is gone as well. */
async function exists(request: ExistsRequest): Promise<Map<string, Existence>> {
  const found = allUnknown(request.posts);
  const ids = [...found.keys()].filter((externalId) => fullname(externalId) !== null);
  for (let start = 0; start < ids.length; start += PAGE_SIZE) {
    const asked = ids.slice(start, start + PAGE_SIZE);
    const things = await info(request, asked);
    if (things === null) break;
    const there = new Set(things.filter((data) => !isErased(data)).map(({ name }) => name));
    for (const externalId of asked) found.set(externalId, there.has(externalId) ? 'there' : 'gone');
  }
  return found;
}

async function info(request: ExistsRequest | LookUpRequest, ids: readonly string[]) {
  const outcome = await ask(request, `/api/info?id=${ids.join(',')}&raw_json=1`);
  const things = outcome.ok && !outcome.notModified ? childrenOf(outcome.value) : null;
  return things?.map(({ data }) => fields(data)) ?? null;
}

async function lookUp(request: LookUpRequest): Promise<Post | null> {
  const url = webUrl(request.url);
  if (url === null || !HOSTS.test(new URL(url).hostname)) return null;
  const path = new URL(url).pathname;
  const match = /\/comments\/([a-z0-9]+)(?:\/[^/]*(?:\/([a-z0-9]+))?)?\/?$/u.exec(path);
  if (match === null) return null;
  const id = match[2] === undefined ? `t3_${match[1]}` : `t1_${match[2]}`;
  const data = (await info(request, [id]))?.[0];
  return data === undefined ? null : readable(toPost({ data }));
}
