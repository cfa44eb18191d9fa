import { levelOf, runningPhase, stepIndexToJumpTo } from '../../../core/escalation/index.ts';
import { askedBy } from '../../../flows/act/escalate.ts';
import { readRules } from '../../../flows/set-up/policies.ts';
import { readEscalate } from '../../blocks/modals/escalate.ts';
import type { Listening } from '../context.ts';
import { about, targetOf, type Handled, type Submission } from './submission.ts';

/** Asks those whom the policy names now, not those of when the modal was opened. */
export function submitEscalate(deps: Listening, submission: Submission): Handled {
  const { index, note } = readEscalate(submission.values);
  return about(deps, submission, async () => {
    const { stores } = deps.flows;
    const mention = await stores.mentions.find(
      deps.workspace.id,
      targetOf(submission)?.mentionId ?? '',
    );
    if (mention === null) return { type: 'escalate', to: [], note, level: 0 };
    const rules = await readRules(stores, deps.workspace.id);
    const policy = rules.policyOf(mention);
    const phase = runningPhase(mention.status);
    const chosen = index ?? stepIndexToJumpTo(policy, phase, mention.escalationLevel);
    const step = chosen === null ? undefined : policy.steps[chosen];
    if (chosen === null || step === undefined) return { type: 'escalate', to: [], note, level: 0 };
    const asked = await askedBy(deps.flows, rules, mention, [step]);
    // A step of the other clock asks its people, and leaves this one where it is.
    const level = step.while === phase ? levelOf(policy, chosen) : 0;
    return { type: 'escalate', ...asked, note, level };
  });
}
