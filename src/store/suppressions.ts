import type { Knex } from 'knex';
import type { SuppressionStore } from '../core/ports.ts';
import { toText } from './columns.ts';

interface SuppressionRow {
  workspace_id: string;
  author_hash: string;
  /** Null: of every kind of source. */
  source_kind: string | null;
  created_by: string;
  created_at: string;
}

/** Hashes in one statement. */
const BATCH = 500;

export function suppressionStore(db: Knex): SuppressionStore {
  const all = (workspaceId: string) =>
    db<SuppressionRow>('suppressions').where({ workspace_id: workspaceId });

  return {
    async add({ workspaceId, authorHash, sourceKind, createdBy, createdAt }) {
      const written = await db<SuppressionRow>('suppressions')
        .insert({
          workspace_id: workspaceId,
          author_hash: authorHash,
          source_kind: sourceKind,
          created_by: createdBy,
          created_at: toText(createdAt),
        })
        .onConflict(['workspace_id', 'author_hash'])
        .ignore()
        .returning('author_hash');
      return written.length > 0;
    },

    async among(workspaceId, authorHashes) {
      const hashes = [...new Set(authorHashes)];
      const found = new Set<string>();
      for (let start = 0; start < hashes.length; start += BATCH) {
        const rows = await all(workspaceId)
          .whereIn('author_hash', hashes.slice(start, start + BATCH))
          .select('author_hash');
        for (const { author_hash: hash } of rows) found.add(hash);
      }
      return found;
    },

    async count(workspaceId) {
      const [row] = await all(workspaceId).count({ total: '*' });
      return Number(row!.total);
    },
  };
}
