/**
 * A message that Slack is being told, written down before Slack hears of it: whoever finds it
 * without a timestamp knows that the message may be there already.
 */
export interface Posting {
  workspaceId: string;
  /** What the message is, in the words of the flow that sends it: `line e1`, `storm s1`. */
  key: string;
}

/** What became of earlier attempts to post the same. */
export type Taken =
  /** Nobody has tried yet. */
  | { state: 'free' }
  /** It is there. */
  | { state: 'sent'; ts: string }
  /** Another process is at it just now. */
  | { state: 'busy' }
  /**
   * Somebody tried, from this instant on, and was not heard of again. `tries`: so many times Slack
   * broke off; before `nextAt` it is not to be sent again.
   */
  | { state: 'uncertain'; since: Date; tries: number; nextAt: Date | null };

/** A message that was tried in vain so often that it stands still until a person says otherwise. */
export interface StuckPosting extends Posting {
  since: Date;
}

export interface PostingStore {
  /**
   * Reserves a message for `holder`, a process. Of two that ask at once, one gets it; a reservation
   * of another process is believed until `busyAfter`, the instant before which it must have been
   * made to be given up.
   */
  take(posting: Posting, holder: string, now: Date, busyAfter: Date): Promise<Taken>;
  /** Slack took it. */
  sent(posting: Posting, ts: string): Promise<void>;
  /** Slack may have taken it, and broke off: so many times by now. `nextAt` null: it stands still. */
  doubted(posting: Posting, tries: number, nextAt: Date | null): Promise<void>;
  /** Those that stand still, by their first try. */
  stuck(workspaceId: string): Promise<StuckPosting[]>;
  /** Lets those that stand still be tried anew; returns how many. */
  retry(workspaceId: string): Promise<number>;
  /** It was not sent, or is not there any more: the next one begins anew. */
  release(posting: Posting): Promise<void>;
  /** Forgets those last taken before an instant; returns how many. */
  prune(before: Date): Promise<number>;
}
