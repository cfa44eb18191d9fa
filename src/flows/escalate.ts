import { dueStep, plainPolicy } from '../core/escalation.ts';
import { SYSTEM } from '../core/mention.ts';
import type { Stores } from '../core/ports.ts';
import { change, type ChangeDeps } from './change.ts';

export interface EscalateDeps extends ChangeDeps {
  stores: Pick<Stores, 'mentions' | 'workspaces'>;
  publish: (workspaceId: string, mentionId: string) => Promise<unknown>;
}

/** Mentions looked at in one page. */
const PAGE = 200;

/**
 * Takes every unclaimed mention of a workspace to the step of the policy that is due. Each step is
 * taken once: the level that it brings is written together with its line in the log. Returns how
 * many steps were taken.
 */
export async function escalateDue(deps: EscalateDeps, workspaceId: string): Promise<number> {
  const policy = plainPolicy(await deps.stores.workspaces.settings(workspaceId));
  let taken = 0;
  for (let offset = 0; ; offset += PAGE) {
    const open = await deps.stores.mentions.list(
      workspaceId,
      { statuses: ['open'] },
      { limit: PAGE, offset, order: 'oldest' },
    );
    for (const mention of open) {
      const due = dueStep(policy, mention, deps.clock());
      if (due === null) continue;
      const outcome = await change(deps, workspaceId, mention.id, {
        type: 'escalate',
        actor: SYSTEM,
        to: due.step.to,
        note: null,
        level: due.level,
      });
      if (!outcome.ok) continue;
      taken += 1;
      await deps.publish(workspaceId, mention.id);
    }
    if (open.length < PAGE) return taken;
  }
}
