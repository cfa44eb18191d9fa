import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import knex, { type Knex } from 'knex';

/** How long a statement waits for another process that holds the SQLite file. */
const BUSY_MILLISECONDS = 5_000;
const POSTGRES_CONNECTIONS = 10;
/** knex prints what it also throws, and lines of its own among ours. */
const SILENT = { warn() {}, error() {}, deprecate() {}, debug() {} };

/**
 * Opens the database that `DATABASE_URL` names: `sqlite:data/earshot.db` (a path, from the working
 * directory or absolute; its folder is made) or `postgres://user:password@host:port/name`. Tries it
 * once. Throws an Error with a sentence for the operator, never with the password.
 */
export async function openDatabase(url: string): Promise<Knex> {
  const path = /^sqlite:(?:\/\/)?(.+)$/u.exec(url)?.[1];
  const isPostgres = /^postgres(?:ql)?:\/\//u.test(url);
  if (path === undefined && !isPostgres) {
    throw new Error(
      'DATABASE_URL names no database that Earshot knows. ' +
        'Set it to sqlite:data/earshot.db or postgres://user:password@host:5432/name.',
    );
  }
  try {
    const db = path === undefined ? openPostgres(url) : openSqlite(path);
    return await tried(db);
  } catch (error) {
    const place = path ?? withoutPassword(url);
    throw new Error(
      `DATABASE_URL: cannot use ${place} (${reason(error)}). ${advice(error, isPostgres)}`,
      { cause: error },
    );
  }
}

export function isSqlite(db: Knex): boolean {
  return db.client.config.client === 'sqlite3';
}

/**
 * Moves all that SQLite still holds in its write-ahead log into the file and empties the log, so
 * that erased text is left in neither. Nothing to do on Postgres.
 */
export async function checkpoint(db: Knex): Promise<void> {
  if (isSqlite(db)) await db.raw('PRAGMA wal_checkpoint(TRUNCATE)');
}

function openSqlite(path: string): Knex {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  return knex({
    client: 'sqlite3',
    connection: { filename: path },
    useNullAsDefault: true,
    log: SILENT,
    // SQLite has one writer anyway; with one connection, nobody in this process waits on a lock.
    pool: {
      min: 1,
      max: 1,
      afterCreate: (connection: SqliteConnection, done: (error: Error | null) => void) =>
        connection.exec(
          `PRAGMA busy_timeout = ${BUSY_MILLISECONDS};
           PRAGMA journal_mode = WAL;
           PRAGMA synchronous = FULL;
           PRAGMA foreign_keys = ON;
           PRAGMA secure_delete = ON;`,
          done,
        ),
    },
  });
}

/** The little of the driver's connection that is used here. */
interface SqliteConnection {
  exec(sql: string, done: (error: Error | null) => void): void;
}

function openPostgres(url: string): Knex {
  return knex({
    client: 'pg',
    connection: { connectionString: url, application_name: 'earshot' },
    pool: { min: 0, max: POSTGRES_CONNECTIONS },
    acquireConnectionTimeout: 10_000,
    log: SILENT,
  });
}

async function tried(db: Knex): Promise<Knex> {
  try {
    // A real read: SQLite opens anything and looks at it only then.
    await db.raw(isSqlite(db) ? 'SELECT count(*) FROM sqlite_master' : 'SELECT 1');
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

function withoutPassword(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed === null ? 'that address' : `postgres://${parsed.host}${parsed.pathname}`;
}

function code(error: unknown): string {
  const { code: value } = error as { code?: unknown };
  return typeof value === 'string' ? value : '';
}

function reason(error: unknown): string {
  return code(error) || (error instanceof Error ? error.message : String(error));
}

function advice(error: unknown, isPostgres: boolean): string {
  switch (code(error)) {
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return 'The file is damaged or not a database: restore a backup, or name another file.';
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return 'Another process holds the file: stop it, then start again.';
    case 'SQLITE_FULL':
    case 'ENOSPC':
      return 'The disk is full: make room, then start again.';
    case 'EACCES':
    case 'EROFS':
    case 'EPERM':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
      return 'Make the file and its folder writable for this user, or name another path.';
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
      return 'Check the host and port, and that Postgres runs there.';
    case '28P01':
    case '28000':
      return 'Check the user and the password.';
    case '3D000':
      return 'Create that database first, or name another.';
    default:
      return isPostgres
        ? 'Check that Postgres runs there and takes this user.'
        : 'Check the path, or name another.';
  }
}
