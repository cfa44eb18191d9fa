import type { Knex } from 'knex';

interface NamedRow {
  workspace_id: string;
  id: string;
  name: string;
  body: string;
}

/**
 * Adds a row or replaces the name and body of the one with its id; false, and nothing written, when
 * another row of the workspace has its name.
 */
export function saveNamed(db: Knex, table: 'policies' | 'rotas', row: NamedRow): Promise<boolean> {
  const { workspace_id: workspaceId, id, name, body } = row;
  return db.transaction(async (trx) => {
    // Savers of one workspace go one after the other; on SQLite they do so anyway.
    await trx('workspaces').where({ workspace_id: workspaceId }).forNoKeyUpdate().select('name');
    const other = await trx(table)
      .where({ workspace_id: workspaceId, name })
      .whereNot({ id })
      .first('id');
    if (other !== undefined) return false;
    const changed = await trx(table)
      .where({ workspace_id: workspaceId, id })
      .update({ name, body });
    if (changed === 0) await trx(table).insert(row);
    return true;
  });
}
