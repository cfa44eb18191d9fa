import { hash } from 'node:crypto';
import type { Post } from '../../core/post.ts';
import type {
  Call,
  Failure,
  Gap,
  HttpAnswer,
  PollOutcome,
  PollRequest,
  Validators,
} from '../../core/source.ts';
import { readFeedCursor, type FeedCursor } from './cursor.ts';
import { decodeBytes } from './decode.ts';
import { discoverFeeds } from './discover.ts';
import type { ReadFeed } from './document.ts';
import { recall, type Recalled } from './memory.ts';
import type { Readers } from './readers.ts';
import { waitFor } from './rhythm.ts';

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1';
/** Older pages that are read when a poll meets nothing that it knows. */
const MOST_PAGES = 5;
/** A permanent redirect is believed after this many polls in agreement, and this many hours. */
const MOVE_POLLS = 3;
const MOVE_HOURS = 24;
const HOUR_MS = 3600 * 1000;

type Fetched =
  | { ok: true; document: ReadFeed; answer: HttpAnswer; freshSeconds: number | null; body: string }
  | { ok: true; document: null; movedTo: string | null; freshSeconds: number | null }
  | { ok: false; failure: Failure; page: HttpAnswer | null };

/** Polls one feed. At the first poll, a web page leads to the feed that it names. */
export async function pollFeed(request: PollRequest, readers: Readers): Promise<PollOutcome> {
  const before = readFeedCursor(request.cursor);
  const fetched = await fetchFeed(request, readers, request.address, before);
  if (!fetched.ok) {
    const { failure, page } = fetched;
    if (before !== null || page === null) return { ok: false, failure };
    return pollNamedFeed(request, readers, page, failure);
  }
  if (fetched.document === null) return unchanged(request, before, fetched);
  return heard(request, readers, before, fetched, fetched.answer.movedTo);
}

async function fetchFeed(
  call: Call,
  readers: Readers,
  url: string,
  before: Pick<FeedCursor, 'validators' | 'body'> | null,
): Promise<Fetched> {
  const outcome = await call.http.get({
    url,
    headers: { accept: ACCEPT },
    signal: call.signal,
    ...(hasAny(before?.validators) ? { validators: before.validators } : {}),
  });
  if (!outcome.ok) return { ok: false, failure: outcome.failure, page: null };
  const { freshSeconds } = outcome;
  if (outcome.notModified) {
    return { ok: true, document: null, movedTo: outcome.movedTo, freshSeconds };
  }
  const { answer } = outcome;
  const body = hash('sha1', answer.body, 'base64url');
  if (body === before?.body) {
    return { ok: true, document: null, movedTo: answer.movedTo, freshSeconds };
  }
  const contentType = answer.headers['content-type'] ?? null;
  const document = await readers.read(answer.body, { url: answer.url, contentType });
  if (document.ok) return { ok: true, document, answer, freshSeconds, body };
  return { ok: false, failure: document.failure, page: document.isPage ? answer : null };
}

function hasAny(validators: Validators | undefined): validators is Validators {
  return validators?.etag !== undefined || validators?.lastModified !== undefined;
}

/** Follows what a web page says about its feeds; the first that can be read is the source. */
async function pollNamedFeed(
  request: PollRequest,
  readers: Readers,
  page: HttpAnswer,
  failure: Failure,
): Promise<PollOutcome> {
  const html = decodeBytes(page.body, page.headers['content-type'] ?? null);
  for (const url of discoverFeeds(html, page.url)) {
    if (request.signal.aborted) break;
    const fetched = await fetchFeed(request, readers, url, null);
    if (!fetched.ok || fetched.document === null) continue;
    return heard(request, readers, null, fetched, fetched.answer.movedTo ?? url);
  }
  return { ok: false, failure };
}

async function heard(
  request: PollRequest,
  readers: Readers,
  before: FeedCursor | null,
  { document, answer, freshSeconds, body }: Extract<Fetched, { document: ReadFeed }>,
  movedTo: string | null,
): Promise<PollOutcome> {
  const { now } = request;
  const current = recall(document.posts, before?.seen ?? []);
  const missed = before !== null && isCutOff(before, document, current);
  const back = missed ? await readBack(request, readers, before, document, answer.url) : null;
  const recalled =
    back === null ? current : recall([...back.posts, ...document.posts], before?.seen ?? []);
  if (document.isEnded && recalled.fresh.length === 0) return { ok: false, failure: ENDED };
  const { move, arrived } = followMove(request, before, movedTo);
  const cursor: FeedCursor = {
    validators: answer.validators,
    body,
    at: now.toISOString(),
    newest: newestOf(document.posts, before?.newest ?? null, now),
    window: document.posts.length,
    rhythm: document.rhythm,
    seen: recalled.seen,
    move,
  };
  return {
    ok: true,
    posts: recalled.fresh,
    cursor: JSON.stringify(cursor),
    waitSeconds: waitFor(document.rhythm, freshSeconds, now),
    gap: missed && back?.reached !== true ? gapSince(before, now) : null,
    movedTo: arrived,
    deleted: document.deleted,
    title: document.title,
    malformed: document.malformed,
  };
}

const ENDED: Failure = {
  kind: 'gone',
  cause: 'the feed says that it has expired',
  message: 'says that it has ended for good',
};

function unchanged(
  request: PollRequest,
  before: FeedCursor | null,
  { movedTo, freshSeconds }: { movedTo: string | null; freshSeconds: number | null },
): PollOutcome {
  if (before === null) return { ok: false, failure: UNASKED };
  const { now } = request;
  const { move, arrived } = followMove(request, before, movedTo);
  return {
    ok: true,
    posts: [],
    cursor: JSON.stringify({ ...before, at: now.toISOString(), move }),
    waitSeconds: waitFor(before.rhythm, freshSeconds, now),
    gap: null,
    movedTo: arrived,
    deleted: [],
    title: null,
    malformed: 0,
  };
}

const UNASKED: Failure = {
  kind: 'malformed',
  cause: 'not modified, without having been asked so',
  message: 'answers as if it were known already; trying again',
};

/**
 * Whether posts probably scrolled by unseen: nothing is known of a window that is as full as the
 * last one, and nothing in it is as old as what was seen then.
 */
function isCutOff(before: FeedCursor, { posts }: ReadFeed, { meets }: Recalled): boolean {
  if (meets || posts.length === 0 || before.window === 0) return false;
  const isFull = posts.length >= before.window;
  const newest = before.newest === null ? null : new Date(before.newest);
  const isAsOld = posts.some(
    ({ publishedAt }) => publishedAt !== null && newest !== null && publishedAt <= newest,
  );
  return isFull && !isAsOld;
}

function gapSince(before: FeedCursor, now: Date): Gap {
  return {
    from: new Date(before.newest ?? before.at),
    to: now,
    reason: 'more new posts than the feed shows at once; some were probably missed',
  };
}

/** Dates far in the future are mistakes, and would silence every later gap. */
function newestOf(posts: readonly Post[], before: string | null, now: Date): string | null {
  const latest = now.getTime() + 48 * HOUR_MS;
  const dates = posts.map(({ publishedAt }) => publishedAt?.getTime() ?? 0);
  const known = before === null ? 0 : new Date(before).getTime();
  const newest = Math.max(known, ...dates.filter((date) => date <= latest));
  return newest === 0 ? null : new Date(newest).toISOString();
}

/** Reads older pages (RFC 5005, JSON Feed, WordPress) until one holds something that is known. */
async function readBack(
  request: PollRequest,
  readers: Readers,
  before: FeedCursor,
  document: ReadFeed,
  url: string,
): Promise<{ posts: Post[]; reached: boolean }> {
  const posts: Post[] = [];
  const ids = new Set(document.posts.map(({ externalId }) => externalId));
  let older = olderThan(document, url, 2);
  for (let page = 3; older !== null && page < MOST_PAGES + 3; page += 1) {
    const fetched = await fetchFeed(request, readers, older, null);
    if (!fetched.ok || fetched.document === null) break;
    const more = fetched.document.posts.filter(({ externalId }) => !ids.has(externalId));
    // A server that does not know the parameter answers with the first page again.
    if (more.length === 0) break;
    for (const { externalId } of more) ids.add(externalId);
    posts.unshift(...more);
    if (recall(more, before.seen).meets) return { posts, reached: true };
    older = olderThan(fetched.document, url, page);
  }
  return { posts, reached: false };
}

function olderThan({ older, isWordPress }: ReadFeed, url: string, page: number): string | null {
  if (older !== null || !isWordPress) return older;
  const next = new URL(url);
  next.searchParams.set('paged', String(page));
  return next.href;
}

/**
 * A permanent redirect is taken at its word at the first poll; later only when it lasts, since
 * mistakes and hotel networks redirect "for good" as well.
 */
function followMove(
  { address, now }: PollRequest,
  before: FeedCursor | null,
  movedTo: string | null,
): { move: FeedCursor['move']; arrived: string | null } {
  // Credentials belong to the address that was given, and a new one would be without them.
  const isSecret = new URL(address).username !== '';
  if (movedTo === null || movedTo === address || isSecret) return { move: null, arrived: null };
  if (before === null) return { move: null, arrived: movedTo };
  const same = before.move?.to === movedTo ? before.move : null;
  const move = {
    to: movedTo,
    since: same?.since ?? now.toISOString(),
    polls: (same?.polls ?? 0) + 1,
  };
  const hours = (now.getTime() - new Date(move.since).getTime()) / HOUR_MS;
  const isBelieved = move.polls >= MOVE_POLLS && hours >= MOVE_HOURS;
  return isBelieved ? { move: null, arrived: movedTo } : { move, arrived: null };
}
