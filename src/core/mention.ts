import type { Label, Severity } from './verdict.ts';

/**
 * Where a mention is in its life. Only `lifecycle.ts` computes a status.
 * `detected`: stored, its card still waits for its turn. `quiet`: under the threshold of a card, for
 * the digest. `withdrawn` and `expired`: nothing that the author wrote or was called is left.
 */
export const STATUSES = [
  'detected',
  'quiet',
  'open',
  'claimed',
  'answered',
  'dismissed',
  'withdrawn',
  'expired',
] as const;
export type Status = (typeof STATUSES)[number];

/** A Slack user id, or the clock and the machinery. */
export type Actor = string;
export const SYSTEM: Actor = 'system';
/** A person of the team whose name was kept long enough. */
export const SOMEBODY: Actor = 'somebody';

/** Stands for the keyword, and for the source, of what a person brought and no poll did. */
export const BY_HAND = 'by-hand';

/** The part of a verdict that is kept: phrases instead of places, since the text may go. */
export interface StoredVerdict {
  label: Label;
  negativity: number;
  /** Phrases of the text; erased with it. */
  reasons: string[];
  severity: Severity | null;
  question: boolean;
  judged: boolean;
}

/** A post that matched a keyword and was stored. All times are UTC instants. */
export interface Mention {
  id: string;
  workspaceId: string;
  keywordId: string;
  sourceId: string;
  /** The kind of the source, kept when the source is removed. */
  sourceKind: string;
  externalId: string;
  status: Status;
  /** Grows by one with every change; what Slack shows is compared with it. */
  version: number;

  /** What the author wrote and is called; all null once erased. */
  url: string | null;
  author: string | null;
  title: string | null;
  text: string | null;
  /** What the author said in the thread after the answer, where it is not solved for them. */
  followUp: string | null;
  /** Speaks of health, belief, union, sexuality or politics: think before quoting. */
  sensitive: boolean;
  /** Keyed hash of source kind and author, by which an objection finds what is stored. */
  authorHash: string | null;
  language: string | null;
  publishedAt: Date | null;
  foundAt: Date;
  verdict: StoredVerdict;

  /** When it last became open: the escalation clock starts here. */
  openedAt: Date | null;
  claimedBy: Actor | null;
  claimedAt: Date | null;
  answeredBy: Actor | null;
  answeredAt: Date | null;
  answerUrl: string | null;
  /** When Earshot read the answer at the source; null while nobody has. */
  verifiedAt: Date | null;
  dismissedReason: DismissReason | null;
  snoozedUntil: Date | null;
  /** The clock takes no step before: somebody said that they see it. */
  pausedUntil: Date | null;
  /** Steps of the running clock that are done: since it was opened, or since it was claimed. */
  escalationLevel: number;

  /** The support channel of the card, and its Slack timestamp once it is there. */
  channelId: string | null;
  cardTs: string | null;
  /** The version that the card shows; 0 while there is none. */
  cardVersion: number;

  upkeep: Upkeep;
}

/** When Earshot looks at the source again. Kept beside the versions: a look alone changes no card. */
export interface Upkeep {
  /** When it is asked next whether the post is still there. */
  sweepAt: Date;
  /** The first look that found the post gone; null while it is there. */
  goneSince: Date | null;
  /** When its thread is next read for a public answer, and how often that was done; null: never. */
  lookAt: Date | null;
  looks: number;
  /** The first look that did not find the verified answer any more. */
  answerGoneSince: Date | null;
}

/** Minutes after which a new mention is first looked at again. */
const FIRST_SWEEP = 5;
const FIRST_LOOK = 15;

export function newUpkeep(foundAt: Date): Upkeep {
  const after = (minutes: number) => new Date(foundAt.getTime() + minutes * 60_000);
  return {
    sweepAt: after(FIRST_SWEEP),
    goneSince: null,
    lookAt: after(FIRST_LOOK),
    looks: 0,
    answerGoneSince: null,
  };
}

export const DISMISS_REASONS = [
  'not-about-us',
  'not-negative',
  'already-solved',
  'spam',
  'better-not-answered',
] as const;
export type DismissReason = (typeof DISMISS_REASONS)[number];

/** Why a public answer would make it worse. `at-risk`: the author is, and needs other help. */
export const BETTER_NOT = ['satire', 'pile-on', 'private-place', 'legal', 'at-risk'] as const;
export type BetterNot = (typeof BETTER_NOT)[number];

/** What happened, with what belongs to it. Stored as JSON; never holds what the author wrote. */
export type EventBody =
  | { type: 'posted' }
  | { type: 'claimed' }
  | { type: 'assigned'; to: Actor }
  /** `from`: whose claim the clock took back, since no answer came. */
  | { type: 'released'; because?: 'stale'; from?: Actor }
  | { type: 'answered'; url: string; note: string | null }
  | {
      type: 'verified';
      url: string;
      minutes: number | null;
      /** Read among the replies in the thread, or only seen to be a public page. */
      how?: 'thread' | 'page';
    }
  | { type: 'answer-gone'; url: string }
  /** `because`: of what is better not answered, where somebody said. */
  | { type: 'dismissed'; reason: DismissReason; because?: BetterNot; note: string | null }
  | { type: 'reopened'; because?: 'not-solved' }
  | { type: 'snoozed'; until: Date | null }
  | {
      type: 'escalated';
      level: number;
      /** Slack ids of those who are asked: people (U...) and user groups (S...). */
      to: string[];
      note: string | null;
      /** Ids of channels that are told, with a link to the card. */
      channels?: string[];
      /** Which clock took the step; absent when a person did. */
      phase?: 'unclaimed' | 'unanswered';
      /** Of those in `to`: they are named and not pinged, since they were just now, and often. */
      quietly?: string[];
    }
  /** Somebody sees it, and the clock waits until then. */
  | { type: 'acknowledged'; until: Date }
  | { type: 'edited' }
  | { type: 'withdrawn'; because?: 'objection' }
  | { type: 'expired' };
export type EventType = EventBody['type'];

/** One row of the append-only log. */
export type MentionEvent = EventBody & {
  id: string;
  workspaceId: string;
  mentionId: string;
  at: Date;
  actor: Actor;
  /** The version of the mention that this event made. */
  version: number;
  /** The Slack timestamp of its line in the thread; null while it is not there. */
  logTs: string | null;
};

/** An event as `lifecycle.ts` decides it; the flow gives it its id. */
export type NewEvent = EventBody & { at: Date; actor: Actor };

/** Whether nobody needs to do anything more about it. */
export function isClosed(status: Status): boolean {
  return (
    status === 'answered' ||
    status === 'dismissed' ||
    status === 'withdrawn' ||
    status === 'expired'
  );
}

/** Whether the text is gone for good; such a mention gets no new card. */
export function isErased(mention: Mention): boolean {
  return mention.status === 'withdrawn' || mention.status === 'expired';
}

/** What the author wrote and was called, taken out. */
export function erased(mention: Mention): Mention {
  return {
    ...mention,
    url: null,
    author: null,
    title: null,
    text: null,
    followUp: null,
    sensitive: false,
    authorHash: null,
    verdict: { ...mention.verdict, reasons: [] },
  };
}
