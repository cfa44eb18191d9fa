import type { Failure, Gap } from '../core/source.ts';
import { fields, latestOf, number, string } from './json.ts';

const DAY = 24 * 3_600_000;

/** How far a list that shows its newest items first was read; a part of the source's cursor. */
export interface Mark {
  /**
   * Everything up to this time was read, in milliseconds since 1970. Null: never looked; 0: looked,
   * and there was nothing yet.
   */
  through: number | null;
  /** What is left of a reading that broke off: its next page, and the newest item it saw. */
  rest: { page: string; newest: number } | null;
}

export interface WalkBack<T> {
  mark: Mark;
  /** Reads one page, newest first; null is the first. `through` is what is known at that point. */
  read: (page: string | null, through: number | null) => Promise<BackPage<T> | NoPage>;
  /** Milliseconds since 1970 that the list is sorted by; null when they cannot be read. */
  timeOf: (item: T) => number | null;
  /** Milliseconds that every walk reads again, for what arrives late and for edits. */
  overlap: number;
  maxPages: number;
  now: Date;
}

export interface BackPage<T> {
  ok: true;
  items: T[];
  /** Null: the list ends here. */
  next: string | null;
}

export interface NoPage {
  ok: false;
  failure: Failure;
  /** The place does not know the page any more, at which the last walk broke off. */
  isForgotten?: boolean;
}

export type WalkedBack<T> =
  | {
      ok: true;
      items: T[];
      mark: Mark;
      /** All that is new was read; else the next walk goes on. */
      isFinished: boolean;
      /** The list ended before anything that was known. */
      endedEarly: boolean;
      gap: Gap | null;
      waitSeconds: number | null;
    }
  | { ok: false; failure: Failure };

/**
 * Walks backward from the newest item to what is known. A walk that does not get there, because of
 * `maxPages` or a failure on the way, keeps what it has and is gone on with by the next one, which
 * then starts at the top again; so nothing is read in vain, and nothing is left out. At the first
 * walk one page is the baseline.
 */
export async function walkBack<T>(walk: WalkBack<T>): Promise<WalkedBack<T>> {
  const { read, maxPages } = walk;
  const items: T[] = [];
  let { through, rest } = walk.mark;
  let isOld = rest !== null;
  let gap: Gap | null = null;
  const stop = (isFinished: boolean, endedEarly: boolean, waitSeconds: number | null) =>
    ({
      ok: true,
      items,
      mark: { through, rest },
      isFinished,
      endedEarly,
      gap,
      waitSeconds,
    }) as const;

  for (let pages = 0; pages < maxPages; pages += 1) {
    const page = await read(rest?.page ?? null, through);
    if (!page.ok) {
      if (pages > 0) return stop(false, false, page.failure.retryAfterSeconds ?? null);
      if (rest === null || page.isForgotten !== true) return page;
      gap = gapBetween(through, rest.newest);
      through = rest.newest;
      rest = null;
      isOld = false;
      continue;
    }
    items.push(...page.items);
    const times = page.items.map(walk.timeOf).filter((time) => time !== null);
    const newest = Math.max(
      rest?.newest ?? through ?? 0,
      latestOf(times, walk.now.getTime() + DAY),
    );
    const known = through === null ? null : through - walk.overlap;
    const isMet = known === null || times.some((time) => time <= known);
    if (!isMet && page.next !== null) {
      rest = { page: page.next, newest };
      continue;
    }
    const endedEarly = !isMet && through !== 0;
    through = newest;
    rest = null;
    if (!isOld) return stop(true, endedEarly, null);
    isOld = false;
  }
  return stop(false, false, null);
}

function gapBetween(through: number | null, newest: number): Gap {
  return {
    from: through ? new Date(through) : null,
    to: new Date(newest),
    reason: 'a long backlog could not be read to its end; some posts were missed',
  };
}

export function readMark(value: unknown): Mark {
  const mark = fields(value);
  const rest = fields(mark['rest']);
  const page = string(rest['page']);
  const newest = number(rest['newest']);
  return {
    through: number(mark['through']),
    rest: page === null || newest === null ? null : { page, newest },
  };
}
