import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Knex } from 'knex';
import type { SharedWork } from './chores.ts';
import { databaseFile, type Config } from './config.ts';
import type { Shared, Stores } from './core/ports.ts';
import { fingerprintOf, keepSecret } from './secret.ts';
import { createHttp, politePause } from './sources/http.ts';
import { ownPoliteness, sharedPoliteness } from './sources/http/politeness.ts';
import { isSqlite, nameOf, openDatabase } from './store/db.ts';
import { keepFingerprint, readFingerprint } from './store/tables/fingerprints.ts';
import { createStores } from './store/index.ts';
import { createLocks } from './store/locks.ts';
import { migrateUp } from './store/migrate.ts';
import { createPaces } from './store/paces.ts';
import { openStatements } from './store/statements.ts';
import { VERSION } from './version.ts';

export interface Base {
  db: Knex;
  stores: Stores;
  /** What the processes on one Postgres share; null on SQLite, which has one process. */
  shared: SharedWork | null;
  close(): Promise<void>;
}

/** The database, brought to this version's schema. */
export async function openBase(config: Config): Promise<Base> {
  const db = await openDatabase(config.databaseUrl);
  try {
    await migrateUp(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const shared = isSqlite(db) ? null : openShared(db, config.databaseUrl);
  return {
    ...{ db, stores: createStores(db), shared },
    async close() {
      await shared?.close();
      await db.destroy();
    },
  };
}

/** Connects only when it is first used. */
function openShared(db: Knex, url: string): SharedWork & { close(): Promise<void> } {
  const [locks, statements] = [createLocks(url), openStatements(url)];
  return {
    ...{ locks, statements, paces: createPaces(db) },
    async close() {
      await Promise.all([locks.close(), statements.close()]);
    },
  };
}

/** The network door with the settings of this installation; `shared`: with the other processes. */
export function openDoor(
  config: Config,
  ownHosts: readonly string[] = [],
  shared: Shared | null = null,
) {
  return createHttp({
    politeness: shared === null ? ownPoliteness() : sharedPoliteness(shared, politePause),
    contact: config.contact,
    version: VERSION,
    privateHosts: [...config.privateHosts, ...ownHosts],
  });
}

/** Where the secret is kept when the environment names none. */
export function secretFile(config: Config): string {
  return join(dataFolder(config), 'earshot.secret');
}

/** The key of the author hashes, and of what is sealed. */
export function secretOf(config: Config): string {
  return keepSecret(config.secret, secretFile(config));
}

/**
 * The secret of this database. Its first start settles which one that is; a later one with another
 * is refused, with a sentence for the operator: it would take nobody's objection for theirs.
 */
export async function trustedSecret(config: Config, { db }: Pick<Base, 'db'>): Promise<string> {
  const trouble = await secretTrouble(config, db);
  if (trouble !== null) throw new Error(trouble);
  const secret = secretOf(config);
  const own = fingerprintOf(secret);
  // Two that start for the first time at once, each with its own.
  if ((await keepFingerprint(db, own)) !== own) throw new Error(otherSecret(config));
  return secret;
}

/** Why the secret that is set is not that of the database; null: it is, or there was no start yet. */
export async function secretTrouble(config: Config, db: Knex): Promise<string | null> {
  const known = await readFingerprint(db);
  if (known === null) return null;
  const isThere = config.secret !== null || existsSync(secretFile(config));
  return isThere && fingerprintOf(secretOf(config)) === known ? null : otherSecret(config);
}

function otherSecret(config: Config): string {
  const file = secretFile(config);
  const [what, way] =
    config.secret !== null
      ? ['was made with another secret', 'Set the one that it was made with']
      : existsSync(file)
        ? [`was made with another secret than that in ${file}`, 'Bring the right one there']
        : [`was made with a secret that is missing: there is no ${file}`, 'Bring it back'];
  return `EARSHOT_SECRET: ${nameOf(config.databaseUrl)} ${what}. With another one, people who objected would be heard again, and stored tokens cannot be read. ${way}; or, if it is lost or has leaked, accept what that costs, which earshot secret tells beforehand.`;
}

/** The folder of the database file, for what is kept beside it. */
export function dataFolder(config: Config): string {
  const file = databaseFile(config.databaseUrl, process.cwd());
  return file === null ? join(process.cwd(), 'data') : dirname(file);
}
