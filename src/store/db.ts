import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import knex, { type Knex } from 'knex';
import { keepPrepared, type SqliteConnection } from './prepared.ts';

/** How long a statement waits for another process that holds the SQLite file. */
const BUSY_MILLISECONDS = 5_000;
/** And where the answer is wanted whether somebody does. */
const ASKING_MILLISECONDS = 100;
const POSTGRES_CONNECTIONS = 10;
/** How the connections of a running Earshot are called on Postgres. */
const APPLICATION = 'earshot';
/** knex prints what it also throws, and lines of its own among ours. */
const SILENT = { warn() {}, error() {}, deprecate() {}, debug() {} };

export interface OpenOptions {
  /** What the operator called this address; in the sentence of an error. */
  named?: string;
  /**
   * Refuses where another process has the database open. On SQLite it also keeps others out until it
   * is closed; on Postgres it looks once.
   */
  alone?: boolean;
  /** SQLite: the file must be there already, and nobody may write to it meanwhile. */
  readOnly?: boolean;
}

/**
 * Opens the database that `DATABASE_URL` names: `sqlite:data/earshot.db` (a path, from the working
 * directory or absolute; its folder is made) or `postgres://user:password@host:port/name`. Tries it
 * once. Throws an Error with a sentence for the operator, never with the password.
 */
export async function openDatabase(url: string, options: OpenOptions = {}): Promise<Knex> {
  const { named = 'DATABASE_URL' } = options;
  const path = sqlitePath(url);
  const isPostgres = /^postgres(?:ql)?:\/\//u.test(url);
  if (path === null && !isPostgres) {
    throw new Error(
      `${named} names no database that Earshot knows. ` +
        'Set it to sqlite:data/earshot.db or postgres://user:password@host:5432/name.',
    );
  }
  try {
    const db = path === null ? openPostgres(url, options) : openSqlite(path, options);
    return await tried(db, options);
  } catch (error) {
    throw new Error(
      `${named}: cannot use ${nameOf(url)} (${reason(error)}). ${advice(error, isPostgres)}`,
      { cause: error },
    );
  }
}

/** How people may call a database: its path, or its address without the password. */
export function nameOf(url: string): string {
  const path = sqlitePath(url);
  if (path !== null) return path;
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed === null ? 'that address' : `postgres://${parsed.host}${parsed.pathname}`;
}

function sqlitePath(url: string): string | null {
  return /^sqlite:(?:\/\/)?(.+)$/u.exec(url)?.[1] ?? null;
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

function openSqlite(path: string, { alone = false, readOnly = false }: OpenOptions): Knex {
  if (path !== ':memory:' && !readOnly) mkdirSync(dirname(path), { recursive: true });
  const busy = `PRAGMA busy_timeout = ${alone ? ASKING_MILLISECONDS : BUSY_MILLISECONDS};`;
  return knex({
    client: 'sqlite3',
    connection: readOnly
      ? // Immutable: not even the files that SQLite puts beside a database are made.
        { filename: `${pathToFileURL(path).href}?mode=ro&immutable=1`, flags: ['OPEN_URI'] }
      : { filename: path },
    useNullAsDefault: true,
    log: SILENT,
    // SQLite has one writer anyway; with one connection, nobody in this process waits on a lock.
    pool: {
      min: 1,
      max: 1,
      afterCreate(connection: SqliteConnection, done: (error: Error | null) => void) {
        // The copies that undo half a statement are small, and on the disk they cost as much as it.
        const pragmas = readOnly
          ? busy
          : `${alone ? 'PRAGMA locking_mode = EXCLUSIVE;' : ''}
           ${busy}
           PRAGMA journal_mode = WAL;
           PRAGMA synchronous = FULL;
           PRAGMA foreign_keys = ON;
           PRAGMA secure_delete = ON;
           PRAGMA temp_store = MEMORY;`;
        keepPrepared(connection);
        connection.exec(pragmas, (error) => {
          if (error === null) done(null);
          // knex forgets a connection that failed here, and with it the lock that it holds.
          else connection.close(() => done(error));
        });
      },
    },
  });
}

function openPostgres(url: string, { alone = false }: OpenOptions): Knex {
  const name = alone ? `${APPLICATION} alone` : APPLICATION;
  return knex({
    client: 'pg',
    connection: { connectionString: url, application_name: name },
    pool: { min: 0, max: POSTGRES_CONNECTIONS },
    acquireConnectionTimeout: 10_000,
    log: SILENT,
  });
}

async function tried(db: Knex, { alone = false }: OpenOptions): Promise<Knex> {
  try {
    // A real read: SQLite opens anything and looks at it only then.
    await db.raw(isSqlite(db) ? 'SELECT count(*) FROM sqlite_master' : 'SELECT 1');
    if (alone && !isSqlite(db)) await assertNobodyElse(db);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** As far as Postgres tells: of other users' connections it may keep the names to itself. */
async function assertNobodyElse(db: Knex): Promise<void> {
  const [row] = await db('pg_stat_activity')
    .whereRaw('datname = current_database()')
    .whereIn('application_name', [APPLICATION, 'pgboss'])
    .count({ total: '*' });
  if (Number(row!['total']) > 0) {
    throw Object.assign(new Error('in use'), { code: 'IN_USE' });
  }
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
    case 'IN_USE':
      return 'An Earshot is running on it: stop all of them, then try again.';
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
