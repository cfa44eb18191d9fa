import type { Command } from '../../core/lifecycle.ts';
import type { Actor, Mention } from '../../core/mention.ts';
import { undoing } from '../../core/undo.ts';
import { actQuietly, type ActDeps, type ActOutcome } from './act.ts';

/** What one command did to many mentions; each was changed on its own, and raced on its own. */
export interface BulkOutcome {
  /** As they are now. */
  done: Mention[];
  /** Somebody or something was faster. */
  late: Exclude<ActOutcome, { ok: true } | { refused: 'not-found' }>[];
  /** The person may not act on these. */
  forbidden: Mention[];
  gone: number;
}

type BulkDeps = Pick<ActDeps, 'stores' | 'clock' | 'newId'>;

export interface BulkRequest {
  workspaceId: string;
  mentionIds: readonly string[];
  command: Command;
  mayAct: (mention: Mention) => Promise<boolean>;
}

/** Does the same to many mentions. Their cards follow with `publishMany`: Slack is slow. */
export async function actOnMany(deps: BulkDeps, request: BulkRequest): Promise<BulkOutcome> {
  const { workspaceId, command } = request;
  return each(deps, request, (mentionId) => actQuietly(deps, { workspaceId, mentionId, command }));
}

/** A mention that a bulk action changed, and the version that it made. */
export interface Step {
  id: string;
  version: number;
}

/**
 * Takes back what was done to many mentions: each is where it was before, unless somebody has done
 * something to it since.
 */
export async function undoMany(
  deps: BulkDeps,
  request: Omit<BulkRequest, 'mentionIds' | 'command'> & { steps: readonly Step[]; actor: Actor },
): Promise<BulkOutcome> {
  const { workspaceId, actor, steps } = request;
  const versions = new Map(steps.map(({ id, version }) => [id, version]));
  const mentionIds = [...versions.keys()];
  return each(deps, { ...request, mentionIds }, async (mentionId, mention) => {
    let version = versions.get(mentionId) ?? 0;
    const events = await deps.stores.mentions.events(workspaceId, mentionId);
    let outcome: ActOutcome = { ok: false, refused: 'not-allowed', by: null, mention };
    for (const command of undoing(events, version, actor)) {
      outcome = await actQuietly(deps, { workspaceId, mentionId, command, version });
      if (!outcome.ok) break;
      version = outcome.mention.version;
    }
    return outcome;
  });
}

async function each(
  deps: BulkDeps,
  request: Pick<BulkRequest, 'workspaceId' | 'mentionIds' | 'mayAct'>,
  does: (mentionId: string, mention: Mention) => Promise<ActOutcome>,
): Promise<BulkOutcome> {
  const result: BulkOutcome = { done: [], late: [], forbidden: [], gone: 0 };
  for (const id of new Set(request.mentionIds)) {
    const mention = await deps.stores.mentions.find(request.workspaceId, id);
    if (mention === null) result.gone += 1;
    else if (!(await request.mayAct(mention))) result.forbidden.push(mention);
    else {
      const outcome = await does(id, mention);
      if (outcome.ok) result.done.push(outcome.mention);
      else if (outcome.refused === 'not-found') result.gone += 1;
      else result.late.push(outcome);
    }
  }
  return result;
}

/** Brings the cards and threads of many up to date; what breaks off, the outbox finishes. */
export async function publishMany(
  deps: Pick<ActDeps, 'publish'>,
  workspaceId: string,
  mentionIds: readonly string[],
): Promise<void> {
  for (const id of mentionIds) await deps.publish(workspaceId, id);
}
