import type { Knex } from 'knex';
import type { Mention } from '../../core/mention.ts';
import { digest, fromRow, type MentionRow } from './mention-row.ts';
import { rowsOf } from '../move/raw.ts';
import { valuesTable, type Columns } from '../values.ts';

/** Posts of one source. */
export interface Asked {
  workspaceId: string;
  sourceId: string;
  externalIds: readonly string[];
}

/** Rows in one statement, which are one text on their way to the database. */
const BATCH = 5_000;

/** What is stored of the posts that each of these polls asks for, by external id. */
export async function knownPosts(
  db: Knex,
  asked: readonly Asked[],
): Promise<Map<string, Mention>[]> {
  const found = asked.map(() => new Map<string, Mention>());
  const wanted = asked.flatMap(({ workspaceId, sourceId, externalIds }, piece) =>
    externalIds.map((id) => ({ id, piece, place: placeOf(workspaceId, sourceId, id) })),
  );
  for (let start = 0; start < wanted.length; start += BATCH) {
    const batch = wanted.slice(start, start + BATCH);
    const rows = await stored(
      db,
      batch.map(({ place }, index) => ({ ...place, number: start + index })),
    );
    for (const row of rows) {
      const { id, piece } = wanted[row.number]!;
      found[piece]!.set(id, fromRow(row));
    }
  }
  return found;
}

interface Place {
  workspace_id: string;
  source_id: string;
  external_key: string;
  /** Under which the post was asked for. */
  number: number;
}

const COLUMNS: Columns<Place> = {
  workspace_id: 'text',
  source_id: 'text',
  external_key: 'text',
  number: 'integer',
};

function placeOf(workspaceId: string, sourceId: string, id: string): Omit<Place, 'number'> {
  return { workspace_id: workspaceId, source_id: sourceId, external_key: digest(id) };
}

async function stored(
  db: Knex,
  places: readonly Place[],
): Promise<(MentionRow & { number: number })[]> {
  const answer: unknown = await db.raw(
    `SELECT mentions.*, wanted.number FROM ? AS wanted JOIN mentions
       USING (workspace_id, source_id, external_key)`,
    [valuesTable(db, COLUMNS, places)],
  );
  return rowsOf(answer);
}
