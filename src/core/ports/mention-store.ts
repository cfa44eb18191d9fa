import type { Actor, EventType, Mention, MentionEvent, Status, Upkeep } from '../mention.ts';
import type { Slot } from '../storm/storm.ts';

/** Which mentions: all that is given must hold. */
export interface MentionFilter {
  statuses?: readonly Status[];
  channelId?: string;
  claimedBy?: Actor;
  keywordId?: string;
  /** Not snoozed beyond this instant. */
  awakeAt?: Date;
  /** `foundAt`, `from` inclusive, `to` exclusive. */
  from?: Date;
  to?: Date;
}

export interface MentionStore {
  find(workspaceId: string, id: string): Promise<Mention | null>;
  /** The mentions of these posts of one source, by external id. */
  findByPosts(
    workspaceId: string,
    sourceId: string,
    externalIds: readonly string[],
  ): Promise<Map<string, Mention>>;
  /** The mentions of one source whose external id begins so; erased ones have none. */
  findByPrefix(workspaceId: string, sourceId: string, prefix: string): Promise<Mention[]>;
  /**
   * Writes `next` and its events in one transaction, if the stored version is still
   * `next.version - 1`; false, and nothing written, when somebody was faster. Leaves the card alone:
   * `cardTs`, `cardVersion` and, once there is a card, `channelId`; and `upkeep`. Of an erased
   * mention the external id goes too (it often is the address) and reads as ''; its post is still
   * known. A withdrawn one takes its lesson along.
   */
  apply(next: Mention, events: readonly MentionEvent[]): Promise<boolean>;
  /** Newest first by `foundAt`, or oldest first. */
  list(
    workspaceId: string,
    filter: MentionFilter,
    page?: { limit?: number; offset?: number; order?: 'newest' | 'oldest' },
  ): Promise<Mention[]>;
  count(workspaceId: string, filter: MentionFilter): Promise<number>;

  /** The card that Slack now has, showing `version`. */
  recordCard(
    workspaceId: string,
    id: string,
    card: { channelId: string; ts: string; version: number },
  ): Promise<void>;
  /** The card is no longer in Slack (somebody deleted it, or its channel is gone). */
  forgetCard(workspaceId: string, id: string): Promise<void>;
  /**
   * `detected`, whose cards wait for their turn: the most severe first, then the most negative, then
   * the oldest.
   */
  waiting(workspaceId: string, limit: number): Promise<Mention[]>;
  /**
   * Open and claimed mentions that the clock has to look at: those whose next step was noted under
   * these `rules` for an instant not after `now`, then those that have none noted under them, since
   * they or the rules have changed.
   */
  toEscalate(workspaceId: string, rules: string, now: Date, limit: number): Promise<Mention[]>;
  /** Notes when next steps fall due (null: never); a mention that has changed meanwhile is left. */
  noteSteps(workspaceId: string, rules: string, steps: readonly NextStep[]): Promise<void>;
  /**
   * Whose card in Slack is missing (those that were opened and are not erased) or shows less than
   * the database says; oldest change first, and none of `without`.
   */
  stale(workspaceId: string, limit: number, without?: Without): Promise<Mention[]>;
  /**
   * Ids of mentions with a card and an event, since it was opened, whose line is not in the thread
   * yet; oldest line first, and none of `without`.
   */
  unlogged(workspaceId: string, limit: number, without?: Without): Promise<string[]>;

  /** The events of one mention, in order. */
  events(workspaceId: string, mentionId: string): Promise<MentionEvent[]>;
  /** The log of a workspace, newest first. */
  log(
    workspaceId: string,
    filter: { from?: Date; to?: Date; actor?: Actor; types?: readonly EventType[] },
    limit: number,
  ): Promise<MentionEvent[]>;
  recordLine(workspaceId: string, eventId: string, ts: string): Promise<void>;

  /** Open or claimed, and snoozed beyond an instant; the next to wake first. */
  snoozed(
    workspaceId: string,
    now: Date,
    page: { limit: number; offset: number },
  ): Promise<Mention[]>;
  countSnoozed(workspaceId: string, now: Date): Promise<{ open: number; claimed: number }>;
  /** How often each of these was done, from an instant on. */
  tally(workspaceId: string, from: Date): Promise<Record<Done, number>>;
  /** When those were found that somebody answered from an instant on; the last answer first. */
  answerTimes(
    workspaceId: string,
    from: Date,
    limit: number,
  ): Promise<{ foundAt: Date; answeredAt: Date }[]>;

  /** False when the workspace has its post already, as in `commitPoll`. */
  add(mention: Mention): Promise<boolean>;
  /** The mention of this post in any source, by `postKey`; an erased one is found, too. */
  findByPost(
    workspaceId: string,
    post: Pick<Mention, 'url' | 'title' | 'text'>,
  ): Promise<Mention | null>;

  /** How many were found for a card, by keyword and stretch of ten minutes, from an instant on. */
  arrivals(workspaceId: string, from: Date): Promise<Arrivals[]>;
  /** New cards by channel that nobody asked for by hand, from an instant on. */
  posted(workspaceId: string, from: Date): Promise<Map<string, number>>;

  /** Writes only what is given. Makes no version and no event. */
  note(workspaceId: string, id: string, upkeep: Partial<Upkeep>): Promise<void>;
  /** Sources with a mention that `toSweep` would bring. */
  sourcesToSweep(workspaceId: string, now: Date): Promise<string[]>;
  /** The earliest `sweepAt` of all that is not erased; null without one. */
  nextSweep(workspaceId: string): Promise<Date | null>;
  /** Not erased, and `sweepAt` is not after `now`; the longest due first. */
  toSweep(workspaceId: string, sourceId: string, now: Date, limit: number): Promise<Mention[]>;
  /** Open, claimed or answered, and `lookAt` is not after `now`; the longest due first. */
  toLookAt(workspaceId: string, now: Date, limit: number): Promise<Mention[]>;
  /**
   * Whose text has been kept long enough: of the closed and quiet ones those that last changed
   * before `endedBefore`, of all those found before `foundBefore`, or, where the source demands it,
   * before the instant of its kind. Oldest first within each of these.
   */
  toExpire(workspaceId: string, limits: ExpiryLimits, limit: number): Promise<Mention[]>;
  /** Mentions, not erased, whose author has one of these hashes; oldest first. */
  byAuthors(workspaceId: string, authorHashes: readonly string[]): Promise<Mention[]>;
  /** After erasing many: makes the database let go of older copies of the rows, as far as it can. */
  settle(): Promise<void>;
}

/** What people do that Home counts. */
export type Done = 'claimed' | 'answered' | 'dismissed';

export interface Arrivals extends Slot {
  keywordId: string;
}

/** Mentions that are left aside: these, and those whose card belongs to one of these channels. */
export interface Without {
  mentionIds: readonly string[];
  channelIds: readonly string[];
}

/** When a mention, as it was at a version, wants its next step. */
export interface NextStep {
  id: string;
  version: number;
  at: Date | null;
}

export interface ExpiryLimits {
  endedBefore: Date;
  foundBefore: Date;
  foundBeforeByKind: Readonly<Record<string, Date>>;
}
