import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import type { Knex } from 'knex';
import { MIGRATIONS } from '../../migrations/index.ts';
import { openDatabase } from '../../src/store/db.ts';
import { createStores } from '../../src/store/index.ts';
import { migrateDown, migrateUp } from '../../src/store/migrate.ts';
import { readShape, type TableShape } from '../../src/store/move/shape.ts';
import { startPostgres } from '../helpers/postgres.ts';
import { temporaryFolder } from '../helpers/stores.ts';

/** Every version that is out, and the last migration that it brought. Only ever appended to. */
const RELEASES = [{ version: '0.1.0', last: '010_writers' }] as const;
/** A line a landed migration: SHA-256 of its file, and its name (`sha256sum` writes it alike). */
const LANDED = 'test/fixtures/migrations.txt';

const NAMES = MIGRATIONS.map(({ name }) => name);

function upTo(last: string) {
  return MIGRATIONS.slice(0, NAMES.indexOf(last) + 1);
}

test('no migration that has landed is edited', () => {
  const lines = readFileSync(LANDED, 'utf8').trim().split('\n');
  const landed = new Map(lines.map((line) => line.split('  ').reverse() as [string, string]));
  const out = NAMES.slice(0, NAMES.indexOf(RELEASES.at(-1)!.last) + 1);
  for (const name of out) assert.ok(landed.has(name), `${LANDED} lacks a line for ${name}`);
  for (const [name, was] of landed) {
    const file = readFileSync(join('migrations', `${name}.ts`));
    const hash = createHash('sha256').update(file).digest('hex');
    assert.equal(hash, was, `${name} was edited: databases have had it. Write a new migration.`);
  }
});

test('every version that is out has a database of its own to come from', () => {
  const files = RELEASES.map(({ version }) => `${version}.sql`);
  assert.deepEqual(readdirSync('test/fixtures/releases').sort(), files);
  for (const { last } of RELEASES) assert.ok(NAMES.includes(last), last);
});

/** What was dumped from a database that the release itself had filled, in a SQLite file. */
async function released(t: TestContext, version: string): Promise<Knex> {
  const db = await openDatabase(`sqlite:${join(temporaryFolder(t), `${version}.db`)}`);
  t.after(() => db.destroy());
  const dump = readFileSync(`test/fixtures/releases/${version}.sql`, 'utf8');
  const connection = (await db.client.acquireConnection()) as {
    exec(sql: string, done: (error: Error | null) => void): void;
  };
  await new Promise<void>((resolve, reject) =>
    connection.exec(`${dump};PRAGMA foreign_keys = ON;`, (error) =>
      error ? reject(error) : resolve(),
    ),
  );
  await db.client.releaseConnection(connection);
  return db;
}

type Rows = Record<string, Record<string, unknown>[]>;

/** All rows of the tables that a release knows, in the columns that it knows. */
async function contents(db: Knex, shape: readonly TableShape[]): Promise<Rows> {
  const rows: Rows = {};
  for (const { name, columns, booleans } of shape) {
    const found = (await db(name).select(columns)) as Record<string, unknown>[];
    const plain = found.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => [
          column,
          booleans.has(column) ? Number(value) : value,
        ]),
      ),
    );
    rows[name] = plain.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  return rows;
}

async function assertReadable(db: Knex): Promise<void> {
  const stores = createStores(db);
  const workspaces = await stores.workspaces.list();
  assert.deepEqual(
    workspaces.map(({ id }) => id),
    ['T1', 'T2'],
  );
  const settings = await stores.workspaces.settings('T1');
  assert.equal(settings.channelId, 'C1');
  assert.equal(settings.retentionDays, 20);
  const mentions = await stores.mentions.list('T1', {});
  for (const { id, status, text } of mentions) {
    assert.equal(`m-${status}`, id);
    assert.equal(text === null, status === 'withdrawn', id);
    const events = await stores.mentions.events('T1', id);
    assert.equal(events.length, (await stores.mentions.find('T1', id))!.version - 1, id);
  }
  assert.equal(mentions.length, 7);
  assert.equal((await stores.keywords.list('T1'))[0]?.id, 'k1');
  assert.equal((await stores.sources.list('T1'))[0]?.id, 's1');
  assert.equal((await stores.policies.list('T1')).length, 1);
  assert.equal((await stores.rotas.list('T1')).length, 1);
  assert.deepEqual(await stores.suppressions.among('T1', ['hash']), new Set(['hash']));
}

function upgradeTests(
  kind: string,
  open: (t: TestContext, version: string, last: string) => Promise<Knex>,
): void {
  suite(`${kind}: from version to version`, () => {
    for (const { version, last } of RELEASES) {
      test(`what ${version} wrote is all there after the upgrade, and can be read`, async (t) => {
        const db = await open(t, version, last);
        const shape = await readShape(upTo(last));
        const before = await contents(db, shape);
        assert.ok(shape.every(({ name }) => before[name]!.length > 0));
        assert.deepEqual(await migrateUp(db), NAMES.slice(NAMES.indexOf(last) + 1));
        assert.deepEqual(await contents(db, shape), before);
        await assertReadable(db);
      });

      test(`back to ${version}: what it wrote is still there, in the tables that it knows`, async (t) => {
        const db = await open(t, version, last);
        const shape = await readShape(upTo(last));
        const before = await contents(db, shape);
        const newer = await migrateUp(db);
        assert.deepEqual(await migrateDown(db, newer.length), newer.toReversed());
        assert.deepEqual(await contents(db, shape), before);
        assert.deepEqual(await migrateUp(db, upTo(last)), [], 'it starts on it');
      });
    }
  });
}

upgradeTests('SQLite', released);

test('going back leaves the very schema that the version made', async (t) => {
  for (const { version, last } of RELEASES) {
    const db = await released(t, version);
    const newer = await migrateUp(db);
    await migrateDown(db, newer.length);
    const fresh = await openDatabase('sqlite::memory:');
    await migrateUp(fresh, upTo(last));
    assert.deepEqual(await schemaOf(db), await schemaOf(fresh));
    await fresh.destroy();
  }
});

/** Tables with their columns, and indexes and triggers by name. */
async function schemaOf(db: Knex): Promise<Record<string, unknown>> {
  const all: { type: string; name: string }[] = await db.raw(
    `SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name`,
  );
  const schema: Record<string, unknown> = {};
  for (const { type, name } of all) {
    schema[`${type} ${name}`] =
      type === 'table'
        ? await db.raw(`SELECT name, type, pk FROM pragma_table_info('${name}')`)
        : 1;
  }
  return schema;
}

const postgres = await startPostgres();
if (typeof postgres === 'string') {
  test('Postgres: from version to version', { skip: postgres });
} else {
  upgradeTests('Postgres', async (t, version, last) => {
    const db = await openDatabase(await postgres.createDatabase());
    t.after(() => db.destroy());
    await migrateUp(db, upTo(last));
    const sqlite = await released(t, version);
    for (const { name, booleans } of await readShape(upTo(last))) {
      for (const row of (await sqlite(name)) as Record<string, unknown>[]) {
        for (const column of booleans) row[column] = Boolean(row[column]);
        await db(name).insert(row);
      }
    }
    return db;
  });
}
