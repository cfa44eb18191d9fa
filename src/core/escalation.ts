import type { Mention } from './mention.ts';

/** One step of an escalation policy: after how long, in which state, tell whom. */
export interface Step {
  /** Minutes since the mention was last opened. */
  afterMinutes: number;
  while: 'unclaimed';
  /** Slack ids that are pinged; empty: a reminder in the thread that pings nobody. */
  to: string[];
}

/** Steps in order of time; the escalation level of a mention counts the steps that are done. */
export type Policy = readonly Step[];

/** The policy of a team that has set none of its own: a nudge, then a ping. */
export function plainPolicy(settings: {
  nudgeMinutes: number;
  pingMinutes: number;
  escalateTo: string[];
}): Policy {
  return [
    { afterMinutes: settings.nudgeMinutes, while: 'unclaimed', to: [] },
    { afterMinutes: settings.pingMinutes, while: 'unclaimed', to: settings.escalateTo },
  ];
}

/**
 * The step that is due, and the level that it brings, or null. Computed from the mention alone, so
 * that a restart forgets nothing; after a long stop only the last of the missed steps is due, since
 * a burst of reminders tells nobody anything.
 */
export function dueStep(
  policy: Policy,
  mention: Mention,
  now: Date,
): { step: Step; level: number } | null {
  if (mention.status !== 'open' || mention.openedAt === null) return null;
  if (mention.snoozedUntil !== null && mention.snoozedUntil > now) return null;
  const since = Math.max(mention.openedAt.getTime(), mention.snoozedUntil?.getTime() ?? 0);
  const minutes = (now.getTime() - since) / 60_000;
  for (let level = policy.length; level > mention.escalationLevel; level--) {
    const step = policy[level - 1];
    if (step !== undefined && minutes >= step.afterMinutes) return { step, level };
  }
  return null;
}

/** When the next step falls due if nobody acts; null when there is none. */
export function nextStepAt(policy: Policy, mention: Mention): Date | null {
  const step = policy[mention.escalationLevel];
  if (mention.status !== 'open' || mention.openedAt === null || step === undefined) return null;
  const since = Math.max(mention.openedAt.getTime(), mention.snoozedUntil?.getTime() ?? 0);
  return new Date(since + step.afterMinutes * 60_000);
}
