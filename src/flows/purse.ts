import type { Clock, Stores } from '../core/ports.ts';
import type { Purse } from '../core/source.ts';

/** What a workspace may still read this month (UTC) where a place charges for it. */
export function purseOf(
  deps: { stores: Pick<Stores, 'budgets'>; clock: Clock },
  workspaceId: string,
): Purse {
  const month = () => deps.clock().toISOString().slice(0, 7);
  return {
    take: (request) => deps.stores.budgets.take({ ...request, workspaceId, month: month() }),
    giveBack: (kind, unused) =>
      deps.stores.budgets.giveBack({ workspaceId, kind, month: month(), unused }),
  };
}
