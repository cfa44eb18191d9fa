import { dirname, join } from 'node:path';
import type { Knex } from 'knex';
import { databaseFile, type Config } from './config.ts';
import type { Stores } from './core/ports.ts';
import { createHttp } from './sources/http.ts';
import { openDatabase } from './store/db.ts';
import { createStores } from './store/index.ts';
import { migrateUp } from './store/migrate.ts';
import { VERSION } from './version.ts';

export interface Base {
  db: Knex;
  stores: Stores;
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
  return { db, stores: createStores(db), close: () => db.destroy() };
}

/** The network door with the settings of this installation. */
export function openDoor(config: Config, ownHosts: readonly string[] = []) {
  return createHttp({
    contact: config.contact,
    version: VERSION,
    privateHosts: [...config.privateHosts, ...ownHosts],
  });
}

/** The folder of the database file, for what is kept beside it. */
export function dataFolder(config: Config): string {
  const file = databaseFile(config.databaseUrl, process.cwd());
  return file === null ? join(process.cwd(), 'data') : dirname(file);
}
