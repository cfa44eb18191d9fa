import { readRules, savePolicy, type PolicyEdit } from '../../../flows/set-up/policies.ts';
import { policySaved } from '../../blocks/escalation.ts';
import { field } from '../../blocks/modals/frame.ts';
import { readPolicy } from '../../blocks/modals/policy-read.ts';
import { context, sentence } from '../../blocks/message.ts';
import { markup } from '../../blocks/text.ts';
import { tell } from '../../respond.ts';
import type { Listening } from '../context.ts';
import { managed } from '../managed.ts';
import { tryPolicy } from '../policies.ts';
import { namesForRules } from '../policy-names.ts';
import { isFirst, type Handled, type Submission } from './submission.ts';

export function submitPolicy(deps: Listening, submission: Submission): Handled {
  const read = readPolicy(submission.values);
  if (!read.ok) return read;
  return { ok: true, work: () => save(deps, submission, read.edit, read.trial) };
}

async function save(
  deps: Listening,
  { userId, channelId, metadata, deliveryId }: Submission,
  edit: PolicyEdit,
  trial: string | null,
): Promise<void> {
  const person = { userId, channelId, respond: null };
  if (!(await managed(deps, person)) || !(await isFirst(deps, deliveryId))) return;
  const { id: workspaceId } = deps.workspace;
  const id = field(metadata, 'policyId');
  const outcome = await savePolicy(deps.flows, { workspaceId, id, edit, actor: userId });
  if (!outcome.ok) return tell(deps, person, sentence(markup`Not saved. ${outcome.message}`));
  const { policy } = outcome;
  const rules = await readRules(deps.flows.stores, workspaceId);
  const nameOf = await namesForRules(deps, rules, [policy]);
  const tried =
    trial === null
      ? []
      : await tryPolicy(deps, userId, rules, { policy, name: policy.name, when: trial });
  const notUnderstood = [context('That time could not be read: write it as SAT 22:10.')];
  await tell(deps, person, policySaved(policy, nameOf, tried ?? notUnderstood));
}
