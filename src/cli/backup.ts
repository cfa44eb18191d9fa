import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { secretFile } from '../base.ts';
import { databaseFile, type Config } from '../config.ts';
import { backupSqlite, readBackup, type BackupFacts } from '../store/backup.ts';
import { nameOf, openDatabase } from '../store/db.ts';
import { CommandError, message, result } from './io.ts';

/** `earshot backup FILE`: a copy of the database as it is at one instant, while Earshot runs. */
export async function backup(
  config: Config,
  file: string,
  { force = false, json = false }: { force?: boolean; json?: boolean },
): Promise<void> {
  const source = databaseFile(config.databaseUrl, process.cwd());
  if (source === null) return dumpPostgres(config.databaseUrl, file, force);
  if (!existsSync(source)) throw new CommandError(`There is no database ${source} to back up.`);
  if (resolve(file) === source) throw new CommandError('That is the database itself.', 2);
  const db = await openDatabase(config.databaseUrl);
  let facts: BackupFacts;
  try {
    facts = await backupSqlite(db, file, { force });
  } finally {
    await db.destroy();
  }
  await result(json ? JSON.stringify({ file: resolve(file), ...facts }) : describe(file, facts));
  tellSecret(config);
}

/** `earshot doctor --backup FILE`: proves that a backup can be restored, and says how. */
export async function checkBackup(file: string, databaseUrl: string | null): Promise<string[]> {
  if (isDump(file)) return checkDump(file);
  const facts = await readBackup(file);
  const target =
    (databaseUrl === null ? null : databaseFile(databaseUrl, process.cwd())) ?? 'data/earshot.db';
  return [
    describe(file, facts),
    ...(facts.pending > 0
      ? [`Its schema is older by ${facts.pending} migrations; the start brings it up to date.`]
      : []),
    `Restore it with Earshot stopped: rm -f ${target} ${target}-wal ${target}-shm && cp ${file} ${target}`,
  ];
}

function describe(file: string, { bytes, schema, rows, newestEventAt }: BackupFacts): string {
  const megabytes = (bytes / 2 ** 20).toFixed(1);
  const newest = newestEventAt === null ? 'no event yet' : `newest event ${newestEventAt}`;
  return (
    `${file}: sound, ${megabytes} MB, schema ${schema}, ` +
    `${rows['workspaces'] ?? 0} workspaces, ${rows['mentions'] ?? 0} mentions, ` +
    `${rows['events'] ?? 0} events, ${newest}`
  );
}

function tellSecret(config: Config): void {
  const key = config.secret === null ? secretFile(config) : 'EARSHOT_SECRET';
  message(`Keep ${key} as well, apart from it: without it, objections mean nothing.`);
  message('A backup holds what is erased later: keep none for more than 14 days.');
}

/** `pg_dump` knows best how to; the password goes by the environment, where `ps` shows it to nobody. */
async function dumpPostgres(url: string, file: string, force: boolean): Promise<void> {
  const command = `pg_dump --format=custom --no-owner --file=${file} ${nameOf(url)}`;
  if (!force && existsSync(file)) {
    throw new CommandError(
      `${file} is there already, and a backup overwrites nothing: name another file, or say --force.`,
    );
  }
  const partial = `${file}.${process.pid}.partial`;
  try {
    const { code, errors } = await run('pg_dump', [...DUMP, `--file=${partial}`], url);
    if (code === null) {
      throw new CommandError(
        `pg_dump is not installed here. Where it is: ${command} (with the password in PGPASSWORD).`,
      );
    }
    if (code !== 0) throw new CommandError(`${command} failed: ${errors}`);
    const [line = ''] = await checkDump(partial);
    renameSync(partial, file);
    await result(line.replace(partial, file));
  } finally {
    rmSync(partial, { force: true });
  }
}

const DUMP = ['--format=custom', '--no-owner', '--exclude-schema=pgboss'];

/** Every file of `pg_dump --format=custom` begins so. */
function isDump(file: string): boolean {
  if (!existsSync(file)) return false;
  const handle = openSync(file, 'r');
  try {
    const head = Buffer.alloc(5);
    readSync(handle, head, 0, 5, 0);
    return head.toString() === 'PGDMP';
  } finally {
    closeSync(handle);
  }
}

async function checkDump(file: string): Promise<string[]> {
  const { code, output, errors } = await run('pg_restore', ['--list', file], null);
  if (code === null)
    throw new CommandError('pg_restore is not installed here: it reads this file.');
  if (code !== 0) throw new CommandError(`${file} cannot be read: ${errors}`);
  const tables = output.split('\n').filter((line) => line.includes('TABLE DATA'));
  for (const table of ['workspaces', 'mentions', 'events']) {
    if (!tables.some((line) => line.includes(` ${table} `))) {
      throw new CommandError(`${file} holds no table ${table}: it is not of an Earshot.`);
    }
  }
  return [
    `${file}: readable, the data of ${tables.length} tables`,
    `To prove it, restore it into an empty database and look there: createdb earshot_proof && ` +
      `pg_restore --no-owner --dbname=earshot_proof ${file}, then earshot doctor with that DATABASE_URL.`,
  ];
}

interface Ran {
  /** Null: there is no such program. */
  code: number | null;
  output: string;
  errors: string;
}

function run(program: string, args: readonly string[], url: string | null): Promise<Ran> {
  const env = url === null ? process.env : { ...process.env, ...connection(url) };
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  return new Promise((done) => {
    child.once('error', () => done({ code: null, output, errors }));
    child.once('close', (code) => done({ code: code ?? 1, output, errors: errors.trim() }));
  });
}

/** As libpq reads it from its environment. */
function connection(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  return {
    PGHOST: decodeURIComponent(hostname),
    PGPORT: port || '5432',
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    PGSSLMODE: searchParams.get('sslmode') ?? 'prefer',
  };
}
