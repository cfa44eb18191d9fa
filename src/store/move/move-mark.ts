import type { Knex } from 'knex';

/** Holds how far a move into this database has come; gone when it is done. */
export const MOVE_TABLE = 'earshot_move';

/** Where the unfinished move into this database comes from; null where there is none. */
export async function readMove(db: Knex): Promise<string | null> {
  if (!(await db.schema.hasTable(MOVE_TABLE))) return null;
  const row = (await db(MOVE_TABLE).first('source')) as { source: string } | undefined;
  return row?.source ?? null;
}
