import type { Knex } from 'knex';
import type { SuppressionStore } from '../core/ports.ts';
import { toText } from './columns.ts';
import { createTogether } from './together.ts';

interface SuppressionRow {
  workspace_id: string;
  author_hash: string;
  /** Null: of every kind of source. */
  source_kind: string | null;
  created_by: string;
  created_at: string;
}

/** Authors of a workspace that a poll has met. */
interface Asked {
  workspaceId: string;
  authorHashes: readonly string[];
}

/** Hashes in one statement. */
const BATCH = 500;

export function suppressionStore(db: Knex): SuppressionStore {
  const all = (workspaceId: string) =>
    db<SuppressionRow>('suppressions').where({ workspace_id: workspaceId });

  async function amongAll(workspaceId: string, asked: readonly Asked[]): Promise<Set<string>> {
    const own = asked.filter((one) => one.workspaceId === workspaceId);
    const hashes = [...new Set(own.flatMap(({ authorHashes }) => authorHashes))];
    const found = new Set<string>();
    for (let start = 0; start < hashes.length; start += BATCH) {
      const rows = await all(workspaceId)
        .whereIn('author_hash', hashes.slice(start, start + BATCH))
        .select('author_hash');
      for (const { author_hash: hash } of rows) found.add(hash);
    }
    return found;
  }

  const findAmong = createTogether(async (asked: readonly Asked[]) => {
    const found = new Map<string, Set<string>>();
    for (const { workspaceId } of asked) {
      if (!found.has(workspaceId)) found.set(workspaceId, await amongAll(workspaceId, asked));
    }
    return asked.map(
      ({ workspaceId, authorHashes }) =>
        new Set(authorHashes.filter((hash) => found.get(workspaceId)!.has(hash))),
    );
  });

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
      return authorHashes.length === 0 ? new Set() : findAmong({ workspaceId, authorHashes });
    },

    async count(workspaceId) {
      const [row] = await all(workspaceId).count({ total: '*' });
      return Number(row!.total);
    },
  };
}
