import type { Knex } from 'knex';
import type { PraiseStore } from '../../core/ports.ts';
import { toText } from '../columns.ts';

interface PraiseRow {
  workspace_id: string;
  channel_id: string;
  ts: string;
  author_hash: string;
  ends_at: string;
}

export function praiseStore(db: Knex): PraiseStore {
  const all = (workspaceId: string) =>
    db<PraiseRow>('praises').where({ workspace_id: workspaceId });
  return {
    async add({ workspaceId, channelId, ts, authorHashes, endsAt }) {
      const rows = [...new Set(authorHashes)].map((hash) => ({
        workspace_id: workspaceId,
        channel_id: channelId,
        ts,
        author_hash: hash,
        ends_at: toText(endsAt),
      }));
      if (rows.length > 0) await db<PraiseRow>('praises').insert(rows);
    },
    async end(workspaceId, authorHashes, at) {
      await all(workspaceId)
        .whereIn('author_hash', authorHashes)
        .update({ ends_at: toText(at) });
    },
    async ended(workspaceId, now) {
      const rows = await all(workspaceId)
        .where('ends_at', '<=', toText(now))
        .distinct('channel_id', 'ts')
        .orderBy(['channel_id', 'ts']);
      return rows.map(({ channel_id: channelId, ts }) => ({ channelId, ts }));
    },
    async remove(workspaceId, channelId, ts) {
      await all(workspaceId).where({ channel_id: channelId, ts }).delete();
    },
  };
}
