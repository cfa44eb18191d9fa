import type { Actor } from '../mention.ts';
import { whomToAsk, type Asked } from './asked.ts';
import { answerDueAt, stepAt } from './clock.ts';
import { stepsOf, type Phase, type Policy, type Step } from './policy.ts';
import type { Rota } from './rota.ts';

/** What the clock would do at one instant. */
export type DryLine = { at: Date } & (
  ({ type: 'step'; phase: Phase; step: Step } & Asked) | { type: 'answer-due' }
);

/**
 * What would happen to a mention that is found at an instant: if nobody ever claims it, and if
 * somebody (`claimer`) claims it at once and never answers. In order of time; rotas as they stand.
 */
export function dryRun(
  policy: Policy,
  foundAt: Date,
  rotas: readonly Rota[],
  claimer: Actor | null = null,
): DryLine[] {
  const phase = claimer === null ? 'unclaimed' : 'unanswered';
  const lines: DryLine[] = [];
  const named = new Set<string>();
  for (const step of stepsOf(policy, phase)) {
    const at = stepAt(policy, step, foundAt);
    if (at === null) continue;
    const asked = whomToAsk([step], { rotas, claimedBy: claimer, named: [...named], now: at });
    for (const id of asked.to) named.add(id);
    lines.push({ type: 'step', at, phase, step, ...asked });
  }
  const due = answerDueAt(policy, { foundAt });
  if (due !== null) lines.push({ type: 'answer-due', at: due });
  return lines.sort((a, b) => a.at.getTime() - b.at.getTime());
}
