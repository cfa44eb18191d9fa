import {
  runningPhase,
  stepIndexToJumpTo,
  stepTitle,
  stepWords,
} from '../../../core/escalation/index.ts';
import { readRules } from '../../../flows/set-up/policies.ts';
import { escalateModal } from '../../blocks/modals/escalate.ts';
import type { CardClick } from '../click.ts';
import type { Listening } from '../context.ts';
import { openAbout } from '../modal.ts';
import { namesForRules } from '../policy-names.ts';

/** Offers every step of the policy that asks somebody, so that one can jump to any of them. */
export function escalate(deps: Listening, click: CardClick): Promise<void> {
  return openAbout(deps, click, 'escalate', async (ref, mention) => {
    const rules = await readRules(deps.flows.stores, deps.workspace.id);
    const policy = rules.policyOf(mention);
    const nameOf = await namesForRules(deps, rules, [policy]);
    const choices = policy.steps.flatMap((step, index) =>
      step.tell.length === 0
        ? []
        : [{ index, words: `${stepTitle(step)}: ${stepWords(step, nameOf)}` }],
    );
    const phase = runningPhase(mention.status);
    return escalateModal(ref, choices, stepIndexToJumpTo(policy, phase, mention.escalationLevel));
  });
}
