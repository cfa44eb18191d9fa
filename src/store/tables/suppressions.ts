import type { Knex } from 'knex';
import type { SuppressionStore } from '../../core/ports.ts';
import { toText } from '../columns.ts';
import { rowsOf } from '../move/raw.ts';
import { createTogether } from '../together.ts';
import { valuesTable, type Columns } from '../values.ts';

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

type Name = Pick<SuppressionRow, 'workspace_id' | 'author_hash'>;

const COLUMNS: Columns<Name> = { workspace_id: 'text', author_hash: 'text' };

function nameOf(workspaceId: string, authorHash: string): string {
  return `${workspaceId} ${authorHash}`;
}

export function suppressionStore(db: Knex): SuppressionStore {
  const all = (workspaceId: string) =>
    db<SuppressionRow>('suppressions').where({ workspace_id: workspaceId });

  async function amongAll(asked: readonly Asked[]): Promise<Set<string>> {
    const wanted = asked.flatMap(({ workspaceId, authorHashes }) =>
      authorHashes.map((hash) => ({ workspace_id: workspaceId, author_hash: hash })),
    );
    const answer: unknown = await db.raw(
      `SELECT workspace_id, author_hash FROM ? AS wanted JOIN suppressions
         USING (workspace_id, author_hash)`,
      [valuesTable(db, COLUMNS, wanted)],
    );
    return new Set(rowsOf<Name>(answer).map((row) => nameOf(row.workspace_id, row.author_hash)));
  }

  const findAmong = createTogether(async (asked: readonly Asked[]) => {
    const found = await amongAll(asked);
    return asked.map(
      ({ workspaceId, authorHashes }) =>
        new Set(authorHashes.filter((hash) => found.has(nameOf(workspaceId, hash)))),
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
