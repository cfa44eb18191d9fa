import type { Knex } from 'knex';
import {
  DEFAULT_SETTINGS,
  type Settings,
  type Workspace,
  type WorkspaceStore,
} from '../../core/ports.ts';
import { storable, toDate, toText } from '../columns.ts';
import { createTogether } from '../together.ts';

interface WorkspaceRow {
  workspace_id: string;
  name: string;
  bot_user_id: string;
  created_at: string;
}

interface SettingRow {
  workspace_id: string;
  name: string;
  /** JSON. */
  value: string;
}

export function workspaceStore(db: Knex): WorkspaceStore {
  const settings = createTogether(async (ids: readonly string[]) => {
    const rows = await db<SettingRow>('settings').whereIn('workspace_id', [...new Set(ids)]);
    return ids.map((id) => fromSettingRows(rows.filter((row) => row.workspace_id === id)));
  });

  return {
    async save(workspace) {
      await db<WorkspaceRow>('workspaces')
        .insert(toRow(workspace))
        .onConflict('workspace_id')
        .merge(['name', 'bot_user_id']);
    },

    async find(id) {
      const row = await db<WorkspaceRow>('workspaces').where({ workspace_id: id }).first();
      return row ? fromRow(row) : null;
    },

    async list() {
      const rows = await db<WorkspaceRow>('workspaces').orderBy(['created_at', 'workspace_id']);
      return rows.map(fromRow);
    },

    settings,

    async changeSettings(workspaceId, change) {
      const rows = toSettingRows(workspaceId, change);
      if (rows.length === 0) return;
      await db<SettingRow>('settings').insert(rows).onConflict(['workspace_id', 'name']).merge();
    },

    async remove(id) {
      // Every table refers to its workspace, and goes with it.
      return (await db<WorkspaceRow>('workspaces').where({ workspace_id: id }).delete()) > 0;
    },
  };
}

function toRow(workspace: Workspace): WorkspaceRow {
  return {
    workspace_id: workspace.id,
    name: storable(workspace.name),
    bot_user_id: workspace.botUserId,
    created_at: toText(workspace.createdAt),
  };
}

function fromRow(row: WorkspaceRow): Workspace {
  return {
    id: row.workspace_id,
    name: row.name,
    botUserId: row.bot_user_id,
    createdAt: toDate(row.created_at),
  };
}

function toSettingRows(workspaceId: string, change: Partial<Settings>): SettingRow[] {
  return Object.entries(change)
    .filter(([name, value]) => name in DEFAULT_SETTINGS && value !== undefined)
    .map(([name, value]) => ({ workspace_id: workspaceId, name, value: JSON.stringify(value) }));
}

/** A name that this version does not know is left alone: a newer one may have written it. */
function fromSettingRows(rows: readonly SettingRow[]): Settings {
  const stored = rows
    .filter(({ name }) => name in DEFAULT_SETTINGS)
    .map(({ name, value }): [string, unknown] => [name, JSON.parse(value)]);
  return { ...structuredClone(DEFAULT_SETTINGS), ...Object.fromEntries(stored) };
}
