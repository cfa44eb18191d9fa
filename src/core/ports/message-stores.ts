/** What is stored of messages in Slack that stand for more than one mention, or for none. */

import type { Actor } from '../mention.ts';
import type { StormReason } from '../storm/storm.ts';

/** What stayed under the threshold of a card, in one message, at a time that the team chose. */
export interface Digest {
  workspaceId: string;
  /** The chosen time; a workspace has one digest for each. */
  dueAt: Date;
  /** `foundAt` of what it is about: `from` inclusive, `to` exclusive. */
  from: Date;
  to: Date;
  channelId: string;
  /** Its Slack timestamp; null while it is not there. */
  ts: string | null;
  /** How many it is about; not each has a line. */
  total: number;
  /** In order; `version`: of the mention, as the line shows it, 0 while it is not there. */
  lines: { mentionId: string; version: number }[];
}

export interface DigestStore {
  /** The one that was due last. */
  last(workspaceId: string): Promise<Digest | null>;
  /** False when there is one for this time. */
  add(digest: Digest): Promise<boolean>;
  /** With a line that shows less than the database says, or is not there yet; oldest first. */
  stale(workspaceId: string): Promise<Digest[]>;
  /** What Slack shows now: the timestamp, and the version of each line. */
  record(digest: Digest): Promise<void>;
}

/** Far more than usual in one channel: one card for all, behind which the single ones wait. */
export interface Storm {
  workspaceId: string;
  id: string;
  channelId: string;
  reason: StormReason;
  startedAt: Date;
  /** Null while it lasts. */
  endedAt: Date | null;
  claimedBy: Actor | null;
  /** Its message in Slack, and when and as what it was last drawn; null while it is not there. */
  ts: string | null;
  drawnAt: Date | null;
  drawn: string | null;
}

export interface StormStore {
  /** False when one lasts in its channel already. */
  add(storm: Storm): Promise<boolean>;
  find(workspaceId: string, id: string): Promise<Storm | null>;
  /** Those that last, and those that ended after an instant; oldest first. */
  since(workspaceId: string, endedAfter: Date): Promise<Storm[]>;
  /** Writes only what is given. */
  note(
    workspaceId: string,
    id: string,
    change: Partial<Pick<Storm, 'endedAt' | 'ts' | 'drawnAt' | 'drawn'>>,
  ): Promise<void>;
  /** False when somebody has it already. */
  claim(workspaceId: string, id: string, by: Actor): Promise<boolean>;
}

/** The message that says how many cards wait in a channel, while some do. */
export interface HeldNote {
  workspaceId: string;
  channelId: string;
  ts: string;
  drawnAt: Date;
  drawn: string;
}

export interface HeldNoteStore {
  list(workspaceId: string): Promise<HeldNote[]>;
  /** A channel has one. */
  save(note: HeldNote): Promise<void>;
  remove(workspaceId: string, channelId: string): Promise<void>;
}

/** Messages that told of praise. They hold addresses alone, and no word of them is stored. */
export interface PraiseStore {
  add(praise: {
    workspaceId: string;
    channelId: string;
    ts: string;
    authorHashes: readonly string[];
    /** When the message goes. */
    endsAt: Date;
  }): Promise<void>;
  /** The messages that tell of one of these authors end at an instant. */
  end(workspaceId: string, authorHashes: readonly string[], at: Date): Promise<void>;
  /** Whose time is over. */
  ended(workspaceId: string, now: Date): Promise<{ channelId: string; ts: string }[]>;
  remove(workspaceId: string, channelId: string, ts: string): Promise<void>;
}

/** Who has lists of mentions on their Home tab; Slack keeps a Home until it is drawn again. */
export interface HomeViewStore {
  /** Their Home is about to show lists; `state`: where they are on it, for whoever draws it next. */
  drawn(workspaceId: string, userId: string, state: string): Promise<void>;
  /** Where they are on it, without its being drawn; nothing where none is. */
  noted(workspaceId: string, userId: string, state: string): Promise<void>;
  /** What was noted last; null for those whose Home shows no list. */
  find(workspaceId: string, userId: string): Promise<string | null>;
  /** Whose Home may show something of a mention that was erased since; by id. */
  stale(workspaceId: string): Promise<string[]>;
  /** Their Home shows no list any more. */
  cleared(workspaceId: string, userId: string): Promise<void>;
}
