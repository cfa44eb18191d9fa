import type { Knex } from 'knex';
import type { Mention } from '../core/mention.ts';
import { toRow, type MentionRow } from './mention-row.ts';

/** Rows in one statement: SQLite takes 32,766 values at most. */
const BATCH = 200;

/**
 * Inserts those mentions of one source whose post the workspace does not have yet, and returns them.
 * The same post is the same external id in the same source, or the same post key in another one;
 * within one source the post key is not asked, since there the ids are the better witness.
 */
export async function insertNew(
  trx: Knex.Transaction,
  workspaceId: string,
  sourceId: string,
  mentions: readonly Mention[],
): Promise<Mention[]> {
  if (mentions.length === 0) return [];
  // One poll of a workspace at a time from here on: two sources may bring the same post at once.
  // On SQLite this locks nothing, and the caller's write before it has locked the file.
  await trx('workspaces').where({ workspace_id: workspaceId }).forNoKeyUpdate().select('name');
  const inserted = new Set<string>();
  for (let start = 0; start < mentions.length; start += BATCH) {
    const rows = mentions.slice(start, start + BATCH).map(toRow);
    const elsewhere = await keysElsewhere(trx, workspaceId, sourceId, rows);
    const fresh = rows.filter(({ post_key: key }) => key === null || !elsewhere.has(key));
    if (fresh.length === 0) continue;
    const written: { id: string }[] = await trx<MentionRow>('mentions')
      .insert(fresh)
      .onConflict(['workspace_id', 'source_id', 'external_key'])
      .ignore()
      .returning('id');
    for (const { id } of written) inserted.add(id);
  }
  return mentions.filter(({ id }) => inserted.has(id));
}

async function keysElsewhere(
  trx: Knex.Transaction,
  workspaceId: string,
  sourceId: string,
  rows: readonly MentionRow[],
): Promise<Set<string>> {
  const keys = rows.flatMap(({ post_key: key }) => key ?? []);
  const found: { post_key: string }[] = await trx<MentionRow>('mentions')
    .where({ workspace_id: workspaceId })
    .whereIn('post_key', keys)
    .whereNot({ source_id: sourceId })
    .select('post_key');
  return new Set(found.map(({ post_key: key }) => key));
}
