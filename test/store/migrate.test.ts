import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from '../../bin/build.js';
import { MIGRATIONS, type Migration } from '../../migrations/index.ts';
import { openDatabase } from '../../src/store/db.ts';
import { migrateUp, migrationStatus } from '../../src/store/migrate.ts';
import { sqliteStores, temporaryFolder } from '../helpers/stores.ts';
import { migrationTests } from './migrations.ts';

migrationTests('SQLite', async (t) => {
  const db = await openDatabase(`sqlite:${join(temporaryFolder(t), 'earshot.db')}`);
  t.after(() => db.destroy());
  return db;
});

test('compiled to JavaScript, the migrations have the same names, and nothing is run again', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  await build(folder, ['migrations']);
  const compiled = (await import(pathToFileURL(join(folder, 'migrations/index.js')).href)) as {
    MIGRATIONS: Migration[];
  };
  const names = MIGRATIONS.map(({ name }) => name);
  assert.deepEqual(
    compiled.MIGRATIONS.map(({ name }) => name),
    names,
  );
  const { db } = await sqliteStores(t);
  assert.deepEqual(await migrateUp(db, compiled.MIGRATIONS), []);
  const status = await migrationStatus(db, compiled.MIGRATIONS);
  assert.deepEqual(status, { done: names, pending: [], unknown: [] });
});
