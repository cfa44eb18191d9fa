import type { Log, Notifier, Stores } from '../../core/ports.ts';

export interface HomesDeps {
  stores: Pick<Stores, 'homeViews'>;
  notifier: Pick<Notifier, 'clearHome'>;
  log: Log;
}

/**
 * Takes the lists off every Home that may show something of what was erased; whoever opens theirs
 * again has them back. What Slack does not take now is tried again at the next look.
 */
export async function clearHomes(deps: HomesDeps, workspaceId: string): Promise<void> {
  for (const userId of await deps.stores.homeViews.stale(workspaceId)) {
    const sent = await deps.notifier.clearHome(workspaceId, userId);
    if (sent.ok || sent.outcome !== 'later') {
      await deps.stores.homeViews.cleared(workspaceId, userId);
    } else {
      deps.log.warn({ workspaceId, cause: sent.cause }, 'a Home tab could not be cleared yet');
    }
  }
}
