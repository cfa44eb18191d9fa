import type { Validators } from '../../core/source.ts';
import type { Rhythm } from './document.ts';

/** What a feed remembers from poll to poll. */
export interface FeedCursor {
  validators: Validators;
  /** Hash of the last body: some servers never answer 304. */
  body: string;
  /** When the feed was last read or known to be unchanged, as ISO text. */
  at: string;
  /** Date of the newest post so far, by the place's own clock; null where posts have none. */
  newest: string | null;
  /** Items that the document had. */
  window: number;
  rhythm: Rhythm;
  /** Posts of this and earlier polls; see `memory.ts`. */
  seen: string[];
  /** Where a permanent redirect leads, since when, and how many polls agreed. */
  move: { to: string; since: string; polls: number } | null;
}

/** Null at the first poll, and for a cursor of another make: then it is the first again. */
export function readFeedCursor(cursor: string | null): FeedCursor | null {
  if (cursor === null) return null;
  try {
    const read = JSON.parse(cursor) as Partial<FeedCursor> | null;
    const isWhole = Array.isArray(read?.seen) && typeof read.at === 'string' && read.rhythm;
    return isWhole ? (read as FeedCursor) : null;
  } catch {
    return null;
  }
}
