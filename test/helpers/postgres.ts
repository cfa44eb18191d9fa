import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Knex } from 'knex';
import { freePort } from './free-port.ts';
import type { Stores } from '../../src/core/ports.ts';
import { openDatabase } from '../../src/store/db.ts';
import { createStores } from '../../src/store/index.ts';
import { migrateUp } from '../../src/store/migrate.ts';
import { sampleId } from './samples.ts';

const PASSWORD = 'only-for-this-test';

export interface Postgres {
  url(database: string): string;
  /** The address of a new and empty database. */
  createDatabase(): Promise<string>;
  /** The real stores on a database with empty tables, the same one for every test of the file. */
  stores(): Promise<{ stores: Stores; db: Knex; url: string }>;
}

/**
 * A real Postgres for one test file; it stops after the file's tests. Where it cannot start, a
 * sentence why comes back, for the tests to be skipped with; under `CI=true` that is an error.
 */
export async function startPostgres(): Promise<Postgres | string> {
  try {
    return await started();
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    const { message } = error as Error;
    const told = /^.*Error: .*$/mu.exec(message)?.[0] ?? message.trim().split('\n')[0];
    return `Postgres does not start here: ${told}`;
  }
}

/**
 * A server of its own, for whoever is no test; `end` stops it and takes everything away. `binaries`:
 * a folder with `initdb` and `postgres`, where it has to be these.
 */
export async function launchPostgres(binaries?: string): Promise<
  Pick<Postgres, 'url' | 'createDatabase'> & {
    /** Stops the server under everybody's hands, and resolves when it takes connections again. */
    restart(): Promise<void>;
    end(): Promise<void>;
  }
> {
  const port = await freePort();
  const server = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      fileURLToPath(new URL('postgres-server.ts', import.meta.url)),
      mkdtempSync(join(tmpdir(), 'earshot-postgres-')),
      String(port),
      PASSWORD,
    ],
    {
      env: { ...process.env, ...(binaries === undefined ? {} : { TEST_POSTGRES: binaries }) },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  await ready(server);
  const url = (database: string) => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`;
  const admin = await openDatabase(url('postgres'));
  return {
    url,
    async createDatabase() {
      const name = sampleId('earshot_');
      await admin.raw(`CREATE DATABASE ${name}`);
      return url(name);
    },
    async restart() {
      const again = once(server.stdout!, 'data');
      server.stdin!.write('restart\n');
      await again;
    },
    async end() {
      await admin.destroy();
      server.stdin!.end();
      await once(server, 'exit');
    },
  };
}

async function started(): Promise<Postgres> {
  const { url, createDatabase, end } = await launchPostgres();
  const shared = await createDatabase();
  const db = await openDatabase(shared);
  await migrateUp(db);
  after(async () => {
    await db.destroy();
    await end();
  });

  return {
    url,
    createDatabase,
    async stores() {
      // Everything belongs to a workspace and goes with it; a new database would take ten times as long.
      await db('workspaces').delete();
      await db('purses').delete();
      return { stores: createStores(db), db, url: shared };
    },
  };
}

async function ready(server: ChildProcess): Promise<void> {
  let errors = '';
  server.stderr!.setEncoding('utf8').on('data', (text: string) => (errors += text));
  await new Promise<void>((resolve, reject) => {
    server.stdout!.once('data', () => resolve());
    server.once('exit', () => reject(new Error(errors)));
  });
}
