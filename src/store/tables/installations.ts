import type { Knex } from 'knex';
import type { InstallationStore } from '../../core/ports.ts';
import { toDate, toText } from '../columns.ts';

interface InstallationRow {
  workspace_id: string;
  sealed_token: string;
  installed_at: string;
}

export function installationStore(db: Knex): InstallationStore {
  return {
    async save({ workspaceId, sealedToken, installedAt }) {
      await db<InstallationRow>('installations')
        .insert({
          workspace_id: workspaceId,
          sealed_token: sealedToken,
          installed_at: toText(installedAt),
        })
        .onConflict('workspace_id')
        .merge();
    },
    async find(workspaceId) {
      const row = await db<InstallationRow>('installations')
        .where({ workspace_id: workspaceId })
        .first();
      if (row === undefined) return null;
      return { workspaceId, sealedToken: row.sealed_token, installedAt: toDate(row.installed_at) };
    },
  };
}
