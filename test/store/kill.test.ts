import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqliteStores } from '../helpers/stores.ts';
import { surviveKills } from './kill.ts';

test('a process killed at any statement leaves whole polls and whole changes on SQLite', async (t) => {
  const { db, path } = await sqliteStores(t);
  await surviveKills(db, `sqlite:${path}`);
  assert.deepEqual(await db.raw('PRAGMA integrity_check'), [{ integrity_check: 'ok' }]);
});
