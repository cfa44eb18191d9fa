import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { isSqlite } from '../db.ts';
import { migrateUp, migrationStatus } from '../migrate.ts';
import { MOVE_TABLE, readMove } from './move-mark.ts';
import { readShape, tableNames, type TableShape } from './shape.ts';

/** Values in one statement: SQLite takes 32,766 at most. */
const MOST_VALUES = 30_000;
const MOST_ROWS = 1000;

export interface MoveOptions {
  /** Who the source is, for people and for the next try; without its password. */
  sourceName: string;
  /** Throws away what an unfinished move has left in the target, and begins anew. */
  anew?: boolean;
  /** Rows in one transaction; fewer where a table is wide. */
  batch?: number;
  onProgress?(progress: MoveProgress): void;
}

/** `copying`: rows of a table that are in the target by now; `checking`: rows read on both sides. */
export interface MoveProgress {
  step: 'copying' | 'checking';
  table: string;
  rows: number;
  total: number;
}

/** A table as both sides have it. */
export interface Moved {
  table: string;
  rows: number;
  /** Of its rows in canonical form, whatever their order; in hex. */
  checksum: string;
}

interface MoveRow {
  table_name: string;
  /** JSON of the key of the last row that was copied; null before the first. */
  last_key: string | null;
  rows: number;
}

/**
 * Copies every table of every workspace from one database to another, in the order of their keys,
 * a batch a transaction. How far it came is written with each batch, so that the same call goes on
 * where a killed one was. In the end both sides are read again and compared by counts and checksums;
 * only then is the target a database that Earshot starts on. Throws an Error with a sentence for the
 * operator when the source or the target is not fit for it, or when the two differ in the end.
 */
export async function moveDatabase(from: Knex, to: Knex, options: MoveOptions): Promise<Moved[]> {
  const { sourceName, anew = false, batch = MOST_ROWS, onProgress = () => undefined } = options;
  await assertCurrent(from);
  const tables = await readShape();
  await prepareTarget(to, tables, sourceName, anew);
  for (const table of tables) await copyTable(from, to, table, batch, onProgress);
  const moved: Moved[] = [];
  for (const table of tables) {
    const here = await sumTable(from, table, batch, onProgress);
    const there = await sumTable(to, table, batch, onProgress);
    if (here.checksum !== there.checksum) {
      throw new Error(
        `The table ${table.name} is not the same on both sides (${here.rows} and ${there.rows} rows): ` +
          'something wrote to one of them meanwhile. Stop every Earshot, then run this again with --anew.',
      );
    }
    moved.push(here);
  }
  await to.schema.dropTable(MOVE_TABLE);
  return moved;
}

async function assertCurrent(from: Knex): Promise<void> {
  const unfinished = await readMove(from);
  if (unfinished !== null) {
    throw new Error(
      `The database to move from is itself the target of a move from ${unfinished} that was not finished.`,
    );
  }
  const { done, pending, unknown } = await migrationStatus(from);
  if (unknown.length > 0) {
    throw new Error(
      `The database to move from is newer than this Earshot (${unknown.join(', ')}): ` +
        'move it with the newer version.',
    );
  }
  if (done.length === 0) throw new Error('The database to move from holds no Earshot.');
  if (pending.length > 0) {
    throw new Error(
      `The database to move from has the schema of an older version (${pending.join(', ')} to come). ` +
        'Run earshot migrate on it first.',
    );
  }
}

async function prepareTarget(
  to: Knex,
  tables: readonly TableShape[],
  sourceName: string,
  anew: boolean,
): Promise<void> {
  const before = await readMove(to);
  if (before !== null && (before === sourceName || anew)) {
    if (anew) await empty(to, tables);
    else return;
  } else if (before !== null) {
    throw new Error(
      `The target holds a move from ${before} that was not finished: run that again, ` +
        'or throw away what it has left with --anew.',
    );
  }
  await assertFree(to, tables);
  await to.transaction(async (trx) => {
    // Marked before there is anything to start on by mistake.
    await trx.schema.createTable(MOVE_TABLE, (table) => {
      table.text('table_name').primary();
      table.text('source').notNullable();
      table.text('last_key');
      table.integer('rows').notNullable();
    });
    await trx(MOVE_TABLE).insert(
      tables.map(({ name }) => ({ table_name: name, source: sourceName, last_key: null, rows: 0 })),
    );
  });
}

/** Nothing in it, and if there are tables, then those of this version. */
async function assertFree(to: Knex, tables: readonly TableShape[]): Promise<void> {
  const { done, pending, unknown } = await migrationStatus(to);
  if (unknown.length > 0 || (done.length > 0 && pending.length > 0)) {
    throw new Error(
      'The target has the schema of another version of Earshot. Name an empty database.',
    );
  }
  const theirs = await tableNames(to);
  if (done.length === 0) {
    if (theirs.length > 0) {
      throw new Error(
        `The target holds other tables (${theirs.slice(0, 5).join(', ')}). Name an empty database.`,
      );
    }
    await migrateUp(to);
  }
  for (const { name } of tables) {
    if ((await to(name).first()) !== undefined) {
      throw new Error(
        `The target holds data already (in ${name}). Name an empty database, so that nothing is mixed or lost.`,
      );
    }
  }
}

/** Only ever what a move has left there. */
async function empty(to: Knex, tables: readonly TableShape[]): Promise<void> {
  await to.transaction(async (trx) => {
    // Everything hangs on its workspace; the log lets go of events only together with it.
    await trx('workspaces').delete();
    for (const { name } of tables.toReversed()) await trx(name).delete();
    await trx.schema.dropTable(MOVE_TABLE);
  });
}

async function copyTable(
  from: Knex,
  to: Knex,
  table: TableShape,
  batch: number,
  onProgress: (progress: MoveProgress) => void,
): Promise<void> {
  const { name } = table;
  const mark = (await to<MoveRow>(MOVE_TABLE).where({ table_name: name }).first())!;
  const total = await countRows(from, name);
  let rows = mark.rows;
  let last = mark.last_key === null ? null : (JSON.parse(mark.last_key) as unknown[]);
  for await (const page of pages(from, table, batch, last)) {
    rows += page.length;
    last = keyOf(table, page.at(-1)!);
    await to.transaction(async (trx) => {
      await trx(name).insert(page.map((row) => forDatabase(table, row, isSqlite(to))));
      await trx<MoveRow>(MOVE_TABLE)
        .where({ table_name: name })
        .update({ last_key: JSON.stringify(last), rows });
    });
    onProgress({ step: 'copying', table: name, rows, total });
  }
}

type Row = Record<string, unknown>;

/** The rows after a key, in the order in which this database sorts its keys. */
async function* pages(
  db: Knex,
  { name, key, columns }: TableShape,
  batch: number,
  after: readonly unknown[] | null,
): AsyncIterable<Row[]> {
  const size = Math.max(1, Math.min(batch, Math.floor(MOST_VALUES / columns.length)));
  const list = key.map((column) => `"${column}"`).join(', ');
  const marks = key.map(() => '?').join(', ');
  let last = after;
  for (;;) {
    const query = db<Row>(name).select(columns).orderBy(key).limit(size);
    if (last !== null) {
      void query.whereRaw(`(${list}) > (${marks})`, last as Knex.RawBinding[]);
    }
    const page = (await query) as Row[];
    if (page.length > 0) yield page;
    if (page.length < size) return;
    last = key.map((column) => page.at(-1)![column]);
  }
}

function keyOf({ key }: TableShape, row: Row): unknown[] {
  return key.map((column) => row[column]);
}

async function countRows(db: Knex, table: string): Promise<number> {
  const [row] = await db(table).count({ total: '*' });
  return Number(row!['total']);
}

/** SQLite has no truth of its own, and Postgres takes no number for it. */
function forDatabase({ booleans }: TableShape, row: Row, sqlite: boolean): Row {
  const out = { ...row };
  for (const column of booleans) {
    const value = row[column];
    if (value !== null) out[column] = sqlite ? Number(value) : Boolean(value);
  }
  return out;
}

/**
 * Count and checksum of a table: SHA-256 of each row, added up modulo 2^256, so that it does not
 * matter how a database sorts.
 */
export async function sumTable(
  db: Knex,
  table: TableShape,
  batch: number = MOST_ROWS,
  onProgress: (progress: MoveProgress) => void = () => undefined,
): Promise<Moved> {
  const total = await countRows(db, table.name);
  let rows = 0;
  let sum = 0n;
  for await (const page of pages(db, table, batch, null)) {
    for (const row of page) {
      const hash = createHash('sha256').update(canonical(table, row)).digest('hex');
      sum = BigInt.asUintN(256, sum + BigInt(`0x${hash}`));
    }
    rows += page.length;
    onProgress({ step: 'checking', table: table.name, rows, total });
  }
  return { table: table.name, rows, checksum: sum.toString(16).padStart(64, '0') };
}

/** A row as a text that is the same from either database. */
function canonical({ columns, booleans }: TableShape, row: Row): string {
  const values = columns.toSorted().map((column) => {
    const value = row[column] ?? null;
    if (value === null || typeof value === 'string') return value;
    if (booleans.has(column)) return Boolean(value);
    // Of 64 bits, the driver of Postgres makes a text.
    return Buffer.isBuffer(value) ? { hex: value.toString('hex') } : String(value);
  });
  return JSON.stringify(values);
}
