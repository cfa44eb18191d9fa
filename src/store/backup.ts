import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, openSync } from 'node:fs';
import { renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Knex } from 'knex';
import { openDatabase } from './db.ts';
import { migrationStatus } from './migrate.ts';
import { readMove } from './move/move-mark.ts';
import { readShape, tableNames } from './move/shape.ts';

/** What a backup proved to hold. */
export interface BackupFacts {
  bytes: number;
  /** The newest migration that it has had, and how many an upgrade would add. */
  schema: string;
  pending: number;
  /** Rows by table, of the tables that it has. */
  rows: Readonly<Record<string, number>>;
  /** When the newest event in the log was, as UTC ISO text; null in an empty log. */
  newestEventAt: string | null;
}

/**
 * Copies a SQLite database into a file while others write to it: what the file holds is one instant
 * of it, whole and without a write-ahead log beside it. The file appears under its name only once it
 * has been read back and found sound, and only this user may read it. Throws an Error with a sentence
 * where it exists already (unless `force`) or cannot be written.
 */
export async function backupSqlite(
  db: Knex,
  file: string,
  { force = false }: { force?: boolean } = {},
): Promise<BackupFacts> {
  if (!force && existsSync(file)) throw new Error(exists(file));
  const partial = join(dirname(resolve(file)), `.${basename(file)}.${process.pid}.partial`);
  try {
    rmSync(partial, { force: true });
    await db.raw('VACUUM INTO ?', [partial]);
    chmodSync(partial, 0o600);
    const facts = await readBackup(partial);
    sync(partial);
    if (force) renameSync(partial, file);
    // Unlike a rename, it fails where somebody else was faster.
    else linkSync(partial, file);
    sync(dirname(resolve(file)));
    return facts;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new Error(exists(file), { cause: error });
    throw error;
  } finally {
    rmSync(partial, { force: true });
  }
}

function exists(file: string): string {
  return `${file} is there already, and a backup overwrites nothing: name another file, or say --force.`;
}

/** What is in the file is on the disk, not only on its way there. */
function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Opens a backup without writing to it and reads all of it: whether its pages and references are
 * sound, whether this version can use its schema, and what it holds. Throws an Error with a sentence
 * where one of these is not so.
 */
export async function readBackup(file: string): Promise<BackupFacts> {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  if (existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0) {
    throw new Error(
      `${file} is a database in use, or a copy of one (there is ${basename(file)}-wal): ` +
        'make a backup of it with earshot backup.',
    );
  }
  const db = await openDatabase(`sqlite:${file}`, { named: 'the backup', readOnly: true });
  try {
    await assertSound(db, file);
    const { done, pending, unknown } = await migrationStatus(db);
    if (unknown.length > 0) {
      throw new Error(
        `${file} is of a newer Earshot (${unknown.join(', ')}): restore it with that version.`,
      );
    }
    const schema = done.at(-1);
    if (schema === undefined) throw new Error(`${file} is a database, but not of an Earshot.`);
    const move = await readMove(db);
    if (move !== null)
      throw new Error(`${file} holds only a part: a move from ${move} was under way.`);
    return {
      ...{ bytes: statSync(file).size, schema, pending: pending.length },
      rows: await countRows(db),
      newestEventAt: await newestEvent(db),
    };
  } finally {
    await db.destroy();
  }
}

/** Throws where the database's own look at itself finds something. */
export async function assertSound(db: Knex, name: string): Promise<void> {
  const checked: { integrity_check: string }[] = await db.raw('PRAGMA integrity_check(5)');
  const faults = checked.map((row) => row.integrity_check).filter((text) => text !== 'ok');
  if (faults.length > 0) {
    throw new Error(`${name} is damaged (${faults.join('; ')}): restore an older backup.`);
  }
  const orphans: { table: string }[] = await db.raw('PRAGMA foreign_key_check');
  if (orphans.length > 0) {
    throw new Error(
      `${name} is damaged: ${orphans.length} rows of ${orphans[0]!.table} refer to nothing.`,
    );
  }
}

async function countRows(db: Knex): Promise<Record<string, number>> {
  const there = await tableNames(db);
  const rows: Record<string, number> = {};
  for (const { name } of await readShape()) {
    if (!there.includes(name)) continue;
    const [row] = await db(name).count({ total: '*' });
    rows[name] = Number(row!['total']);
  }
  return rows;
}

async function newestEvent(db: Knex): Promise<string | null> {
  const row = (await db('events').max({ at: 'at' }).first()) as { at: string | null } | undefined;
  return row?.at ?? null;
}
