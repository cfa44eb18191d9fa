import type { PollRequest } from '../../core/source.ts';
import type { FeedCursor } from './cursor.ts';

/** A permanent redirect is believed after this many polls in agreement, and this many hours. */
const MOVE_POLLS = 3;
const MOVE_HOURS = 24;
const HOUR_MS = 3600 * 1000;

/**
 * A permanent redirect is taken at its word at the first poll; later only when it lasts, since
 * mistakes and hotel networks redirect "for good" as well.
 */
export function followMove(
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
