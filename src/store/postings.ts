import type { Knex } from 'knex';
import type { PostingStore } from '../core/ports.ts';
import { toDate, toText } from './columns.ts';

interface PostingRow {
  workspace_id: string;
  key: string;
  since: string;
  at: string;
  holder: string;
  ts: string | null;
}

export function postingStore(db: Knex): PostingStore {
  const one = ({ workspaceId, key }: { workspaceId: string; key: string }) =>
    db<PostingRow>('postings').where({ workspace_id: workspaceId, key });
  return {
    async take(posting, holder, now, busyAfter) {
      const { workspaceId, key } = posting;
      const at = toText(now);
      const added = await db<PostingRow>('postings')
        .insert({ workspace_id: workspaceId, key, since: at, at, holder, ts: null })
        .onConflict(['workspace_id', 'key'])
        .ignore()
        .returning('key');
      if (added.length > 0) return { state: 'free' };
      const row = await one(posting).first();
      // Released in this instant: whoever did so is about to try again.
      if (row === undefined) return { state: 'busy' };
      if (row.ts !== null) return { state: 'sent', ts: row.ts };
      if (row.holder !== holder && row.at > toText(busyAfter)) return { state: 'busy' };
      const taken = await one(posting)
        .where({ holder: row.holder, at: row.at })
        .whereNull('ts')
        .update({ holder, at });
      return taken > 0 ? { state: 'uncertain', since: toDate(row.since) } : { state: 'busy' };
    },

    async sent(posting, ts) {
      await one(posting).update({ ts });
    },

    async release(posting) {
      await one(posting).delete();
    },

    async prune(before) {
      return db<PostingRow>('postings').where('at', '<', toText(before)).delete();
    },
  };
}
