import {
  erased,
  SYSTEM,
  type Actor,
  type BetterNot,
  type DismissReason,
  type EventBody,
  type Mention,
  type NewEvent,
  type Status,
} from './mention.ts';
import { ownPart } from './answer/reply-url.ts';
import { isSensitive } from './privacy/special.ts';

/** What a person or the clock does to a mention. */
export type Command = { actor: Actor } & (
  | { type: 'post'; channelId: string }
  | { type: 'claim' }
  | { type: 'assign'; to: Actor }
  /** `stale`: the clock takes back a claim that brought no answer. */
  | { type: 'release'; because?: 'stale' }
  | { type: 'answer'; url: string; note: string | null }
  | { type: 'verify'; url: string; publishedAt: Date | null; how?: 'thread' | 'page' }
  /** The verified answer is no longer at the source. */
  | { type: 'miss-answer' }
  | { type: 'dismiss'; reason: DismissReason; because?: BetterNot; note: string | null }
  /** `followUp`: what the author said after the answer, where it is not solved for them. */
  | { type: 'reopen'; followUp?: string }
  | { type: 'snooze'; until: Date | null }
  /** `level`: the step that is taken, or jumped to; `phase`: of which clock, when the clock does it. */
  | {
      type: 'escalate';
      to: string[];
      note: string | null;
      level?: number;
      channels?: string[];
      phase?: 'unclaimed' | 'unanswered';
      quietly?: string[];
    }
  /** Somebody sees it; the clock waits until then. */
  | { type: 'acknowledge'; until: Date }
  | { type: 'edit'; title: string | null; text: string }
  | { type: 'withdraw'; because?: 'objection' }
  | { type: 'expire' }
);
export type CommandType = Command['type'];

export type Decision =
  | { ok: true; next: Mention; events: NewEvent[] }
  /** `by`: who brought it to where it is, so that the late one can be told; null if nobody did. */
  | { ok: false; refused: 'already-there' | 'not-allowed'; by: Actor | null };

/** From which statuses each command is allowed; `decide` follows it, and the tests walk it. */
export const ALLOWED: Readonly<Record<CommandType, readonly Status[]>> = {
  post: ['detected', 'quiet'],
  claim: ['open'],
  assign: ['open', 'claimed'],
  release: ['claimed'],
  answer: ['open', 'claimed'],
  verify: ['open', 'claimed', 'answered'],
  'miss-answer': ['answered'],
  dismiss: ['open', 'claimed'],
  reopen: ['answered', 'dismissed'],
  snooze: ['open', 'claimed'],
  escalate: ['open', 'claimed'],
  acknowledge: ['open', 'claimed'],
  edit: ['detected', 'quiet', 'open', 'claimed'],
  withdraw: ['detected', 'quiet', 'open', 'claimed', 'answered', 'dismissed', 'expired'],
  expire: ['detected', 'quiet', 'open', 'claimed', 'answered', 'dismissed'],
};

/**
 * The one state machine: what a command makes of a mention, without doing it. Expected outcomes are
 * values; nothing is thrown. `next` carries the version plus one, and is to be stored together with
 * the events, on the condition that the stored version is still `mention.version`.
 */
export function decide(mention: Mention, command: Command, now: Date): Decision {
  if (isThere(mention, command)) {
    return { ok: false, refused: 'already-there', by: whoBrought(mention) };
  }
  if (!ALLOWED[command.type].includes(mention.status) || isOfAnotherClock(mention, command)) {
    return { ok: false, refused: 'not-allowed', by: whoBrought(mention) };
  }
  const { next, event } = apply(mention, command, now);
  return {
    ok: true,
    next: { ...next, version: mention.version + 1 },
    events: [{ ...event, at: now, actor: command.actor }],
  };
}

/** A step of the unclaimed comes too late when somebody has claimed meanwhile, and the other way. */
function isOfAnotherClock({ status }: Mention, command: Command): boolean {
  if (command.type !== 'escalate' || command.phase === undefined) return false;
  return status !== (command.phase === 'unclaimed' ? 'open' : 'claimed');
}

/** Whether the mention already is what the command wants it to be. */
function isThere(mention: Mention, command: Command): boolean {
  switch (command.type) {
    case 'post':
      return mention.status === 'open';
    case 'claim':
      return mention.status === 'claimed';
    case 'assign':
      return mention.status === 'claimed' && mention.claimedBy === command.to;
    case 'release':
    case 'reopen':
      return mention.status === 'open';
    case 'answer':
      return mention.status === 'answered';
    case 'verify':
      return mention.verifiedAt !== null && mention.answerUrl === command.url;
    case 'miss-answer':
      return mention.verifiedAt === null && mention.status === 'answered';
    case 'dismiss':
      return mention.status === 'dismissed';
    case 'snooze':
      return mention.snoozedUntil?.getTime() === command.until?.getTime();
    case 'escalate':
      // A person may ask again; the clock takes each step once.
      return command.actor === SYSTEM && (command.level ?? Infinity) <= mention.escalationLevel;
    case 'acknowledge':
      return mention.pausedUntil !== null && mention.pausedUntil >= command.until;
    case 'edit':
      return mention.text === command.text && mention.title === command.title;
    case 'withdraw':
      return mention.status === 'withdrawn';
    case 'expire':
      return mention.status === 'expired';
  }
}

function whoBrought(mention: Mention): Actor | null {
  if (mention.status === 'claimed') return mention.claimedBy;
  if (mention.status === 'answered') return mention.answeredBy;
  return null;
}

function apply(mention: Mention, command: Command, now: Date): { next: Mention; event: EventBody } {
  const { actor } = command;
  switch (command.type) {
    case 'post':
      return {
        next: { ...opened(mention, now), channelId: command.channelId },
        event: { type: 'posted' },
      };
    case 'claim':
      return { next: claimed(mention, actor, now), event: { type: 'claimed' } };
    case 'assign':
      return {
        next: claimed(mention, command.to, now),
        event: { type: 'assigned', to: command.to },
      };
    case 'release':
      return { next: opened(mention, now), event: released(mention, command.because) };
    case 'answer':
      return {
        next: answered(mention, actor, now, command.url),
        event: { type: 'answered', url: ownPart(command.url, mention.url), note: command.note },
      };
    case 'verify': {
      const base =
        mention.status === 'answered'
          ? { ...mention, answerUrl: command.url }
          : answered(mention, mention.claimedBy ?? actor, command.publishedAt ?? now, command.url);
      return {
        next: { ...base, verifiedAt: now },
        event: {
          type: 'verified',
          url: ownPart(command.url, mention.url),
          minutes: minutesBetween(mention.publishedAt, command.publishedAt),
          ...(command.how === undefined ? {} : { how: command.how }),
        },
      };
    }
    case 'miss-answer':
      return {
        next: { ...mention, verifiedAt: null },
        event: { type: 'answer-gone', url: ownPart(mention.answerUrl ?? '', mention.url) },
      };
    case 'dismiss':
      return {
        next: {
          ...mention,
          status: 'dismissed',
          dismissedReason: command.reason,
          snoozedUntil: null,
        },
        event: {
          type: 'dismissed',
          reason: command.reason,
          ...(command.because === undefined ? {} : { because: command.because }),
          note: command.note,
        },
      };
    case 'reopen':
      return command.followUp === undefined
        ? { next: opened(mention, now), event: { type: 'reopened' } }
        : {
            next: { ...opened(mention, now), followUp: command.followUp },
            event: { type: 'reopened', because: 'not-solved' },
          };
    case 'snooze':
      return {
        next: { ...mention, snoozedUntil: command.until },
        event: { type: 'snoozed', until: command.until },
      };
    case 'escalate': {
      const level = command.level ?? mention.escalationLevel + 1;
      return {
        next: { ...mention, escalationLevel: Math.max(level, mention.escalationLevel) },
        event: {
          type: 'escalated',
          level,
          to: command.to,
          note: command.note,
          ...(command.channels?.length ? { channels: command.channels } : {}),
          ...(command.phase === undefined ? {} : { phase: command.phase }),
          ...(command.quietly?.length ? { quietly: command.quietly } : {}),
        },
      };
    }
    case 'acknowledge':
      return {
        next: { ...mention, pausedUntil: command.until },
        event: { type: 'acknowledged', until: command.until },
      };
    case 'edit':
      return {
        next: {
          ...mention,
          title: command.title,
          text: command.text,
          sensitive: isSensitive(`${command.title ?? ''}\n${command.text}`),
        },
        event: { type: 'edited' },
      };
    case 'withdraw':
      return {
        next: { ...withoutPost(mention), status: 'withdrawn' },
        event:
          command.because === undefined
            ? { type: 'withdrawn' }
            : { type: 'withdrawn', because: command.because },
      };
    case 'expire':
      return { next: { ...withoutPost(mention), status: 'expired' }, event: { type: 'expired' } };
  }
}

/** Erased, and of the answer's address only what is not the post's. */
function withoutPost(mention: Mention): Mention {
  const { answerUrl, url } = mention;
  return { ...erased(mention), answerUrl: answerUrl === null ? null : ownPart(answerUrl, url) };
}

/** Open, with nobody's name on it and the clocks at the start. */
function opened(mention: Mention, now: Date): Mention {
  return {
    ...mention,
    status: 'open',
    openedAt: now,
    claimedBy: null,
    claimedAt: null,
    answeredBy: null,
    answeredAt: null,
    answerUrl: null,
    verifiedAt: null,
    dismissedReason: null,
    snoozedUntil: null,
    pausedUntil: null,
    escalationLevel: 0,
  };
}

/** The clock of the unclaimed stops, that of the unanswered starts. */
function claimed(mention: Mention, by: Actor, now: Date): Mention {
  return {
    ...mention,
    status: 'claimed',
    claimedBy: by,
    claimedAt: now,
    snoozedUntil: null,
    pausedUntil: null,
    escalationLevel: 0,
  };
}

function released({ claimedBy }: Mention, because: 'stale' | undefined): EventBody {
  if (because === undefined) return { type: 'released' };
  return { type: 'released', because, ...(claimedBy === null ? {} : { from: claimedBy }) };
}

/** An answer straight from open claims too: nobody else should start on it. */
function answered(mention: Mention, by: Actor, at: Date, url: string): Mention {
  return {
    ...mention,
    status: 'answered',
    claimedBy: mention.claimedBy ?? by,
    claimedAt: mention.claimedAt ?? at,
    answeredBy: by,
    answeredAt: at,
    answerUrl: url,
    snoozedUntil: null,
  };
}

function minutesBetween(from: Date | null, to: Date | null): number | null {
  if (from === null || to === null) return null;
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / 60_000));
}
