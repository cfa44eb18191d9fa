import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Knex } from 'knex';
import type { Stores } from '../../src/core/ports.ts';
import { openDatabase } from '../../src/store/db.ts';
import { createStores } from '../../src/store/index.ts';
import { migrateUp } from '../../src/store/migrate.ts';
import { fakeStores } from './fake-stores/index.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface OpenStores {
  stores: Stores;
  db: Knex;
  /** The database file. */
  path: string;
}

/** The real stores on a SQLite file that is gone after the test. */
export async function sqliteStores(t: TestContext): Promise<OpenStores> {
  const path = join(temporaryFolder(t), 'earshot.db');
  const db = await openDatabase(`sqlite:${path}`);
  t.after(() => db.destroy());
  await migrateUp(db);
  return { stores: createStores(db), db, path };
}

/** Empty stores of a kind; those on Postgres are in `postgres.ts`, since they need a server. */
export async function withStores(t: TestContext, kind: 'memory' | 'sqlite'): Promise<Stores> {
  return kind === 'memory' ? fakeStores() : (await sqliteStores(t)).stores;
}
