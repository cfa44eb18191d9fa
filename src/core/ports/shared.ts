/**
 * What several processes that work on one database agree on. One process alone has no need of it:
 * then it agrees with itself in memory.
 */

/** Names, each held by at most one process at a time. A process that dies lets go of its own. */
export interface Locks {
  /** Does the work while the name is held; waits for whoever holds it. Equals go in order. */
  take<T>(name: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /**
   * Does the work while the name is held; false, and nothing done, when somebody else holds it.
   * `lost` aborts when the name cannot be held any longer.
   */
  attempt(name: string, work: (lost: AbortSignal) => Promise<void>): Promise<boolean>;
}

/** At most `calls` in any stretch of `perMs` milliseconds. */
export interface Pace {
  calls: number;
  perMs: number;
}

/** Paces that are kept by all processes together, on one clock. */
export interface Paces {
  /**
   * Takes the next place in a lane: milliseconds until it comes, and until the gate opens. Both are
   * to be waited for.
   */
  reserve(lane: string, pace: Pace, gate: string): Promise<{ turnMs: number; gateMs: number }>;
  /** Keeps a gate shut for so long from now on; one that is shut for longer stays so. */
  shut(gate: string, milliseconds: number): Promise<void>;
  /** Milliseconds until a gate opens; 0 when it is open. */
  shutFor(gate: string): Promise<number>;
  /** Forgets what is over for so long. */
  prune(milliseconds: number): Promise<void>;
}

/** Work of one kind that was tried to the end and given up; what is due is done all the same. */
export interface DeadLetters {
  chore: string;
  count: number;
  lastAt: Date;
}

/** Both, where there may be several processes. */
export interface Shared {
  locks: Locks;
  paces: Paces;
}
