import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTogether } from '../../src/store/together.ts';
import { sqliteStores } from '../helpers/stores.ts';

test('work that comes at once shares transactions, and each piece gets its own result', async (t) => {
  const { db } = await sqliteStores(t);
  const together = createTogether(db);
  let commits = 0;
  db.on('query', ({ sql }: { sql: string }) => {
    if (sql.startsWith('COMMIT')) commits += 1;
  });
  await db.schema.createTable('numbers', (table) => table.integer('n'));
  commits = 0;
  const results = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      together(async (trx) => {
        await trx('numbers').insert({ n });
        return n;
      }),
    ),
  );
  assert.deepEqual(
    results,
    Array.from({ length: 50 }, (_, n) => n),
  );
  assert.equal((await db('numbers').select()).length, 50);
  assert.ok(commits <= 3, `${commits} commits`);
});

test('a piece that fails fails alone, and leaves nothing of itself', async (t) => {
  const { db } = await sqliteStores(t);
  const together = createTogether(db);
  await db.schema.createTable('numbers', (table) => table.integer('n'));
  const outcomes = await Promise.allSettled(
    [1, 2, 3].map((n) =>
      together(async (trx) => {
        await trx('numbers').insert({ n });
        if (n === 2) throw new Error('two');
      }),
    ),
  );
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  const rows: { n: number }[] = await db('numbers').select('n').orderBy('n');
  assert.deepEqual(
    rows.map(({ n }) => n),
    [1, 3],
  );
});
