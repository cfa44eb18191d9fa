import type { Asked } from '../escalation/asked.ts';
import type { Actor, Mention, MentionEvent } from '../mention.ts';
import type { Keyword } from './records.ts';
import type { Storm } from './message-stores.ts';

/** All that a card shows. */
export interface CardView {
  mention: Mention;
  keyword: Keyword | null;
  sourceLabel: string;
  /** Its events so far, in order. */
  events: readonly MentionEvent[];
  /** The next step of the escalation if nobody acts, and whom it will ask; null: none. */
  nextStep: UpcomingStep | null;
  /** By when a first answer is wanted; null without a target, and once there was one. */
  answerDueAt: Date | null;
  /** Who is writing an answer, so that two do not; absent: nobody. */
  writer?: Actor | null;
  now: Date;
}

export interface UpcomingStep extends Asked {
  at: Date;
  /** It takes the claim back. */
  release: boolean;
}

/** A mention in a list of several. */
export interface ListedMention {
  mention: Mention;
  keyword: Keyword | null;
  sourceLabel: string;
}

/** A message about many mentions, which is edited in place to stay true. */
export type Board =
  | { kind: 'digest'; since: Date; total: number; rows: readonly ListedMention[] }
  | { kind: 'held'; count: number; oldestFoundAt: Date }
  | ({ kind: 'storm' } & StormView)
  /** What it was, said once. */
  | ({ kind: 'storm-end' } & StormView);

export interface StormView {
  storm: Storm;
  /** Mentions that belong to it, and what became of them. */
  found: number;
  waiting: number;
  oldestWaitingAt: Date | null;
  open: number;
  claimed: number;
  answered: number;
  dismissed: number;
  /** Counts of the last hours in stretches of ten minutes, oldest first. */
  chart: readonly number[];
  words: readonly string[];
  places: readonly { label: string; count: number }[];
}

/** A post that speaks well of a keyword. */
export interface Praise {
  query: string;
  url: string;
}

/** The same as it was heard, with whose it is: the keyed hash of its author. */
export interface HeardPraise extends Praise {
  externalId: string;
  authorHash: string | null;
}

/** Slack, as far as the flows need it. Nothing is thrown for what Slack may well answer. */
export interface Notifier {
  postCard(view: CardView, channelId: string): Promise<Sent>;
  updateCard(view: CardView, channelId: string, ts: string): Promise<Sent>;
  /** A line of the log in the card's thread; `settle` knows it by `lineKey`. */
  postLine(event: MentionEvent, mention: Mention, channelId: string, ts: string): Promise<Sent>;
  /** Tells another channel of a mention that waits, with a link to its card and nothing of its text. */
  pointTo(mention: Mention, channelId: string, key?: string): Promise<Sent>;
  /** `key`: what the message is known by, for `settle`. */
  postBoard(workspaceId: string, board: Board, channelId: string, key?: string): Promise<Sent>;
  updateBoard(workspaceId: string, board: Board, channelId: string, ts: string): Promise<Sent>;
  /** Whether a message is there that Slack may have taken although nobody heard of it. */
  settle(sought: Sought): Promise<Settled>;
  /** Whether Slack answers at all: asked by something that does nothing. */
  answers(workspaceId: string): Promise<boolean>;
  /** Removes a message of Earshot's own; one that is not there counts as removed. */
  remove(workspaceId: string, channelId: string, ts: string): Promise<Sent>;
  /** Takes all lists off somebody's Home tab, until they open it again. */
  clearHome(workspaceId: string, userId: string): Promise<Sent>;
  /** A notice to the channel itself: a failing source, a gap. */
  notice(workspaceId: string, channelId: string, text: string): Promise<Sent>;
  /** Where somebody speaks well of a keyword; `place`: how people call the source. */
  praise(
    workspaceId: string,
    channelId: string,
    place: string,
    praise: readonly Praise[],
  ): Promise<Sent>;
}

/** A message that may have been sent. */
export interface Sought {
  workspaceId: string;
  channelId: string;
  /** The message whose thread it would be in; null: the channel itself. */
  threadTs: string | null;
  key: string;
  /** When it was first tried. */
  since: Date;
}

export type Settled =
  | { state: 'there'; ts: string }
  | { state: 'missing' }
  /** Slack is unwell or told us to wait: until it has answered, sending again may double it. */
  | { state: 'later'; cause: string; retryAfterSeconds: number | null }
  /** This Slack does not let us look. */
  | { state: 'cannot' };

/** What the card of a mention is known by. */
export function cardKey(mentionId: string): string {
  return `card ${mentionId}`;
}

/** What the line of an event is known by. */
export function lineKey(eventId: string): string {
  return `line ${eventId}`;
}

export type Sent =
  | { ok: true; ts: string }
  /**
   * Slack is unwell or told us to wait: the outbox tries again. `uncertain`: Slack may have taken it
   * all the same, and only its answer is missing.
   */
  | {
      ok: false;
      outcome: 'later';
      cause: string;
      retryAfterSeconds: number | null;
      uncertain?: true;
      /** Slack was not asked: it is not this message's time. */
      resting?: true;
    }
  /** The message is not there (deleted by hand). */
  | { ok: false; outcome: 'gone'; cause: string }
  /** It will never work like this: no such channel, not a member, a missing scope. A person must act. */
  | { ok: false; outcome: 'refused'; cause: string };
