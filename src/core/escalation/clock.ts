import type { Mention, MentionEvent, Status } from '../mention.ts';
import { afterWorking, quietUntil } from './calendar.ts';
import { stepsOf, type Phase, type Policy, type Step } from './policy.ts';

/** The part of a mention that the clock reads. */
export type Ticking = Pick<
  Mention,
  'status' | 'openedAt' | 'claimedAt' | 'snoozedUntil' | 'pausedUntil' | 'escalationLevel'
>;

/** The steps that are due, and the level that they bring. */
export interface Due {
  phase: Phase;
  /** All that were missed, in order; more than one only after a stop. */
  steps: readonly Step[];
  level: number;
}

/** Whose clock runs in a status: that of claims, or that of what nobody has claimed. */
export function runningPhase(status: Status): Phase {
  return status === 'claimed' ? 'unanswered' : 'unclaimed';
}

/** Which clock runs, since when, and not before when; null when none does. */
function running(mention: Ticking): { phase: Phase; since: Date; notBefore: Date } | null {
  const { status, openedAt, claimedAt, snoozedUntil, pausedUntil } = mention;
  const started = status === 'open' ? openedAt : status === 'claimed' ? claimedAt : null;
  if (started === null) return null;
  const since = later(started, snoozedUntil);
  return { phase: runningPhase(status), since, notBefore: later(since, pausedUntil) };
}

function later(one: Date, other: Date | null): Date {
  return other !== null && other > one ? other : one;
}

/**
 * The steps that are due together, or null. Computed from the mention and the policy alone, so that
 * a restart forgets nothing. What was missed in a long stop is one step: whoever should have been
 * asked by now is asked, once, and the level is that of the last; a burst of lines tells nobody
 * anything more, and to ask only the last would leave out those who were to be asked first.
 */
export function dueStep(policy: Policy, mention: Ticking, now: Date): Due | null {
  const clock = running(mention);
  if (clock === null) return null;
  const left = stepsOf(policy, clock.phase).slice(mention.escalationLevel);
  const steps: Step[] = [];
  for (const step of left) {
    const at = stepAt(policy, step, clock.since, clock.notBefore);
    if (at === null || at > now) break;
    steps.push(step);
  }
  if (steps.length === 0) return null;
  return { phase: clock.phase, steps, level: mention.escalationLevel + steps.length };
}

/** The next step if nobody acts, and when it falls due; null when there is none. */
export function nextStep(policy: Policy, mention: Ticking): { step: Step; at: Date } | null {
  const clock = running(mention);
  if (clock === null) return null;
  const step = stepsOf(policy, clock.phase)[mention.escalationLevel];
  if (step === undefined) return null;
  const at = stepAt(policy, step, clock.since, clock.notBefore);
  return at === null ? null : { step, at };
}

/** When the next step falls due if nobody acts; null when there is none. */
export function nextStepAt(policy: Policy, mention: Ticking): Date | null {
  return nextStep(policy, mention)?.at ?? null;
}

/** When a step falls due whose clock started at `since`; null for a clock that never runs. */
export function stepAt(
  policy: Policy,
  step: Pick<Step, 'afterMinutes'>,
  since: Date,
  notBefore: Date = since,
): Date | null {
  const counted = after(policy, since, step.afterMinutes);
  if (counted === null) return null;
  return awake(policy, later(counted, notBefore));
}

/** The instant at which so many minutes have counted. */
function after({ clock, calendar }: Policy, since: Date, minutes: number): Date | null {
  if (clock === 'working') return afterWorking(calendar, since, minutes);
  return new Date(since.getTime() + minutes * 60_000);
}

/** The first instant from then on at which the clock may speak. */
function awake(policy: Policy, at: Date): Date {
  if (policy.quiet === null) return at;
  const end = quietUntil(policy.quiet, policy.calendar.timeZone, at);
  if (end === null) return at;
  // Quiet hours may end on a day off. Where they cover all working time, they alone count.
  const working = policy.clock === 'working' ? afterWorking(policy.calendar, end, 0) : end;
  if (working === null) return end;
  return quietUntil(policy.quiet, policy.calendar.timeZone, working) === null ? working : end;
}

/** By when a mention wants its first answer; null without such a target. */
export function answerDueAt(policy: Policy, mention: Pick<Mention, 'foundAt'>): Date | null {
  if (policy.answerMinutes === null) return null;
  return after(policy, mention.foundAt, policy.answerMinutes);
}

/** When it was first answered, whatever became of it since; null while nobody has. */
export function firstAnswerAt(events: readonly MentionEvent[]): Date | null {
  const found = events.find(({ type }) => type === 'answered' || type === 'verified');
  return found?.at ?? null;
}

/** Whether the first answer came in time; null while there is still time for it. */
export function isAnswerInTime(due: Date, answeredAt: Date | null, now: Date): boolean | null {
  if (answeredAt !== null) return answeredAt <= due;
  return now > due ? false : null;
}
