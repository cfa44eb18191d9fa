import type { Knex } from 'knex';
import type { WriterStore } from '../../core/ports.ts';
import { toDate, toText } from '../columns.ts';

interface WriterRow {
  workspace_id: string;
  mention_id: string;
  writer: string;
  until_at: string;
}

export function writerStore(db: Knex): WriterStore {
  const all = (workspaceId: string) =>
    db<WriterRow>('writers').where({ workspace_id: workspaceId });
  return {
    async save({ workspaceId, mentionId, writer, until }) {
      await db<WriterRow>('writers')
        .insert({
          workspace_id: workspaceId,
          mention_id: mentionId,
          writer,
          until_at: toText(until),
        })
        .onConflict(['workspace_id', 'mention_id'])
        .merge();
    },
    async list(workspaceId) {
      const rows = await all(workspaceId).orderBy('mention_id');
      return rows.map((row) => ({
        workspaceId: row.workspace_id,
        mentionId: row.mention_id,
        writer: row.writer,
        until: toDate(row.until_at),
      }));
    },
    async remove(workspaceId, mentionId, writer) {
      return (await all(workspaceId).where({ mention_id: mentionId, writer }).delete()) > 0;
    },
  };
}
