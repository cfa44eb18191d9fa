import type { Log, Stores } from '../../core/ports.ts';

export interface UninstallDeps {
  stores: Pick<Stores, 'workspaces' | 'mentions'>;
  log: Log;
}

/** A workspace removed Earshot: all that was kept for it goes, its token and its log too. */
export async function uninstall(
  { stores, log }: UninstallDeps,
  workspaceId: string,
): Promise<void> {
  if (!(await stores.workspaces.remove(workspaceId))) return;
  await stores.mentions.settle();
  log.info({ workspaceId }, 'Earshot was uninstalled; what was kept for the workspace is erased');
}
