import type { Failure, Gap, PollRequest } from '../../core/source.ts';
import { fields, string, type Fields } from '../json.ts';
import { readMark, walkBack, type Mark, type WalkedBack } from '../walk-back.ts';
import { readPage, type Graph } from './api.ts';

const EMPTY: Mark = { through: 0, rest: null };
/** Posts of one's own whose comments are followed, newest first. */
export const MOST_THREADS = 100;
/** Threads with new comments that one poll reads; the others are for the next. */
const MOST_READ = 20;
const MOST_PAGES = 5;
/** Milliseconds that every reading of a thread reads again. */
const OVERLAP = 3_600_000;
/** Seconds to wait where the place names no time. */
const MINUTE = 60;

/** A post under which people comment. */
export interface Thread {
  id: string;
  /** Changes when there is a new comment, and when one is deleted. */
  state: string;
  isEmpty: boolean;
  /** Milliseconds since 1970 of its newest comment, where the place tells it. */
  newestAt: number | null;
  /** Milliseconds since 1970. */
  startedAt: number;
}

/** What a cursor keeps of a thread. */
interface Followed {
  state: string | null;
  mark: Mark;
}

export interface Followings {
  graph: Graph;
  threads: readonly Thread[];
  /** Of the cursor, as it was stored; null at the first poll. */
  before: unknown;
  /** What is asked for of a thread's comments. */
  path: (thread: string) => string;
  query: Record<string, string>;
  timeOf: (comment: Fields) => number | null;
}

export type FollowedThreads =
  | {
      ok: true;
      comments: { comment: Fields; thread: string }[];
      /** What the next cursor keeps. */
      kept: object;
      gap: Gap | null;
      waitSeconds: number | null;
    }
  | { ok: false; failure: Failure };

/**
 * Reads the comments of those threads whose state has changed, so that a poll costs a request for
 * all and one for each thread where something happened. At the first poll, threads beyond the first
 * `MOST_READ` count as read; later they wait for the next poll.
 */
export async function followThreads(
  request: PollRequest,
  followings: Followings,
): Promise<FollowedThreads> {
  const { threads, before } = followings;
  const isFirst = before === undefined;
  const stored = fields(before);
  const times = threads.filter(({ id }) => id in stored).map((thread) => thread.startedAt);
  const oldest = times.length === 0 ? -Infinity : Math.min(...times);
  const kept: Record<string, Followed> = {};
  const comments: { comment: Fields; thread: string }[] = [];
  let gap: Gap | null = null;
  let waitSeconds: number | null = null;
  let reads = 0;
  for (const thread of threads) {
    const { id, state } = thread;
    const followed = followedOf(stored[id], isFirst || thread.startedAt < oldest);
    kept[id] = thread.isEmpty ? { state, mark: EMPTY } : followed;
    if (kept[id].state === state) continue;
    if (reads >= MOST_READ || waitSeconds !== null) {
      if (isFirst) kept[id] = asRead(thread, request.now);
      continue;
    }
    reads += 1;
    const walked = await readThread(request, followings, id, followed.mark);
    if (!walked.ok) {
      const { kind, retryAfterSeconds } = walked.failure;
      const passes = kind === 'rate-limited' || kind === 'unavailable';
      if (comments.length === 0 || !passes) return walked;
      // What was read is kept; the rest comes with the next poll.
      waitSeconds = retryAfterSeconds ?? MINUTE;
      continue;
    }
    comments.push(...walked.items.map((comment) => ({ comment, thread: id })));
    kept[id] = { state: walked.isFinished ? state : null, mark: walked.mark };
    gap ??= walked.gap;
    waitSeconds = walked.waitSeconds;
  }
  return { ok: true, comments, kept, gap, waitSeconds };
}

/** The comments of one thread that its mark does not know. */
async function readThread(
  request: PollRequest,
  { graph, path, query, timeOf }: Followings,
  thread: string,
  mark: Mark,
): Promise<WalkedBack<Fields>> {
  const walked = await walkBack<Fields>({
    mark,
    async read(page) {
      const after: Record<string, string> = page === null ? {} : { after: page };
      return readPage(request, graph, path(thread), { ...query, ...after });
    },
    timeOf,
    overlap: OVERLAP,
    maxPages: MOST_PAGES,
    now: request.now,
  });
  if (!walked.ok) return walked;
  const known = (mark.through ?? 0) - OVERLAP;
  const items = walked.items.filter((comment) => (timeOf(comment) ?? Infinity) > known);
  return { ...walked, items };
}

/** A thread of which only comes next what is newer than its newest comment now. */
function asRead({ state, newestAt }: Thread, now: Date): Followed {
  return { state, mark: { through: (newestAt ?? now.getTime()) + OVERLAP, rest: null } };
}

/**
 * A thread that is new since the last poll is read whole. One that was there before and only comes
 * (back) into sight starts at its newest page, like all of them at the first poll.
 */
function followedOf(value: unknown, isBaseline: boolean): Followed {
  if (value === undefined) {
    return { state: null, mark: isBaseline ? { through: null, rest: null } : EMPTY };
  }
  const { state, mark } = fields(value);
  return { state: string(state), mark: readMark(mark) };
}
