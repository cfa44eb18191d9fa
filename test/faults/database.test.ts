import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Knex } from 'knex';
import { readConfig } from '../../src/config.ts';
import { drain } from '../../src/flows/tell/outbox.ts';
import { pollSource } from '../../src/flows/hear/poll.ts';
import { createLog } from '../../src/log.ts';
import { startEarshot } from '../../src/main.ts';
import { checkpoint } from '../../src/store/db.ts';
import { createTrouble, databaseTrouble } from '../../src/store/trouble.ts';
import { eventually } from '../helpers/eventually.ts';
import { world } from '../helpers/flows.ts';
import { pollDeps } from '../helpers/poll-deps.ts';
import { fakePlace } from '../helpers/place.ts';
import { minutesAfter, sampleKeyword, sampleSource, sampleWorkspace } from '../helpers/samples.ts';
import { sqliteStores, temporaryFolder } from '../helpers/stores.ts';

/** A house on a database of its own, with its connection at hand, after its silent baseline. */
async function house(t: TestContext) {
  const base = await world(t);
  const { stores, db, path } = await sqliteStores(t);
  await stores.workspaces.save(sampleWorkspace());
  await stores.workspaces.changeSettings(base.workspaceId, { channelId: 'C1', stormFrom: 1000 });
  await stores.keywords.add(sampleKeyword());
  const source = sampleSource();
  await stores.sources.add(source);
  const it = { ...base, stores };
  const place = fakePlace();
  const deps = pollDeps(it, [place.source]);
  const poll = () => pollSource(deps, it.workspaceId, source.id);
  await poll();
  return {
    ...{ it, db, path, place, poll },
    cursor: async () => (await stores.sources.find(it.workspaceId, source.id))?.cursor,
    stored: () => stores.mentions.count(it.workspaceId, {}),
  };
}

function complaints(place: ReturnType<typeof fakePlace>, count: number): void {
  for (let number = 1; number <= count; number += 1) {
    place.posts.push({
      ...{ externalId: `p${number}`, url: null, author: null, title: null, editedAt: null },
      text: `Acme Broadband is down again, nobody answers, this is awful. ${'Sample. '.repeat(200)}${number}`,
      ...{ publishedAt: minutesAfter(-1), language: 'en' },
    });
  }
}

async function troubleOf(work: Promise<unknown>): Promise<string | null> {
  const error = await work.then(
    () => assert.fail('it was to fail'),
    (thrown: unknown) => thrown,
  );
  return databaseTrouble(error);
}

test('a full disk is told in words, loses nothing, and is gone on with once there is room', async (t) => {
  const { it, db, place, poll, cursor, stored } = await house(t);
  const [{ page_count: pages }] = (await db.raw('PRAGMA page_count')) as [{ page_count: number }];
  await db.raw(`PRAGMA max_page_count = ${pages + 2}`);
  complaints(place, 60);
  const before = await cursor();
  for (let round = 0; round < 2; round += 1) {
    assert.match((await troubleOf(poll())) ?? '', /disk is full\. Make room/u);
  }
  assert.deepEqual([await cursor(), await stored()], [before, 0]);
  await drain(it, it.workspaceId);
  assert.equal(it.channel.cards.size, 0);
  await db.raw('PRAGMA max_page_count = 1000000');
  await poll();
  assert.equal(await stored(), 60);
  await drain(it, it.workspaceId);
  assert.equal(it.channel.cards.size, 60);
});

const HOLD = `
  const { Database } = require('sqlite3');
  const db = new Database(process.argv[1]);
  db.exec('PRAGMA busy_timeout = 5000; ' + process.argv[2], (error) => {
    console.log(error ? error.message : 'held');
    process.stdin.on('end', () => process.exit(0)).resume();
  });`;

/** Another process holds the database until it is let go. */
async function holder(t: TestContext, path: string, how: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['-e', HOLD, path, how], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  assert.equal(String(said).trim(), 'held');
  return async () => {
    const gone = once(child, 'exit');
    child.stdin.end();
    await gone;
  };
}

async function impatient(db: Knex): Promise<void> {
  await db.raw('PRAGMA busy_timeout = 50');
}

test('a database that another process writes to for long is waited for, and nothing is lost', async (t) => {
  const { db, path, place, poll, stored } = await house(t);
  await impatient(db);
  const letGo = await holder(t, path, 'BEGIN IMMEDIATE');
  complaints(place, 3);
  assert.match((await troubleOf(poll())) ?? '', /Another process holds the database/u);
  assert.equal(await stored(), 0);
  await letGo();
  await poll();
  assert.equal(await stored(), 3);
});

/** Runs a command of Earshot's on a database. */
function command(t: TestContext, path: string, ...words: string[]) {
  const env = { ...process.env, DATABASE_URL: `sqlite:${path}`, LOG_LEVEL: 'silent' };
  const script = [
    '--import',
    import.meta.resolve('tsx'),
    join(import.meta.dirname, '../../src/cli.ts'),
  ];
  return spawnSync(process.execPath, [...script, ...words], {
    ...{ env: { ...env, PORT: '0' }, cwd: temporaryFolder(t), encoding: 'utf8', timeout: 120_000 },
  });
}

test('a start on a file that another process keeps for itself is refused with a sentence', async (t) => {
  const { db, path } = await house(t);
  await db.destroy();
  const letGo = await holder(t, path, 'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  const { status, stderr } = command(t, path, 'start');
  assert.equal(status, 1, stderr);
  assert.match(stderr, /earshot\.db .*Another process holds the file: stop it, then start again/u);
  await letGo();
});

test('a damaged file is refused with its name and the ways out, and is left as it is', async (t) => {
  // Its first page, all but that, and the latter half of it, of which nothing is read to open it.
  for (const part of ['head', 'body', 'tables'] as const) {
    const { db, path } = await house(t);
    await checkpoint(db);
    await db.destroy();
    const from = { head: 0, body: 4096, tables: Math.floor(statSync(path).size / 8192) * 4096 }[
      part
    ];
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(statSync(path).size - from, 'garbage '), 0, undefined, from);
    const damaged = readFileSync(path);
    const config = readConfig({ DATABASE_URL: `sqlite:${path}`, PORT: '0', LOG_LEVEL: 'silent' });
    assert.ok(config.ok);
    await assert.rejects(startEarshot(config.config), ({ message }: Error) => {
      assert.match(message, /damaged.*restore a backup/u, part);
      return message.includes(path);
    });
    assert.deepEqual(readFileSync(path), damaged);
  }
});

test('the log says what to do about the database, and not what authors wrote', async (t) => {
  const file = join(temporaryFolder(t), 'log');
  const trouble = createTrouble(() => minutesAfter(0));
  const log = createLog('info', file, trouble.see);
  assert.equal(trouble.lately(), null);
  const said =
    "insert into `mentions` (`text`) values ('what an author - wrote') - SQLITE_FULL: full";
  log.error({ err: Object.assign(new Error(said), { code: 'SQLITE_FULL' }) }, 'a poll broke');
  await eventually(
    'the line is written',
    () => existsSync(file) && readFileSync(file, 'utf8').includes('a poll broke'),
  );
  const line = readFileSync(file, 'utf8');
  assert.match(line, /"message":"SQLITE_FULL: full"/u);
  assert.match(line, /"advice":"The disk is full\. Make room/u);
  assert.doesNotMatch(line, /author/u);
  assert.match(trouble.lately() ?? '', /disk is full/u);
});
