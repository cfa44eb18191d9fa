import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Knex } from 'knex';
import { openDatabase } from '../../src/store/db.ts';

interface Row {
  id: number;
  name: string;
}

async function opened(t: TestContext): Promise<Knex> {
  const db = await openDatabase('sqlite::memory:');
  t.after(() => db.destroy());
  await db.raw('CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)');
  return db;
}

test('a statement that comes again brings what its own values bring', async (t) => {
  const db = await opened(t);
  for (const name of ['a', 'b', 'c']) assert.deepEqual(await add(db, name), [{ name }]);
  const ids = await Promise.all(['c', 'a', 'b', 'a'].map((name) => idOf(db, name)));
  assert.deepEqual(ids, [3, 1, 2, 1]);
  const changed = await Promise.all([1, 2, 9].map((id) => rename(db, id, `x${id}`)));
  assert.deepEqual(changed, [1, 1, 0]);
});

test('in one transaction the same statement may be asked for several times at once', async (t) => {
  const db = await opened(t);
  await db.transaction(async (trx) => {
    const names = ['a', 'b', 'c', 'd'];
    const added = await Promise.all(names.map((name) => add(trx, name)));
    assert.deepEqual(
      added.flat(),
      names.map((name) => ({ name })),
    );
    const found = await Promise.all(names.map((name) => idOf(trx, name)));
    // Which is first is the driver's affair; each is there once.
    assert.deepEqual(found.sort(), [1, 2, 3, 4]);
  });
});

test('a statement that fails says so each time, leaves nothing, and stops nothing', async (t) => {
  const db = await opened(t);
  await add(db, 'a');
  for (const _ of [1, 2]) {
    const work = db.transaction(async (trx) => {
      await add(trx, 'b');
      await add(trx, 'a');
    });
    await assert.rejects(work, /UNIQUE/);
    await assert.rejects(db.raw('SELECT missing FROM things'), /no such column/);
    const both = [1, 2].map(() => db.raw('SELECT missing FROM nowhere'));
    const ended = await Promise.allSettled(both);
    assert.deepEqual(
      ended.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
  }
  assert.deepEqual(await db<Row>('things').pluck('name'), ['a']);
});

test('a statement sees the columns that a table has now', async (t) => {
  const db = await opened(t);
  await add(db, 'a');
  const all = () => db('things').where({ name: 'a' });
  assert.deepEqual(await all(), [{ id: 1, name: 'a' }]);
  await db.raw('ALTER TABLE things ADD COLUMN size INTEGER DEFAULT 7');
  assert.deepEqual(await all(), [{ id: 1, name: 'a', size: 7 }]);
  await db.raw('DROP TABLE things');
  await assert.rejects(all(), /no such table/);
});

test('more statements than are kept, and long ones, work as any', async (t) => {
  const db = await opened(t);
  const answers = await Promise.all(
    [...Array(200).keys(), ...Array(200).keys()].map((number) => ask(db, `${number}`)),
  );
  assert.deepEqual(answers.slice(0, 200), [...Array(200).keys()]);
  assert.deepEqual(answers.slice(200), answers.slice(0, 200));
  assert.equal(await ask(db, `7${' '.repeat(10_000)}`), 7);
  const much = 'x'.repeat(500_000);
  for (const _ of [1, 2]) assert.equal((await db.raw('SELECT ? AS it', [much]))[0].it, much);
});

async function add(db: Knex, name: string): Promise<unknown> {
  return db<Row>('things').insert({ name }).returning('name');
}

async function idOf(db: Knex, name: string): Promise<number | undefined> {
  return (await db<Row>('things').where({ name }).first())?.id;
}

async function rename(db: Knex, id: number, name: string): Promise<number> {
  return db<Row>('things').where({ id }).update({ name });
}

async function ask(db: Knex, what: string): Promise<number> {
  return ((await db.raw(`SELECT ${what} AS it`)) as { it: number }[])[0]!.it;
}
