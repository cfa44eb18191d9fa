import type { Knex } from 'knex';
import { MIGRATIONS, type Migration } from '../../../migrations/index.ts';
import { openDatabase } from '../db.ts';
import { migrateUp } from '../migrate.ts';

/** A table of this version's schema. */
export interface TableShape {
  name: string;
  columns: string[];
  /** The columns of the primary key, in its order. */
  key: string[];
  /** Whose values SQLite gives as 0 and 1. */
  booleans: ReadonlySet<string>;
  /** Tables that a row refers to. */
  parents: string[];
}

/**
 * The tables that the migrations make (this version's, where none are named), each after those that it refers to. Read from a
 * database in memory, so that whoever adds a table or a column need not think of who copies it.
 */
export async function readShape(
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<TableShape[]> {
  const db = await openDatabase('sqlite::memory:');
  try {
    await migrateUp(db, migrations);
    const tables = await Promise.all((await tableNames(db)).map((name) => readTable(db, name)));
    return parentsFirst(tables);
  } finally {
    await db.destroy();
  }
}

/** Tables of a database that are neither the database's own nor knex's. */
export async function tableNames(db: Knex): Promise<string[]> {
  const rows: { name: string }[] =
    db.client.config.client === 'sqlite3'
      ? await db.raw(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
      : await db('information_schema.tables')
          .whereRaw('table_schema = current_schema()')
          .orderBy('table_name')
          .select({ name: 'table_name' });
  return rows.map(({ name }) => name).filter((name) => !/^(?:knex_|sqlite_)/u.test(name));
}

async function readTable(db: Knex, name: string): Promise<TableShape> {
  const columns: { name: string; type: string; pk: number }[] = await db.raw(
    `PRAGMA table_info(${name})`,
  );
  const references: { table: string }[] = await db.raw(`PRAGMA foreign_key_list(${name})`);
  return {
    name,
    columns: columns.map((column) => column.name),
    key: columns
      .filter(({ pk }) => pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map((column) => column.name),
    booleans: new Set(
      columns.filter(({ type }) => type.toLowerCase() === 'boolean').map((column) => column.name),
    ),
    parents: [...new Set(references.map(({ table }) => table))],
  };
}

function parentsFirst(tables: readonly TableShape[]): TableShape[] {
  const sorted: TableShape[] = [];
  const waiting = new Set(tables);
  while (waiting.size > 0) {
    const ready = [...waiting].filter(({ parents }) =>
      parents.every((parent) => ![...waiting].some(({ name }) => name === parent)),
    );
    if (ready.length === 0) throw new Error('the tables refer to one another in a circle');
    for (const table of ready) waiting.delete(table);
    sorted.push(...ready);
  }
  return sorted;
}
