import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { MIGRATIONS } from '../../migrations/index.ts';
import { readConfig } from '../../src/config.ts';
import { startEarshot } from '../../src/main.ts';
import { backupSqlite, readBackup } from '../../src/store/backup.ts';
import { openDatabase } from '../../src/store/db.ts';
import { createStores } from '../../src/store/index.ts';
import { migrateUp } from '../../src/store/migrate.ts';
import { sumTable } from '../../src/store/move/move.ts';
import { fillEveryTable } from '../helpers/filled.ts';
import {
  sampleEvent,
  sampleKeyword,
  sampleMention,
  sampleSource,
  sampleWorkspace,
} from '../helpers/samples.ts';
import { CHANNEL, slackStandin, TEAM } from '../helpers/slack-standin.ts';
import { sqliteStores, temporaryFolder } from '../helpers/stores.ts';
import { store } from './contract/open.ts';

const WRITER = ['--import', 'tsx', fileURLToPath(new URL('killed-writer.ts', import.meta.url))];

test('a backup holds every row of every table, for this user alone, and nothing is left beside it', async (t) => {
  const { db } = await sqliteStores(t);
  const tables = await fillEveryTable(db, 5);
  const file = join(temporaryFolder(t), 'copy.db');
  const facts = await backupSqlite(db, file);
  assert.deepEqual(readdirSync(dirname(file)), ['copy.db']);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(await readBackup(file), facts);
  assert.equal(facts.schema, MIGRATIONS.at(-1)!.name);
  const copy = await openDatabase(`sqlite:${file}`);
  t.after(() => copy.destroy());
  for (const table of tables) {
    const sum = await sumTable(db, table);
    assert.deepEqual(await sumTable(copy, table), sum);
    assert.equal(facts.rows[table.name], sum.rows);
  }
});

test('taken while a process writes, it is one instant of it: whole polls and whole changes', async (t) => {
  const { db, path } = await sqliteStores(t);
  const stores = createStores(db);
  await stores.workspaces.save(sampleWorkspace());
  await stores.sources.add(sampleSource({ id: 's1', cursor: '0' }));
  const writer = spawn(process.execPath, [...WRITER, `sqlite:${path}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(writer, 'exit');
  let statements = 0;
  let enough = () => {};
  writer.stdout.on('data', (dots: Buffer) => {
    statements += dots.length;
    enough();
  });
  const folder = temporaryFolder(t);
  for (const round of [1, 2, 3]) {
    // The writer is in the midst of it, and gets on between two backups.
    const until = statements + 30;
    await new Promise<void>((resolve) => (enough = () => statements >= until && resolve()));
    const file = join(folder, `${round}.db`);
    const facts = await backupSqlite(db, file);
    const copy = await openDatabase(`sqlite:${file}`);
    const there = createStores(copy);
    const cursor = Number((await there.sources.find('T1', 's1'))!.cursor);
    assert.equal(facts.rows['mentions'], cursor);
    for (const mention of await there.mentions.list('T1', {})) {
      const events = await there.mentions.events('T1', mention.id);
      assert.equal(events.length, mention.version - 1);
    }
    await copy.destroy();
  }
  writer.kill('SIGKILL');
  await gone;
});

test('nothing is overwritten unless it is asked for', async (t) => {
  const { db } = await sqliteStores(t);
  const file = join(temporaryFolder(t), 'copy.db');
  writeFileSync(file, 'something else');
  await assert.rejects(backupSqlite(db, file), /copy\.db is there already.*--force/u);
  assert.equal(readFileSync(file, 'utf8'), 'something else');
  await backupSqlite(db, file, { force: true });
  assert.equal((await readBackup(file)).pending, 0);
});

test('a backup that cannot be written leaves nothing, not even a part', async (t) => {
  const { db } = await sqliteStores(t);
  const folder = temporaryFolder(t);
  await assert.rejects(backupSqlite(db, join(folder, 'missing', 'copy.db')));
  assert.deepEqual(readdirSync(folder), []);
});

test('what is no backup of ours is told for what it is', async (t) => {
  const { db } = await sqliteStores(t);
  await fillEveryTable(db, 300);
  const folder = temporaryFolder(t);
  const file = (name: string) => join(folder, name);
  await backupSqlite(db, file('good.db'));

  await assert.rejects(readBackup(file('none.db')), /There is no file/u);
  assert.equal(existsSync(file('none.db')), false, 'looking makes no file');
  writeFileSync(file('notes.txt'), 'These are notes, and no database at all.\n'.repeat(100));
  await assert.rejects(readBackup(file('notes.txt')), /SQLITE_NOTADB.*restore a backup/u);

  copyFileSync(file('good.db'), file('cut.db'));
  const bytes = readFileSync(file('good.db'));
  // A hole in the midst, as a bad disk makes one.
  bytes.fill(0x5a, bytes.length / 2, bytes.length / 2 + 40_000);
  writeFileSync(file('cut.db'), bytes);
  await assert.rejects(readBackup(file('cut.db')), /damaged|SQLITE_CORRUPT/u);

  const newer = await openDatabase(`sqlite:${file('newer.db')}`);
  const future = { name: '999_future', up: async () => undefined, down: async () => undefined };
  await migrateUp(newer, [...MIGRATIONS, future]);
  await newer.destroy();
  await assert.rejects(readBackup(file('newer.db')), /newer Earshot \(999_future\)/u);

  const other = await openDatabase(`sqlite:${file('other.db')}`);
  await other.schema.createTable('invoices', (table) => table.text('id'));
  await other.destroy();
  await assert.rejects(readBackup(file('other.db')), /not of an Earshot/u);
});

test('looking at a backup changes nothing of it, even where it may not be written', async (t) => {
  const { db } = await sqliteStores(t);
  const folder = temporaryFolder(t);
  const file = join(folder, 'copy.db');
  await backupSqlite(db, file);
  chmodSync(file, 0o400);
  const before = readFileSync(file);
  await readBackup(file);
  assert.deepEqual(readFileSync(file), before);
  assert.deepEqual(readdirSync(folder), ['copy.db']);
});

test('after a restore, what had been kept long enough goes before anything is shown', async (t) => {
  const folder = temporaryFolder(t);
  const secretText = 'Third visit cancelled, sample text that was to be gone by now.';
  const { db, stores } = await sqliteStores(t);
  await stores.workspaces.save(sampleWorkspace({ id: TEAM }));
  await stores.workspaces.changeSettings(TEAM, { channelId: CHANNEL });
  await stores.keywords.add(sampleKeyword({ id: 'k1', workspaceId: TEAM }));
  await stores.sources.add(
    sampleSource({ id: 's1', workspaceId: TEAM, cursor: '0', paused: true }),
  );
  const long = new Date(Date.now() - 100 * 24 * 3600 * 1000);
  const old = { workspaceId: TEAM, text: secretText, title: secretText, foundAt: long };
  // One whose card shows too little, one that waits for its card, one in the digest.
  const open = sampleMention(old);
  const waiting = sampleMention(old);
  const quiet = sampleMention({ ...old, status: 'quiet' });
  await store(stores, open, waiting, quiet);
  const next = { ...open, version: 2, status: 'open' as const, openedAt: long, channelId: CHANNEL };
  await stores.mentions.apply(next, [sampleEvent(next, { at: long })]);
  await stores.mentions.recordCard(TEAM, open.id, { channelId: CHANNEL, ts: '1.1', version: 1 });
  await backupSqlite(db, join(folder, 'earshot.db'));

  const slack = await slackStandin(t);
  const outcome = readConfig({
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_APP_TOKEN: 'xapp-test',
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: `sqlite:${join(folder, 'earshot.db')}`,
    PORT: '0',
    LOG_LEVEL: 'silent',
  });
  assert.ok(outcome.ok);
  const quick = { calls: 1000, perMs: 1 };
  const earshot = await startEarshot(outcome.config, { paces: { post: quick, update: quick } });
  const restored = await openDatabase(outcome.config.databaseUrl);
  const there = createStores(restored).mentions;
  for (const { id } of [open, waiting, quiet]) {
    const mention = await there.find(TEAM, id);
    assert.equal(mention?.status, 'expired');
    assert.equal(mention.text, null);
  }
  await slack.until(
    'the old card is told',
    () => slack.of('chat.update').some(({ args }) => args['ts'] === '1.1'),
    60,
  );
  await earshot.stop();
  await restored.destroy();
  assert.doesNotMatch(JSON.stringify(slack.calls), /Third visit/u);
});
