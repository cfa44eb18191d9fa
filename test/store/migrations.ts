import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import type { Knex } from 'knex';
import { MIGRATIONS } from '../../migrations/index.ts';
import { createStores } from '../../src/store/index.ts';
import { migrateDown, migrateUp, migrationStatus } from '../../src/store/migrate.ts';
import { samplePolicy, sampleRota, sampleSwap } from '../helpers/escalation-samples.ts';
import {
  minutesAfter,
  NOON,
  sampleEvent,
  sampleKeyword,
  sampleMention,
  samplePoll,
} from '../helpers/samples.ts';
import { sampleHeldNote, sampleStorm } from '../helpers/storm-samples.ts';
import { sampleDigest } from '../helpers/digest-samples.ts';
import { furnished, store } from './contract/open.ts';
import { sampleLesson } from '../helpers/lesson-samples.ts';

const COUNT = { keywordId: 'k1', step: 19, posts: 1 };
const NAMES = MIGRATIONS.map(({ name }) => name);
const TABLES = [
  'deliveries',
  'digest_lines',
  'digests',
  'events',
  'held_notes',
  'home_views',
  'installations',
  'keywords',
  'lessons',
  'mentions',
  'policies',
  'postings',
  'praises',
  'rota_swaps',
  'rotas',
  'saved_replies',
  'settings',
  'sources',
  'storms',
  'suppressions',
  'verdict_counts',
  'workspaces',
  'writers',
] as const;

/** What the schema itself must do on each database; `open` gives an empty one without tables. */
export function migrationTests(kind: string, open: (t: TestContext) => Promise<Knex>): void {
  suite(`${kind}: migrations`, () => {
    test('an empty database gets every migration in order, once', async (t) => {
      const db = await open(t);
      assert.deepEqual(await migrationStatus(db), { done: [], pending: NAMES, unknown: [] });
      assert.deepEqual(await migrateUp(db), NAMES);
      assert.deepEqual(await migrateUp(db), []);
      assert.deepEqual(await migrationStatus(db), { done: NAMES, pending: [], unknown: [] });
    });

    test('asking for the status changes nothing', async (t) => {
      const db = await open(t);
      await migrationStatus(db);
      assert.equal(await db.schema.hasTable('knex_migrations'), false);
    });

    test('every table has its workspace', async (t) => {
      const db = await open(t);
      await migrateUp(db);
      for (const table of TABLES) {
        assert.ok(await db.schema.hasColumn(table, 'workspace_id'), table);
      }
    });

    test('the log is append-only in the database itself, until the workspace goes', async (t) => {
      const db = await filled(t, open);
      const refused = { message: /the log is append-only/ };
      await assert.rejects(db('events').update({ actor: 'U9' }), refused);
      await assert.rejects(db('events').delete(), refused);
      await assert.rejects(db('mentions').delete(), refused);
      assert.equal(await db('events').update({ log_ts: '1.1' }), 1);
      await db('workspaces').delete();
      for (const table of TABLES) assert.deepEqual(await db(table), [], table);
    });

    test('the guard of the log lets a name and a note go, and nothing else change', async (t) => {
      const db = await filled(t, open);
      const stores = createStores(db);
      const first = (await db('mentions').first()) as { id: string };
      const mention = (await stores.mentions.find('T1', first.id))!;
      const next = { ...mention, version: mention.version + 1 };
      const to = ['U2', 'S1'];
      const body = { type: 'escalated' as const, level: 1, to, note: 'Ask Kim' };
      const event = sampleEvent(next, { body, actor: 'U1' });
      assert.ok(await stores.mentions.apply(next, [event]));
      const change = (row: object) => db('events').where({ id: event.id }).update(row);
      const json = (to: string[], note: string | null, level = 1) =>
        JSON.stringify({ level, to, note });
      for (const row of [
        { actor: 'U9' },
        { actor: 'system' },
        { at: minutesAfter(9).toISOString() },
        { type: 'claimed' },
        { body: json(['U3', 'S1'], null) },
        { body: json(['somebody'], 'Another note') },
        { body: json(['somebody'], null, 2) },
        { actor: 'somebody', version: 9 },
      ]) {
        await assert.rejects(change(row), /the log is append-only/, JSON.stringify(row));
      }
      const body2 = json(['somebody', 'S1'], null);
      assert.equal(await change({ actor: 'somebody', body: body2, named: false }), 1);
      await assert.rejects(change({ actor: 'U1' }), /the log is append-only/);
      const system = db('events').where({ actor: 'system' });
      await assert.rejects(system.update({ actor: 'somebody' }), /the log is append-only/);
    });

    test('taking back the guard of the log and setting it again keeps every row', async (t) => {
      const db = await filled(t, open);
      const events: unknown = await db('events').orderBy('id');
      const later = NAMES.slice(NAMES.indexOf('002_append_only_log'));
      assert.deepEqual(await migrateDown(db, later.length), later.toReversed());
      assert.equal(await db('events').update({ actor: 'U9' }), 1);
      assert.equal(await db('events').update({ actor: 'system' }), 1);
      assert.deepEqual(await migrateUp(db), later);
      assert.deepEqual(await db('events').orderBy('id'), events);
      await assert.rejects(db('events').update({ actor: 'U9' }), /append-only/);
    });

    test('the budgets of all workspaces become one, and are not more when that is taken back', async (t) => {
      const db = await filled(t, open);
      const later = NAMES.slice(NAMES.indexOf('025_lasting'));
      assert.deepEqual(await migrateDown(db, later.length), later.toReversed());
      const row = { kind: 'x', month: '2026-03', most: 9 };
      assert.deepEqual(await db('budgets').where({ workspace_id: 'T1' }), [
        { workspace_id: 'T1', ...row, used: 1 },
      ]);
      await db('budgets').delete();
      await db('budgets').insert([
        { workspace_id: 'T1', ...row, used: 3 },
        { workspace_id: 'T2', ...row, used: 4 },
        { workspace_id: 'T1', ...row, kind: 'y', month: '2026-02', used: 5 },
        { workspace_id: 'T2', ...row, kind: 'y', month: '2026-03', used: 6 },
      ]);
      assert.deepEqual(await migrateUp(db), later);
      assert.deepEqual(await createStores(db).budgets.list(), [
        { ...row, used: 7 },
        { ...row, kind: 'y', used: 6 },
      ]);
    });

    test('taking back what follows deletions keeps the mentions, and they are looked at anew', async (t) => {
      const db = await filled(t, open);
      const before = (await db('mentions').first()) as Record<string, unknown>;
      const later = NAMES.slice(NAMES.indexOf('003_privacy'));
      assert.deepEqual(await migrateDown(db, later.length), later.toReversed());
      assert.equal(await db.schema.hasColumn('mentions', 'sweep_at'), false);
      assert.equal(await db.schema.hasTable('suppressions'), false);
      assert.deepEqual(await migrateUp(db), later);
      const after = (await db('mentions').first()) as Record<string, unknown>;
      assert.deepEqual(after, { ...before, sweep_at: before['found_at'], look_at: null });
    });

    test('taking back everything leaves no table, and it can begin anew', async (t) => {
      const db = await filled(t, open);
      assert.deepEqual(await migrateDown(db, NAMES.length), NAMES.toReversed());
      for (const table of TABLES) assert.equal(await db.schema.hasTable(table), false, table);
      assert.deepEqual(await migrateUp(db), NAMES);
      for (const table of TABLES) assert.deepEqual(await db(table), [], table);
    });

    test('a database of a newer version is refused with one sentence, untouched', async (t) => {
      const db = await filled(t, open);
      const before = await contents(db);
      const older = MIGRATIONS.slice(0, 1);
      const sentence =
        /^The database is newer than this Earshot: it has had 002_append_only_log, 003_privacy, /;
      await assert.rejects(migrateUp(db, older), { message: sentence });
      await assert.rejects(migrateDown(db, 1, older), { message: sentence });
      assert.deepEqual((await migrationStatus(db, older)).unknown, NAMES.slice(1));
      assert.deepEqual(await contents(db), before);
    });

    test('a migration that fails leaves nothing of itself and no lock', async (t) => {
      const db = await open(t);
      const broken = {
        name: '999_broken',
        async up(trx: Knex) {
          await trx.schema.createTable('half', (table) => table.text('id'));
          throw new Error('the power went');
        },
        async down() {},
      };
      await assert.rejects(migrateUp(db, [...MIGRATIONS, broken]), /the power went/);
      assert.equal(await db.schema.hasTable('half'), false);
      assert.deepEqual(await migrateUp(db), NAMES);
    });

    test('two that migrate at the same moment do it once', async (t) => {
      const db = await open(t);
      const done = await Promise.all([migrateUp(db), migrateUp(db), migrateUp(db)]);
      assert.deepEqual(done.flat(), NAMES);
    });
  });
}

/** A migrated database with a row in every table. */
async function filled(t: TestContext, open: (t: TestContext) => Promise<Knex>): Promise<Knex> {
  const db = await open(t);
  await migrateUp(db);
  const stores = await furnished(async () => createStores(db), t);
  await stores.workspaces.changeSettings('T1', { nudgeMinutes: 5 });
  await stores.keywords.add(sampleKeyword());
  await stores.deliveries.first('T1', 'Ev1', NOON);
  await stores.suppressions.add({
    workspaceId: 'T1',
    sourceKind: null,
    authorHash: 'hash',
    createdBy: 'U1',
    createdAt: NOON,
  });
  await stores.policies.save(samplePolicy());
  const rota = sampleRota();
  await stores.rotas.save(rota);
  await stores.rotas.addSwap('T1', rota.id, sampleSwap());
  await stores.lessons.save(sampleLesson(), 10);
  const mention = sampleMention();
  await store(stores, mention);
  const again = samplePoll((await stores.sources.find('T1', 's1'))!, [], { counts: [COUNT] });
  await stores.sources.commitPoll(again);
  const next = { ...mention, version: 2, status: 'open' as const, openedAt: minutesAfter(1) };
  await stores.mentions.apply(next, [sampleEvent(next)]);
  await stores.digests.add(sampleDigest([mention.id]));
  await stores.storms.add(sampleStorm());
  await stores.heldNotes.save(sampleHeldNote());
  await stores.homeViews.drawn('T1', 'U1', 'state');
  const budget = { kind: 'x', month: '2026-03', most: 9, spare: 0, wanted: 1, least: 1 };
  await stores.budgets.take(budget);
  const installation = { sealedToken: 'sealed', installedAt: NOON };
  await stores.installations.save({ workspaceId: 'T1', ...installation });
  const praise = { channelId: 'C1', ts: '1.1', authorHashes: ['hash'], endsAt: NOON };
  await stores.praises.add({ workspaceId: 'T1', ...praise });
  const reply = { name: 'Outage', text: 'Sorry', createdBy: 'U1', createdAt: NOON };
  await stores.replies.save({ workspaceId: 'T1', ...reply });
  const writing = { mentionId: mention.id, writer: 'U1', until: NOON };
  await stores.writers.save({ workspaceId: 'T1', ...writing });
  await stores.postings.take({ workspaceId: 'T1', key: 'line e1' }, 'one', NOON, NOON);
  for (const table of TABLES) assert.ok((await db(table)).length > 0, table);
  return db;
}

async function contents(db: Knex): Promise<unknown> {
  const tables = [];
  for (const table of TABLES) tables.push([table, await db(table).orderBy('workspace_id')]);
  return tables;
}
