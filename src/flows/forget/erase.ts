import { SYSTEM } from '../../core/mention.ts';
import type { Log, Clock, Stores } from '../../core/ports.ts';
import { expiryLimits } from '../../core/privacy/retention.ts';
import { namesEndBefore } from '../../core/privacy/staff.ts';
import { change } from '../change.ts';
import type { AskDeps } from './sweep.ts';

/** Mentions in one batch; a stop between two loses nothing. */
const BATCH = 100;

export type EraseDeps = Pick<AskDeps, 'stores' | 'sources' | 'clock' | 'newId' | 'publish' | 'log'>;

/**
 * Erases the text of every mention of a workspace that has been kept long enough: some days after its
 * end, in any case some after it was found, and sooner where the source demands it. Returns how many.
 */
export async function eraseExpired(
  deps: EraseDeps,
  workspaceId: string,
  signal?: AbortSignal,
): Promise<number> {
  const { mentions, workspaces } = deps.stores;
  const settings = await workspaces.settings(workspaceId);
  let erased = 0;
  for (let done = BATCH; done > 0 && !signal?.aborted; erased += done) {
    const limits = expiryLimits(settings, deps.sources, deps.clock());
    done = 0;
    for (const { id } of await mentions.toExpire(workspaceId, limits, BATCH)) {
      const outcome = await change(deps, workspaceId, id, { type: 'expire', actor: SYSTEM });
      if (!outcome.ok) continue;
      done += 1;
      await deps.publish(workspaceId, id);
    }
  }
  if (erased > 0) {
    await mentions.settle();
    deps.log.info({ workspaceId, erased }, 'text kept long enough was erased');
  }
  return erased;
}

/** Events in one batch of those that lose their names. */
const NAMES_AT_ONCE = 500;

/**
 * Takes out of the log of a workspace who of the team did something, where the settings no longer
 * keep it. Returns of how many events.
 */
export async function forgetNames(
  deps: { stores: Pick<Stores, 'staff' | 'workspaces' | 'mentions'>; clock: Clock; log: Log },
  workspaceId: string,
  signal?: AbortSignal,
): Promise<number> {
  const { staffDays } = await deps.stores.workspaces.settings(workspaceId);
  const before = namesEndBefore(staffDays, deps.clock());
  let forgotten = 0;
  for (let done = NAMES_AT_ONCE; done === NAMES_AT_ONCE && !signal?.aborted; forgotten += done) {
    done = await deps.stores.staff.forget(workspaceId, before, NAMES_AT_ONCE);
  }
  if (forgotten > 0) {
    await deps.stores.mentions.settle();
    deps.log.info(
      { workspaceId, forgotten },
      'names of the team that were kept long enough are gone',
    );
  }
  return forgotten;
}
