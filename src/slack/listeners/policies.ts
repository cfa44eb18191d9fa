import type { KnownBlock } from '@slack/web-api';
import {
  dryRun,
  plainPolicy,
  readWhen,
  type DryLine,
  type NamedPolicy,
  type Policy,
} from '../../core/escalation/index.ts';
import { readRules, type PolicyEdit, type Rules } from '../../flows/set-up/policies.ts';
import { countTargets } from '../../flows/set-up/targets.ts';
import { policyList, trialBlocks } from '../blocks/escalation.ts';
import { loadingModal } from '../blocks/modals/frame.ts';
import { policyModal } from '../blocks/modals/policy.ts';
import { context, sentence, type Message } from '../blocks/message.ts';
import { markup } from '../blocks/text.ts';
import { tell, type Audience } from '../respond.ts';
import type { Listening } from './context.ts';
import { managed } from './managed.ts';
import { namesForRules } from './policy-names.ts';
import { userGroups } from './settings.ts';

const WEEK_MS = 7 * 24 * 3_600_000;

/** The policies of the workspace, drawn. */
export async function listPolicies(deps: Listening): Promise<Message> {
  const { id: workspaceId } = deps.workspace;
  const { stores, clock } = deps.flows;
  const rules = await readRules(stores, workspaceId);
  const { policies, plain, markedFaster } = rules;
  const hasTargets = policies.some(({ answerMinutes }) => answerMinutes !== null);
  const from = new Date(clock().getTime() - WEEK_MS);
  const [keywords, nameOf, targets] = await Promise.all([
    stores.keywords.list(workspaceId),
    namesForRules(deps, rules, [...policies, plain]),
    hasTargets ? countTargets(deps.flows, { workspaceId, from }) : null,
  ]);
  const queries = new Map(keywords.map(({ id, query }) => [id, query]));
  return policyList({ policies, plain, markedFaster, queries, nameOf, targets });
}

/** Opens a policy to change, or a new one that begins with what the settings say. */
export async function openPolicy(
  deps: Listening,
  person: Audience & { triggerId: string },
  id: string | null,
): Promise<void> {
  if (!(await managed(deps, person))) return;
  const opened = await deps.client.views.open({
    trigger_id: person.triggerId,
    view: loadingModal('Escalation policy'),
  });
  const { id: workspaceId } = deps.workspace;
  const { stores } = deps.flows;
  const [rules, keywords, groups, settings] = await Promise.all([
    readRules(stores, workspaceId),
    stores.keywords.list(workspaceId),
    userGroups(deps),
    stores.workspaces.settings(workspaceId),
  ]);
  const found = rules.policies.find((policy) => policy.id === id);
  const policy: PolicyEdit = found ?? {
    ...plainPolicy(settings),
    ...{ name: '', severities: [], keywordIds: [], servesRest: rules.policies.length === 0 },
  };
  await deps.client.views.update({
    view_id: opened.view?.id ?? '',
    view: policyModal(
      policy,
      found?.id ?? null,
      { keywords, rotas: rules.rotas, groups },
      person.channelId,
    ),
  });
}

/** What `SAT 22:10` would bring under a policy, for the person who asks. */
export async function tryPolicy(
  deps: Listening,
  userId: string,
  rules: Rules,
  { policy, name, when }: { policy: Policy; name: string; when: string },
): Promise<KnownBlock[] | null> {
  const { timeZone } = policy.calendar;
  const foundAt = readWhen(when, deps.flows.clock(), timeZone);
  if (foundAt === null) return null;
  const unclaimed = dryRun(policy, foundAt, rules.rotas);
  const claimed = dryRun(policy, foundAt, rules.rotas, userId);
  const asked = [...unclaimed, ...claimed].flatMap(askedIn);
  const [nameOf, names] = await Promise.all([
    namesForRules(deps, rules, [policy]),
    deps.people.names(asked),
  ]);
  return trialBlocks({ foundAt, name, timeZone, unclaimed, claimed }, nameOf, names);
}

function askedIn(line: DryLine): string[] {
  return line.type === 'step' ? line.to.filter((id) => !id.startsWith('S')) : [];
}

const HOW = markup`A day and a time, such as \`/earshot escalation try SAT 22:10\` or \`/earshot escalation try Night 2026-12-25 08:00\`.`;

/** `rest`: a policy's name, if any, and a time. */
export async function tryOut(deps: Listening, userId: string, rest: string): Promise<Message> {
  const rules = await readRules(deps.flows.stores, deps.workspace.id);
  const named = namedAtStart(rules.policies, rest);
  const everyone = rules.policies.find(({ servesRest }) => servesRest);
  const { policy, name } =
    named === null
      ? { policy: everyone ?? rules.plain, name: everyone?.name ?? 'the settings' }
      : { policy: named, name: named.name };
  const when = named === null ? rest : rest.slice(named.name.length);
  const blocks = await tryPolicy(deps, userId, rules, { policy, name, when });
  if (blocks === null) return sentence(HOW);
  return { text: 'What would happen', blocks: [...blocks, context('Nothing of this was done.')] };
}

/** The policy whose name a text begins with; of two the longer. */
function namedAtStart(policies: readonly NamedPolicy[], text: string): NamedPolicy | null {
  const typed = `${text.trim().toLowerCase()} `;
  const found = policies.filter(({ name }) => typed.startsWith(`${name.toLowerCase()} `));
  return found.sort((a, b) => b.name.length - a.name.length)[0] ?? null;
}

/** Says to one person that the policy they mean is gone. */
export function gone(deps: Listening, person: Audience): Promise<void> {
  return tell(deps, person, sentence(markup`That policy is not there any more.`));
}
