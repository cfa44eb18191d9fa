import assert from 'node:assert/strict';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkpoint, isSqlite, openDatabase } from '../../src/store/db.ts';
import { createStores } from '../../src/store/index.ts';
import { sampleEvent, sampleMention, sampleSource, sampleWorkspace } from '../helpers/samples.ts';
import { sqliteStores, temporaryFolder } from '../helpers/stores.ts';
import { store } from './contract/open.ts';

test('the folders of a SQLite file are made', async (t) => {
  const path = join(temporaryFolder(t), 'a', 'b', 'earshot.db');
  const db = await openDatabase(`sqlite:${path}`);
  t.after(() => db.destroy());
  assert.ok(isSqlite(db));
  assert.ok(existsSync(path));
});

test('every SQLite connection waits for others, keeps foreign keys, and wipes what it deletes', async (t) => {
  const { db } = await sqliteStores(t);
  const pragma = async (name: string) => {
    const [row] = (await db.raw(`PRAGMA ${name}`)) as Record<string, unknown>[];
    return Object.values(row!)[0];
  };
  assert.equal(await pragma('journal_mode'), 'wal');
  assert.equal(await pragma('busy_timeout'), 5000);
  assert.equal(await pragma('foreign_keys'), 1);
  assert.equal(await pragma('secure_delete'), 1);
  assert.equal(await pragma('synchronous'), 2);
});

test('an address that names no database is told what to write instead', async () => {
  for (const url of ['', 'data/earshot.db', 'sqlite:', 'mysql://root:secret@db/x']) {
    await assert.rejects(openDatabase(url), {
      message: /^DATABASE_URL names no database .* sqlite:data\/earshot\.db or postgres:\/\//,
    });
  }
});

test('a file that is no database is told by its path', async (t) => {
  const path = join(temporaryFolder(t), 'notes.txt');
  writeFileSync(path, 'These are notes, and no database at all.\n'.repeat(100));
  await assert.rejects(openDatabase(`sqlite:${path}`), (error: Error) => {
    assert.match(error.message, /^DATABASE_URL: cannot use .*notes\.txt \(SQLITE_NOTADB\)\. /);
    assert.match(error.message, /restore a backup, or name another file\.$/);
    return true;
  });
});

test('a path that leads through a file, or to a folder, is told with the way out', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'file'), '');
  const through = openDatabase(`sqlite:${join(folder, 'file', 'earshot.db')}`);
  await assert.rejects(through, /^Error: DATABASE_URL: cannot use .* name another/);
  const toFolder = openDatabase(`sqlite:${folder}`);
  await assert.rejects(toFolder, /^Error: DATABASE_URL: cannot use .* name another/);
});

test('a Postgres that is not there is told without its password', async () => {
  await assert.rejects(openDatabase('postgres://me:secret@127.0.0.1:1/earshot'), (error: Error) => {
    assert.equal(
      error.message,
      'DATABASE_URL: cannot use postgres://127.0.0.1:1/earshot (ECONNREFUSED). ' +
        'Check the host and port, and that Postgres runs there.',
    );
    return true;
  });
});

test('after a checkpoint the write-ahead log is empty', async (t) => {
  const { db, stores, path } = await sqliteStores(t);
  await stores.workspaces.save(sampleWorkspace());
  assert.ok(statSync(`${path}-wal`).size > 0);
  await checkpoint(db);
  assert.equal(statSync(`${path}-wal`).size, 0);
});

test('two processes on one SQLite file wait for each other, and one claim wins', async (t) => {
  const { db, stores, path } = await sqliteStores(t);
  const otherDb = await openDatabase(`sqlite:${path}`);
  t.after(() => otherDb.destroy());
  const other = createStores(otherDb);
  await stores.workspaces.save(sampleWorkspace());
  await stores.sources.add(sampleSource({ id: 's1', cursor: '0' }));
  for (let round = 0; round < 20; round += 1) {
    const mention = sampleMention();
    await store(stores, mention);
    const answers = await Promise.all(
      [stores, other, stores, other].map(({ mentions }, i) => {
        const next = { ...mention, version: 2, claimedBy: `U${i}` };
        return mentions.apply(next, [sampleEvent(next, { actor: `U${i}` })]);
      }),
    );
    assert.equal(answers.filter(Boolean).length, 1);
  }
  assert.equal(Number((await db('events').count({ total: '*' }))[0]!.total), 20);
});
