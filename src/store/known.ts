import type { Knex } from 'knex';
import type { Mention } from '../core/mention.ts';
import { digest, fromRow, type MentionRow } from './mention-row.ts';
import { rowsOf } from './raw.ts';

/** Posts of one source. */
export interface Asked {
  workspaceId: string;
  sourceId: string;
  externalIds: readonly string[];
}

/** Rows in one statement: SQLite takes 32,766 values at most, and a row here has four. */
const BATCH = 5_000;

/** What is stored of the posts that each of these polls asks for, by external id. */
export async function knownPosts(
  db: Knex,
  asked: readonly Asked[],
): Promise<Map<string, Mention>[]> {
  const found = asked.map(() => new Map<string, Mention>());
  const wanted = asked.flatMap(({ workspaceId, sourceId, externalIds }, piece) =>
    externalIds.map((id) => ({ id, piece, place: [workspaceId, sourceId, digest(id)] })),
  );
  for (let start = 0; start < wanted.length; start += BATCH) {
    const batch = wanted.slice(start, start + BATCH);
    const rows = await stored(
      db,
      batch.map(({ place }, number) => [...place, start + number]),
    );
    for (const row of rows) {
      const { id, piece } = wanted[Number(row.number)]!;
      found[piece]!.set(id, fromRow(row));
    }
  }
  return found;
}

/** The mentions at these places, each with the number under which it was asked for. */
async function stored(
  db: Knex,
  places: readonly (string | number)[][],
): Promise<(MentionRow & { number: string | number })[]> {
  const answer: unknown = await db.raw(
    `WITH wanted (workspace_id, source_id, external_key, number) AS (
       VALUES ${places.map(() => '(?, ?, ?, ?)').join(', ')})
     SELECT mentions.*, wanted.number FROM wanted JOIN mentions
       USING (workspace_id, source_id, external_key)`,
    places.flat(),
  );
  return rowsOf(answer);
}
