import { isDate, isTimeZone } from '../time/zone.ts';
import { stepsOf, type Policy } from './policy.ts';
import type { Rota, Swap } from './rota.ts';

/** More than anybody keeps in mind, and than Slack's radio buttons show. */
export const MOST_STEPS = 10;
export const MOST_PEOPLE = 50;

/** What is wrong with a policy, as a sentence with the way out; null when nothing is. */
export function checkPolicy(policy: Policy): string | null {
  const { calendar, steps } = policy;
  if (!isTimeZone(calendar.timeZone)) return 'The time zone is a name such as Europe/London.';
  if (steps.length === 0) return 'A policy has at least one step.';
  if (steps.length > MOST_STEPS) return `A policy has at most ${MOST_STEPS} steps.`;
  if (policy.clock === 'working') {
    if (calendar.days.length === 0) return 'Choose at least one working day.';
    const { from, to } = calendar.hours;
    if (from >= to) return 'Working hours end later than they begin, on the same day.';
  }
  const date = [...calendar.closed, ...calendar.open].find((one) => !isDate(one));
  if (date !== undefined) return `${date} is no date: write them as 2026-12-24.`;
  for (const phase of ['unclaimed', 'unanswered'] as const) {
    const all = stepsOf(policy, phase);
    const isLate = all.some((step, at) => step.afterMinutes <= (all[at - 1]?.afterMinutes ?? -1));
    if (isLate) return 'Each step comes later than the one before it.';
    const release = all.findIndex((step) => step.release === true);
    if (release < 0) continue;
    if (phase === 'unclaimed') return 'Only what is claimed can be released.';
    if (release < all.length - 1) return 'A release is the last step of a claim.';
    if ((all[release]?.tell.length ?? 0) > 0) return 'A step that releases tells nobody.';
  }
  if (
    steps.some((one) => one.while === 'unclaimed' && one.tell.some((t) => t.kind === 'claimer'))
  ) {
    return 'Nobody has claimed what is unclaimed: choose somebody else to remind.';
  }
  return null;
}

/** What is wrong with a rota, as a sentence with the way out; null when nothing is. */
export function checkRota(
  rota: Pick<Rota, 'people' | 'timeZone' | 'startsOn' | 'handOver'>,
): string | null {
  if (rota.people.length === 0) return 'A rota has at least one person.';
  if (rota.people.length > MOST_PEOPLE) return `A rota has at most ${MOST_PEOPLE} people.`;
  if (!isTimeZone(rota.timeZone)) return 'The time zone is a name such as Europe/London.';
  if (!isDate(rota.startsOn)) return 'The first day is a date such as 2026-12-24.';
  if (rota.handOver < 0 || rota.handOver >= 1440) return 'The hand-over is a time such as 09:00.';
  return null;
}

/** What is wrong with a swap, as a sentence with the way out; null when nothing is. */
export function checkSwap(rota: Rota, swap: Swap, now: Date): string | null {
  if (swap.takes === swap.turnOf) return 'A swap is between two people.';
  const known = [...rota.people, ...rota.swaps.map(({ takes }) => takes)];
  if (!known.includes(swap.turnOf)) return 'That person has no turn in this rota.';
  if (swap.from >= swap.to) return 'A swap ends later than it begins.';
  if (swap.to <= now) return 'That time is over already.';
  return null;
}
