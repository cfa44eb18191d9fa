import type { Knex } from 'knex';
import { isSqlite } from './db.ts';

/** What a column holds, in words that both databases know. */
export type ColumnType = 'text' | 'integer' | 'double precision' | 'boolean';

/** The columns of a table, in their order. */
export type Columns<R> = Readonly<Record<keyof R & string, ColumnType>>;

/**
 * Rows as a table for `FROM`, bound as one text: `(SELECT ... FROM ...?)`. With a value each, the
 * driver of SQLite takes longer over a thousand values than the database over their work; and this
 * statement is the same for any number of rows, so it is prepared once.
 */
export function valuesTable<R extends object>(
  db: Knex,
  columns: Columns<R>,
  rows: readonly R[],
): Knex.Raw {
  const names = Object.keys(columns) as (keyof R & string)[];
  const pick = isSqlite(db)
    ? names.map((name, place) => `value ->> ${place} AS ${name}`)
    : names.map((name, place) => `CAST(value ->> ${place} AS ${columns[name]}) AS ${name}`);
  const each = isSqlite(db) ? 'jsonb_each(?)' : 'jsonb_array_elements(CAST(? AS jsonb))';
  const json = JSON.stringify(rows.map((row) => names.map((name) => row[name])));
  return db.raw(`(SELECT ${pick.join(', ')} FROM ${each} AS given)`, [wellFormed(json)]);
}

/** Inserts rows that are bound as one text; `onConflict` is the rest of the statement. */
export function insertRows<R extends object>(
  db: Knex,
  table: string,
  columns: Columns<R>,
  rows: readonly R[],
  onConflict: string,
): Knex.Raw {
  const names = Object.keys(columns).join(', ');
  // Without a condition, SQLite takes ON for that of a join.
  return db.raw(
    `INSERT INTO ${table} (${names}) SELECT ${names} FROM ? AS rows WHERE TRUE ${onConflict}`,
    [valuesTable(db, columns, rows)],
  );
}

/** No database takes half a character, which JSON can say; a text with one must not stop the rest. */
function wellFormed(json: string): string {
  return json.replace(/(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/gu, '$1\ufffd');
}
