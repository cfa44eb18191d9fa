import type { Knex } from 'knex';
import type { HomeViewStore } from '../../core/ports.ts';

interface HomeViewRow {
  workspace_id: string;
  user_id: string;
  stale: boolean | number;
  state: string | null;
}

export function homeViewStore(db: Knex): HomeViewStore {
  const all = (workspaceId: string) =>
    db<HomeViewRow>('home_views').where({ workspace_id: workspaceId });
  return {
    async drawn(workspaceId, userId, state) {
      await db<HomeViewRow>('home_views')
        .insert({ workspace_id: workspaceId, user_id: userId, stale: false, state })
        .onConflict(['workspace_id', 'user_id'])
        .merge();
    },
    async noted(workspaceId, userId, state) {
      await all(workspaceId).where({ user_id: userId }).update({ state });
    },
    async find(workspaceId, userId) {
      const row = await all(workspaceId).where({ user_id: userId }).first('state');
      return row?.state ?? null;
    },
    async stale(workspaceId) {
      const rows = await all(workspaceId).whereRaw('stale').orderBy('user_id');
      return rows.map(({ user_id: userId }) => userId);
    },
    async cleared(workspaceId, userId) {
      await all(workspaceId).where({ user_id: userId }).delete();
    },
  };
}

/** What is shown on any Home may be of what was just erased. */
export async function markHomesStale(on: Knex, workspaceId: string): Promise<void> {
  await on('home_views').where({ workspace_id: workspaceId }).update({ stale: true });
}
