import type { Knex } from 'knex';
import type { ExpiryLimits, MentionStore } from '../../core/ports.ts';
import { toDate, toText } from '../columns.ts';
import { checkpoint, isSqlite } from '../db.ts';
import { fromRow, toUpkeepChange, type MentionRow } from './mention-row.ts';

type Upkeep = Pick<
  MentionStore,
  | 'note'
  | 'sourcesToSweep'
  | 'nextSweep'
  | 'toSweep'
  | 'toLookAt'
  | 'toExpire'
  | 'byAuthors'
  | 'settle'
>;

/** Word for word the conditions of the indexes; without that, neither database would use them. */
const HELD = `status IN ('detected', 'quiet', 'open', 'claimed', 'answered', 'dismissed')`;
const ENDED = `status IN ('answered', 'dismissed', 'quiet')`;
const LOOKED_AT = `look_at IS NOT NULL AND status IN ('open', 'claimed', 'answered')`;

/** The part of the mentions that follows deletions, answers, objections and the clock. */
export function upkeep(db: Knex): Upkeep {
  const all = (workspaceId: string) =>
    db<MentionRow>('mentions').where({ workspace_id: workspaceId });

  return {
    async note(workspaceId, id, change) {
      const columns = toUpkeepChange(change);
      if (Object.keys(columns).length > 0) await all(workspaceId).where({ id }).update(columns);
    },

    async sourcesToSweep(workspaceId, now) {
      const rows = await all(workspaceId)
        .whereRaw(HELD)
        .where('sweep_at', '<=', toText(now))
        .distinct<{ source_id: string }[]>('source_id');
      return rows.map(({ source_id: id }) => id).sort();
    },

    async nextSweep(workspaceId) {
      const first = await all(workspaceId).whereRaw(HELD).orderBy('sweep_at').first('sweep_at');
      return first === undefined ? null : toDate(first.sweep_at);
    },

    async toSweep(workspaceId, sourceId, now, limit) {
      const rows = await all(workspaceId)
        .where({ source_id: sourceId })
        .whereRaw(HELD)
        .where('sweep_at', '<=', toText(now))
        .orderBy(['sweep_at', 'id'])
        .limit(limit);
      return rows.map(fromRow);
    },

    async toLookAt(workspaceId, now, limit) {
      const rows = await all(workspaceId)
        .whereRaw(LOOKED_AT)
        .where('look_at', '<=', toText(now))
        .orderBy(['look_at', 'id'])
        .limit(limit);
      return rows.map(fromRow);
    },

    async toExpire(workspaceId, limits, limit) {
      const found = new Map<string, MentionRow>();
      for (const query of expiring(all, workspaceId, limits)) {
        if (found.size >= limit) break;
        for (const row of await query.limit(limit)) found.set(row.id, row);
      }
      return [...found.values()].slice(0, limit).map(fromRow);
    },

    async byAuthors(workspaceId, authorHashes) {
      const rows = await all(workspaceId)
        .whereNotNull('author_hash')
        .whereIn('author_hash', authorHashes);
      return rows.map(fromRow).sort((a, b) => a.foundAt.getTime() - b.foundAt.getTime());
    },

    async settle() {
      if (isSqlite(db)) return checkpoint(db);
      // Of a table that is not ours, Postgres warns and goes on.
      await db.raw('VACUUM mentions');
    },
  };
}

function expiring(
  all: (workspaceId: string) => Knex.QueryBuilder<MentionRow, MentionRow[]>,
  workspaceId: string,
  { endedBefore, foundBefore, foundBeforeByKind }: ExpiryLimits,
) {
  const held = () => all(workspaceId).whereRaw(HELD).orderBy(['found_at', 'id']);
  return [
    all(workspaceId)
      .whereRaw(ENDED)
      .where('changed_at', '<', toText(endedBefore))
      .orderBy(['changed_at', 'id']),
    held().where('found_at', '<', toText(foundBefore)),
    ...Object.entries(foundBeforeByKind).map(([kind, before]) =>
      held().where({ source_kind: kind }).where('found_at', '<', toText(before)),
    ),
  ];
}
