import {
  checkPolicy,
  choosePolicy,
  plainPolicy,
  type NamedPolicy,
  type Policy,
  type Rota,
} from '../../core/escalation/index.ts';
import type { Actor, Mention } from '../../core/mention.ts';
import type { Clock, Log, NewId, Stores } from '../../core/ports.ts';

export interface PolicyDeps {
  stores: Pick<Stores, 'policies' | 'rotas' | 'workspaces'>;
  clock: Clock;
  newId: NewId;
  log: Log;
}

/** The policies of a workspace and its rotas, as they stand. */
export interface Rules {
  policies: NamedPolicy[];
  rotas: Rota[];
  /** What serves mentions that no policy does, and that bear no mark. */
  plain: Policy;
  /** Whether those that bear one are brought up faster, where no policy serves them. */
  markedFaster: boolean;
  policyOf: (mention: Pick<Mention, 'keywordId' | 'verdict'>) => Policy;
}

export async function readRules(
  stores: Pick<Stores, 'policies' | 'rotas' | 'workspaces'>,
  workspaceId: string,
): Promise<Rules> {
  const [policies, rotas, settings] = await Promise.all([
    stores.policies.list(workspaceId),
    stores.rotas.list(workspaceId),
    stores.workspaces.settings(workspaceId),
  ]);
  const plain = plainPolicy(settings);
  const policyOf: Rules['policyOf'] = (mention) =>
    choosePolicy(policies, mention, plainPolicy(settings, mention.verdict.severity));
  return { policies, rotas, plain, markedFaster: settings.markedFaster, policyOf };
}

export type PolicyEdit = Omit<NamedPolicy, 'id' | 'workspaceId' | 'createdBy' | 'createdAt'>;
export type PolicyOutcome = { ok: true; policy: NamedPolicy } | { ok: false; message: string };

const MOST_POLICIES = 100;
const LONGEST_NAME = 60;

/** Saves a policy, if it makes sense and takes nothing from another one. `id` null: a new one. */
export async function savePolicy(
  deps: PolicyDeps,
  request: { workspaceId: string; id: string | null; edit: PolicyEdit; actor: Actor },
): Promise<PolicyOutcome> {
  const { workspaceId, id, edit, actor } = request;
  const name = edit.name.trim();
  const wrong = name === '' ? 'Give the policy a name.' : checkPolicy(edit);
  if (wrong !== null) return { ok: false, message: wrong };
  if (name.length > LONGEST_NAME) {
    return { ok: false, message: `A name has at most ${LONGEST_NAME} characters.` };
  }
  const others = (await deps.stores.policies.list(workspaceId)).filter((one) => one.id !== id);
  if (others.length >= MOST_POLICIES) {
    return { ok: false, message: `There are ${MOST_POLICIES} policies already.` };
  }
  const taken = takenFrom(others, edit);
  if (taken !== null) return { ok: false, message: taken };
  const policy: NamedPolicy = {
    ...edit,
    name,
    id: id ?? deps.newId(),
    workspaceId,
    createdBy: actor,
    createdAt: deps.clock(),
  };
  if (!(await deps.stores.policies.save(policy))) {
    return { ok: false, message: `There is a policy called ${name} already.` };
  }
  deps.log.info({ workspaceId, policyId: policy.id, actor }, 'escalation policy saved');
  return { ok: true, policy };
}

/** A severity, a keyword and the rest are each served by one policy, so that nobody has to guess. */
function takenFrom(others: readonly NamedPolicy[], edit: PolicyEdit): string | null {
  for (const { name, severities, keywordIds, servesRest } of others) {
    const severity = edit.severities.find((one) => severities.includes(one));
    if (severity !== undefined) return `The policy ${name} serves the severity ${severity}.`;
    if (edit.keywordIds.some((one) => keywordIds.includes(one))) {
      return `The policy ${name} serves one of these keywords.`;
    }
    if (edit.servesRest && servesRest) return `The policy ${name} serves everything else already.`;
  }
  return null;
}

/** Returns what was removed, for an undo; its mentions come under another policy at once. */
export async function removePolicy(
  deps: PolicyDeps,
  request: { workspaceId: string; id: string; actor: Actor },
): Promise<NamedPolicy | null> {
  const { workspaceId, id, actor } = request;
  const policy = await deps.stores.policies.find(workspaceId, id);
  if (policy === null || !(await deps.stores.policies.remove(workspaceId, id))) return null;
  deps.log.info({ workspaceId, policyId: id, actor }, 'escalation policy removed');
  return policy;
}
