import type { Actor, Mention } from '../mention.ts';
import type { Severity } from '../verdict.ts';
import type { Calendar, Hours } from './calendar.ts';

/** Whom a step tells. */
export type Tell =
  | { kind: 'person'; id: string }
  | { kind: 'group'; id: string }
  /** Whoever is on call when the step is taken. */
  | { kind: 'rota'; id: string }
  /** A channel gets a line with a link to the card. */
  | { kind: 'channel'; id: string }
  /** Whoever has claimed it. */
  | { kind: 'claimer' }
  /** Everybody whom this mention's thread has asked so far. */
  | { kind: 'everybody' };

/** `unclaimed`: since it was opened; `unanswered`: since it was claimed. */
export type Phase = 'unclaimed' | 'unanswered';

/** One step of an escalation policy: after how long, in which state, tell whom. */
export interface Step {
  /** Minutes of the policy's clock. */
  afterMinutes: number;
  while: Phase;
  /** Nobody: a reminder in the thread that pings nobody. */
  tell: readonly Tell[];
  /** Takes the claim back and tells nobody: the clock of the unclaimed starts again. */
  release?: boolean;
}

/** Who is told when, and which minutes count. */
export interface Policy {
  /** Each phase counts its own steps, in order of time. */
  steps: readonly Step[];
  /** Whether only working time counts. */
  clock: 'always' | 'working';
  calendar: Calendar;
  /** Nothing is said by the clock in these hours; what falls due then happens when they end. */
  quiet: Hours | null;
  /** Minutes of the clock, from when it was found, within which a first answer is wanted. */
  answerMinutes: number | null;
  /** Minutes for which the clock waits when somebody says that they see it. */
  pauseMinutes: number;
}

/** A policy that a team made, and which mentions it serves. */
export interface NamedPolicy extends Policy {
  id: string;
  workspaceId: string;
  name: string;
  severities: readonly Severity[];
  keywordIds: readonly string[];
  /** Whether it also serves what no other policy does. */
  servesRest: boolean;
  createdBy: Actor;
  createdAt: Date;
}

export const NO_HOLIDAYS = { country: null, closed: [], open: [] } as const;
export const OFFICE_WEEK = { days: [1, 2, 3, 4, 5], hours: { from: 540, to: 1020 } } as const;
export const PAUSE_MINUTES = 15;
/** Who claims and is not heard of is reminded after two hours, and loses the claim after a day. */
const STALE_MINUTES = 120;
const RELEASE_MINUTES = 24 * 60;

/** Somebody may come to harm: whoever is called for help is called at once. */
export const IN_DANGER: readonly Severity[] = ['safety', 'vulnerable'];

/** What the settings of a team say of escalation. */
export interface PlainRules {
  nudgeMinutes: number;
  pingMinutes: number;
  escalateTo: readonly string[];
  timeZone: string;
  /** Whether a mark of severity makes it faster. */
  markedFaster: boolean;
}

/**
 * The policy of a team that has made none of its own: a nudge, a ping, and an end to stale claims.
 * What bears a mark of severity takes half the time; where somebody may come to harm, help is called
 * at once, and again after half the time.
 */
export function plainPolicy(rules: PlainRules, severity: Severity | null = null): Policy {
  const { escalateTo, timeZone } = rules;
  const isFaster = rules.markedFaster && severity !== null;
  const minutes = (usual: number) => (isFaster ? Math.max(1, Math.floor(usual / 2)) : usual);
  const help = escalateTo.map(personOrGroup);
  const isDanger = isFaster && IN_DANGER.includes(severity) && help.length > 0;
  const unclaimed = (afterMinutes: number, tell: readonly Tell[]): Step => {
    return { afterMinutes, while: 'unclaimed', tell };
  };
  return {
    steps: [
      isDanger ? unclaimed(0, help) : unclaimed(minutes(rules.nudgeMinutes), []),
      unclaimed(minutes(rules.pingMinutes), help),
      { afterMinutes: minutes(STALE_MINUTES), while: 'unanswered', tell: [{ kind: 'claimer' }] },
      { afterMinutes: RELEASE_MINUTES, while: 'unanswered', tell: [], release: true },
    ],
    clock: 'always',
    calendar: { timeZone, ...OFFICE_WEEK, ...NO_HOLIDAYS },
    quiet: null,
    answerMinutes: null,
    pauseMinutes: PAUSE_MINUTES,
  };
}

/** Slack's ids tell user groups (S...) from people (U..., W...). */
export function personOrGroup(id: string): Tell {
  return { kind: id.startsWith('S') ? 'group' : 'person', id };
}

/**
 * Which policy a mention is under. A severity goes before a keyword, since it speaks of this one
 * post: what is dangerous must not wait under the easy policy of its keyword.
 */
export function choosePolicy(
  policies: readonly NamedPolicy[],
  mention: Pick<Mention, 'keywordId' | 'verdict'>,
  plain: Policy,
): Policy {
  const { severity } = mention.verdict;
  return (
    policies.find(({ severities }) => severity !== null && severities.includes(severity)) ??
    policies.find(({ keywordIds }) => keywordIds.includes(mention.keywordId)) ??
    policies.find(({ servesRest }) => servesRest) ??
    plain
  );
}

/** The steps of one phase; a mention's escalation level counts those that are done. */
export function stepsOf({ steps }: Pick<Policy, 'steps'>, phase: Phase): readonly Step[] {
  return steps.filter((step) => step.while === phase);
}

/** The level that a step brings: its place among those of its phase; 1 is the first. */
export function levelOf(policy: Pick<Policy, 'steps'>, index: number): number {
  const step = policy.steps[index];
  return step === undefined ? 0 : stepsOf(policy, step.while).indexOf(step) + 1;
}

/**
 * The step that a person most likely means who escalates by hand: the next one that asks somebody
 * else than whoever claimed it, or else the last one that does; as an index. Null: none asks.
 */
export function stepIndexToJumpTo(policy: Policy, phase: Phase, level: number): number | null {
  const asking = policy.steps.flatMap((step, index) =>
    step.tell.some(({ kind }) => kind !== 'claimer') ? [{ step, index }] : [],
  );
  const next = asking.find(
    ({ step, index }) => step.while === phase && levelOf(policy, index) > level,
  );
  return (next ?? asking.at(-1))?.index ?? null;
}
