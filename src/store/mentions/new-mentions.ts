import type { Knex } from 'knex';
import type { Mention } from '../../core/mention.ts';
import { COLUMNS, toRow, type MentionRow } from './mention-row.ts';
import { rowsOf } from '../move/raw.ts';
import { insertRows, valuesTable } from '../values.ts';

/** Rows in one statement, which are one text on their way to the database. */
const BATCH = 400;

/**
 * Inserts those mentions of one workspace whose post it does not have yet, and returns them. The
 * same post is the same external id in the same source, or the same post key in another one; within
 * one source the post key is not asked, since there the ids are the better witness. Whoever calls
 * this holds the workspace, since two sources may bring the same post at once.
 */
export async function insertNew(
  trx: Knex.Transaction,
  workspaceId: string,
  mentions: readonly Mention[],
): Promise<Mention[]> {
  const inserted = new Set<string>();
  let rows = mentions.map(toRow);
  while (rows.length > 0) {
    const { batch, rest } = nextBatch(rows);
    rows = rest;
    const sourcesOf = await sourcesOfKeys(trx, workspaceId, batch);
    const fresh = batch.filter(
      ({ post_key: key, source_id: own }) =>
        !(sourcesOf.get(key ?? '') ?? []).some((source) => source !== own),
    );
    if (fresh.length === 0) continue;
    for (const { id } of await insert(trx, fresh)) inserted.add(id);
  }
  return mentions.filter(({ id }) => inserted.has(id));
}

async function insert(
  trx: Knex.Transaction,
  rows: readonly MentionRow[],
): Promise<Pick<MentionRow, 'id'>[]> {
  const unlessThere = 'ON CONFLICT (workspace_id, source_id, external_key) DO NOTHING RETURNING id';
  const answer: unknown = await insertRows(trx, 'mentions', COLUMNS, rows, unlessThere);
  return rowsOf(answer);
}

/** What can be asked for at once: what another source brings as well waits until the first is in. */
function nextBatch(rows: readonly MentionRow[]): { batch: MentionRow[]; rest: MentionRow[] } {
  const firstOf = new Map<string, string>();
  const batch: MentionRow[] = [];
  const rest: MentionRow[] = [];
  for (const row of rows) {
    const { post_key: key, source_id: source } = row;
    const first = key === null ? source : (firstOf.get(key) ?? source);
    if (batch.length === BATCH || first !== source) {
      rest.push(row);
    } else {
      if (key !== null) firstOf.set(key, source);
      batch.push(row);
    }
  }
  return { batch, rest };
}

const KEY_COLUMNS = { workspace_id: 'text', post_key: 'text' } as const;

/** Which sources brought the posts of these rows before. */
async function sourcesOfKeys(
  trx: Knex.Transaction,
  workspaceId: string,
  rows: readonly MentionRow[],
): Promise<Map<string, string[]>> {
  const keys = rows.flatMap(({ post_key: key }) =>
    key === null ? [] : [{ workspace_id: workspaceId, post_key: key }],
  );
  const sources = new Map<string, string[]>();
  if (keys.length === 0) return sources;
  const answer: unknown = await trx.raw(
    `SELECT post_key, source_id FROM ? AS wanted JOIN mentions USING (workspace_id, post_key)`,
    [valuesTable(trx, KEY_COLUMNS, keys)],
  );
  const found = rowsOf<{ post_key: string; source_id: string }>(answer);
  for (const { post_key: key, source_id: source } of found) {
    sources.set(key, [...(sources.get(key) ?? []), source]);
  }
  return sources;
}
