import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
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
  const root = process.cwd();
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.build.json'),
      compilerOptions: {
        outDir: join(folder, 'dist'),
        rootDir: root,
        typeRoots: [join(root, 'node_modules/@types')],
      },
      include: [],
      files: [join(root, 'migrations/index.ts')],
    }),
  );
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const run = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stdout);
  const compiled = (await import(pathToFileURL(join(folder, 'dist/migrations/index.js')).href)) as {
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
