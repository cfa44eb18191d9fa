import type { Failure, HttpAnswer, PollOutcome, PollRequest } from '../../core/source.ts';
import { gapSince, isCutOff, newestOf, readBack } from './back.ts';
import { readFeedCursor, type FeedCursor } from './cursor.ts';
import { decodeBytes } from './decode.ts';
import { discoverFeeds } from './discover.ts';
import type { ReadFeed } from './document.ts';
import { fetchFeed, type Fetched } from './fetch.ts';
import { recall } from './memory.ts';
import { followMove } from './move.ts';
import type { Readers } from './readers.ts';
import { waitFor } from './rhythm.ts';

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
    // A feed that is empty for once shows nothing of how much it usually holds.
    window: document.posts.length || (before?.window ?? 0),
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
