import type { Knex } from 'knex';
import type { ReplyStore } from '../../core/ports.ts';
import { storable, toDate, toText } from '../columns.ts';

interface ReplyRow {
  workspace_id: string;
  name: string;
  text: string;
  created_by: string;
  created_at: string;
}

export function replyStore(db: Knex): ReplyStore {
  const all = (workspaceId: string) =>
    db<ReplyRow>('saved_replies').where({ workspace_id: workspaceId });
  return {
    async save({ workspaceId, name, text, createdBy, createdAt }) {
      await db<ReplyRow>('saved_replies')
        .insert({
          workspace_id: workspaceId,
          name: storable(name),
          text: storable(text),
          created_by: createdBy,
          created_at: toText(createdAt),
        })
        .onConflict(['workspace_id', 'name'])
        .merge();
    },
    async list(workspaceId) {
      const rows = await all(workspaceId).orderBy(['created_at', 'name']);
      return rows.map((row) => ({
        workspaceId: row.workspace_id,
        name: row.name,
        text: row.text,
        createdBy: row.created_by,
        createdAt: toDate(row.created_at),
      }));
    },
    async remove(workspaceId, name) {
      return (await all(workspaceId).where({ name }).delete()) > 0;
    },
  };
}
