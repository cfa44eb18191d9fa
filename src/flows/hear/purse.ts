import type { Clock, Stores } from '../../core/ports.ts';
import type { Purse } from '../../core/source.ts';

/**
 * What may still be read this month (UTC) where a place charges for it. The key is the
 * installation's, so all its workspaces have one purse.
 */
export function purseOf(deps: { stores: Pick<Stores, 'budgets'>; clock: Clock }): Purse {
  const month = () => deps.clock().toISOString().slice(0, 7);
  return {
    take: (request) => deps.stores.budgets.take({ ...request, month: month() }),
    giveBack: (kind, unused) => deps.stores.budgets.giveBack({ kind, month: month(), unused }),
  };
}
