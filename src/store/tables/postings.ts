import type { Knex } from 'knex';
import type { PostingStore } from '../../core/ports.ts';
import { toDate, toText } from '../columns.ts';

interface PostingRow {
  workspace_id: string;
  key: string;
  since: string;
  at: string;
  holder: string;
  ts: string | null;
  tries: number;
  next_at: string | null;
}

/** Sorts after all times. */
const NEVER = '9999-12-31T00:00:00.000Z';

export function postingStore(db: Knex): PostingStore {
  const one = ({ workspaceId, key }: { workspaceId: string; key: string }) =>
    db<PostingRow>('postings').where({ workspace_id: workspaceId, key });
  const stuck = (workspaceId: string) =>
    db<PostingRow>('postings').where({ workspace_id: workspaceId, next_at: NEVER }).whereNull('ts');
  return {
    async take(posting, holder, now, busyAfter) {
      const { workspaceId, key } = posting;
      const at = toText(now);
      const added = await db<PostingRow>('postings')
        .insert({ workspace_id: workspaceId, key, since: at, at, holder, ts: null, tries: 0 })
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
      if (taken === 0) return { state: 'busy' };
      const nextAt = row.next_at === null ? null : toDate(row.next_at);
      return { state: 'uncertain', since: toDate(row.since), tries: row.tries, nextAt };
    },

    async doubted(posting, tries, nextAt) {
      await one(posting).update({ tries, next_at: nextAt === null ? NEVER : toText(nextAt) });
    },

    async stuck(workspaceId) {
      const rows = await stuck(workspaceId).orderBy(['since', 'key']);
      return rows.map(({ key, since }) => ({ workspaceId, key, since: toDate(since) }));
    },

    async retry(workspaceId) {
      return stuck(workspaceId).update({ tries: 0, next_at: null });
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
