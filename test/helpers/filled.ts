import type { Knex } from 'knex';
import { readShape, type TableShape } from '../../src/store/move/shape.ts';

/** Two workspaces, so that whoever forgets one of them is caught. */
export const WORKSPACES = ['T1', 'T2'] as const;

/** Signs that the databases sort in different orders, store in different ways, or may stumble over. */
const HARD = ['Zebra', 'apple', 'Äpfel', '_', 'a b', '~', "it's", '"', 'é', '\u{1F4A9}', '\\', '%'];

/**
 * Puts rows into every table of a migrated SQLite database: so many a workspace, with all kinds of
 * values, and whatever refers to another table refers to a row that is there. It asks the database
 * what there is, so a table that somebody adds is filled as well.
 */
export async function fillEveryTable(db: Knex, rows: number): Promise<TableShape[]> {
  const tables = await readShape();
  for (const table of tables) {
    const columns: Column[] = await db.raw(`PRAGMA table_info(${table.name})`);
    const made = owners(table).flatMap((workspace, w) =>
      // Of some things, a workspace has one.
      Array.from({ length: table.key.join() === 'workspace_id' ? 1 : rows }, (_, i) =>
        row(table, columns, workspace, i, w),
      ),
    );
    await db.transaction(async (trx) => {
      for (const one of made) await trx(table.name).insert(one);
    });
  }
  return tables;
}

/** A few tables belong to the installation as a whole. */
function owners({ columns }: TableShape): readonly string[] {
  return columns.includes('workspace_id') ? WORKSPACES : WORKSPACES.slice(0, 1);
}

interface Column {
  name: string;
  type: string;
  notnull: number;
  pk: number;
}

function row(
  table: TableShape,
  columns: readonly Column[],
  workspace: string,
  i: number,
  salt: number,
): Record<string, unknown> {
  const values = columns.map((column): [string, unknown] => [
    column.name,
    column.name === 'workspace_id' ? workspace : value(table, column, i, salt),
  ]);
  return Object.fromEntries(values);
}

/** The names of rows are the same in every table, which makes every reference lead somewhere. */
function value(table: TableShape, { name, type, notnull, pk }: Column, i: number, salt: number) {
  const hard = HARD[i % HARD.length]!;
  const isReference = table.parents.length > 1 && name.endsWith('_id');
  const kind = type.toLowerCase();
  if (kind === 'boolean') return i % 2;
  if (kind === 'integer' || kind === 'bigint') return i;
  if (kind === 'float' || kind === 'double') return i / 7;
  if (kind === 'blob') return Buffer.from([i % 256, 0, 255]);
  if (pk > 0 || isReference) return `${hard}${i}`;
  if (notnull === 0 && i % 3 === 0) return i % 2 === 0 ? null : '';
  return `${hard} ${name} ${i} of ${table.name} ${salt}\n`.repeat(1 + (i % 2));
}
