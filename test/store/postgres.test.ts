import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { openDatabase } from '../../src/store/db.ts';
import { startPostgres } from '../helpers/postgres.ts';
import { storeContract } from './contract.ts';
import { surviveKills } from './kill.ts';
import { migrationTests } from './migrations.ts';

const postgres = await startPostgres();
if (typeof postgres === 'string') {
  test('Postgres: the contract of the stores', { skip: postgres });
} else {
  storeContract('Postgres', async () => (await postgres.stores()).stores);

  migrationTests('Postgres', async (t) => {
    const db = await openDatabase(await postgres.createDatabase());
    t.after(() => db.destroy());
    return db;
  });

  suite('Postgres: opening and surviving', () => {
    test('a wrong password and a missing database are told with the way out', async () => {
      const right = postgres.url('postgres');
      const wrong = right.replace(/:[^:@]+@/u, ':not-it@');
      await assert.rejects(openDatabase(wrong), /\(28P01\)\. Check the user and the password\.$/u);
      const missing = openDatabase(postgres.url('not_there'));
      await assert.rejects(missing, /not_there \(3D000\)\. Create that database first/u);
    });

    test('a process killed at any statement leaves whole polls and whole changes', async () => {
      const { db, url } = await postgres.stores();
      await surviveKills(db, url);
    });
  });
}
