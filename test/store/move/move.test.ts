import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Knex } from 'knex';
import { MIGRATIONS } from '../../../migrations/index.ts';
import { nameOf, openDatabase } from '../../../src/store/db.ts';
import { migrateUp } from '../../../src/store/migrate.ts';
import {
  moveDatabase,
  sumTable,
  type Moved,
  type MoveProgress,
} from '../../../src/store/move/move.ts';
import { readShape } from '../../../src/store/move/shape.ts';
import { fillEveryTable } from '../../helpers/filled.ts';
import { startPostgres } from '../../helpers/postgres.ts';
import { temporaryFolder } from '../../helpers/stores.ts';

const MOVER = ['--import', 'tsx', fileURLToPath(new URL('killed-mover.ts', import.meta.url))];
const ROWS = 30;

async function opened(t: TestContext, url: string, alone = false): Promise<Knex> {
  const db = await openDatabase(url, { alone });
  t.after(() => db.destroy());
  return db;
}

function newFile(t: TestContext): string {
  return `sqlite:${join(temporaryFolder(t), 'earshot.db')}`;
}

const folder = mkdtempSync(join(tmpdir(), 'earshot-move-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const original = join(folder, 'original.db');
const sums = await makeOriginal();

/** A SQLite file with rows in every table; closed, as a stopped Earshot leaves it. */
async function makeOriginal(): Promise<Moved[]> {
  const db = await openDatabase(`sqlite:${original}`);
  await migrateUp(db);
  await fillEveryTable(db, ROWS);
  const made = await allSums(db);
  await db.destroy();
  return made;
}

function filledFile(t: TestContext): string {
  const url = newFile(t);
  copyFileSync(original, url.slice('sqlite:'.length));
  return url;
}

async function allSums(db: Knex): Promise<Moved[]> {
  const sums = [];
  for (const table of await readShape()) sums.push(await sumTable(db, table));
  return sums;
}

/** The exit code and signal of a mover that kills itself after so many batches; 0: it does not. */
async function killedMove(from: string, to: string, batches: number): Promise<unknown[]> {
  const mover = spawn(process.execPath, [...MOVER, from, to, String(batches)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return once(mover, 'exit');
}

/** What moving must do, whichever database is where. */
function moveTests(kind: string, newTarget: (t: TestContext) => Promise<string>): void {
  suite(`moving from SQLite to ${kind}`, () => {
    test('every table of every workspace arrives, and comes back the same', async (t) => {
      const url = filledFile(t);
      assert.ok(sums.every(({ rows }) => rows === 2 || rows >= ROWS));
      const target = await opened(t, await newTarget(t));
      const source = await opened(t, url);
      const heard: MoveProgress[] = [];
      const moved = await moveDatabase(source, target, {
        sourceName: nameOf(url),
        onProgress: (progress) => heard.push(progress),
      });
      assert.deepEqual(moved, sums);
      assert.deepEqual(await allSums(target), sums);
      assert.equal(heard.filter(({ rows, total }) => rows === total).length >= sums.length, true);
      assert.deepEqual(await migrateUp(target), [], 'Earshot starts on it');

      const back = await opened(t, newFile(t));
      assert.deepEqual(await moveDatabase(target, back, { sourceName: 'the target' }), sums);
    });

    test('killed in the middle, the same call goes on where it was; nothing starts on the half', async (t) => {
      const url = filledFile(t);
      const target = await newTarget(t);
      const copied = async () => {
        const db = await openDatabase(target);
        const rows: { rows: number }[] = await db('earshot_move').select('rows');
        await assert.rejects(migrateUp(db), /holds a move from .* run the same .* again/);
        await db.destroy();
        return rows.reduce((sum, row) => sum + row.rows, 0);
      };
      assert.deepEqual(await killedMove(url, target, 4), [null, 'SIGKILL']);
      const first = await copied();
      assert.deepEqual(await killedMove(url, target, 20), [null, 'SIGKILL']);
      const second = await copied();
      assert.ok(first > 0 && second > first, `${first}, then ${second} rows`);
      assert.deepEqual(await killedMove(url, target, 0), [0, null]);
      assert.deepEqual(await allSums(await opened(t, target)), sums);
    });

    test('a target with tables of somebody else, or of another version, is refused', async (t) => {
      const url = filledFile(t);
      const source = await opened(t, url);
      const theirs = await opened(t, await newTarget(t));
      await theirs.schema.createTable('invoices', (table) => table.text('id'));
      const move = (target: Knex) => moveDatabase(source, target, { sourceName: 'a file' });
      await assert.rejects(move(theirs), /holds other tables \(invoices\)/);
      const older = await opened(t, await newTarget(t));
      await migrateUp(older, MIGRATIONS.slice(0, 3));
      await assert.rejects(move(older), /schema of another version/);
    });
  });
}

moveTests('SQLite', async (t) => newFile(t));

test('a target that holds data is refused, and stays as it was', async (t) => {
  const url = filledFile(t);
  const target = await opened(t, newFile(t));
  await migrateUp(target);
  const mine = { workspace_id: 'T9', name: 'Mine', bot_user_id: 'U', created_at: '2026' };
  await target('workspaces').insert(mine);
  const move = moveDatabase(await opened(t, url), target, { sourceName: 'a file', anew: true });
  await assert.rejects(move, /holds data already \(in workspaces\)\. Name an empty database/);
  assert.deepEqual(await target('workspaces'), [mine]);
});

test('an unfinished move of another source is kept, until it is thrown away on purpose', async (t) => {
  const url = filledFile(t);
  const other = filledFile(t);
  const address = newFile(t);
  await killedMove(other, address, 4);
  const target = await opened(t, address);
  const source = await opened(t, url);
  const options = { sourceName: nameOf(url) };
  await assert.rejects(moveDatabase(source, target, options), {
    message: `The target holds a move from ${nameOf(other)} that was not finished: run that again, or throw away what it has left with --anew.`,
  });
  const moved = await moveDatabase(source, target, { ...options, anew: true });
  assert.deepEqual(await allSums(target), moved);
});

test('what is written meanwhile is noticed in the end', async (t) => {
  const url = filledFile(t);
  const source = await opened(t, url);
  const target = await opened(t, newFile(t));
  const move = moveDatabase(source, target, {
    sourceName: nameOf(url),
    onProgress({ step, table, rows, total }) {
      // The first table is read back by then, so this comes between the two looks at the last.
      if (step !== 'checking' || table !== 'workspaces' || rows < total) return;
      void source('keywords').update({ query: 'changed' }).then();
    },
  });
  await assert.rejects(move, /keywords is not the same on both sides .* with --anew\.$/);
  await assert.rejects(migrateUp(target), /not finished/);
});

test('a source of an older or newer version, or without any Earshot, is refused', async (t) => {
  const target = await opened(t, newFile(t));
  const move = async (source: Knex) => moveDatabase(source, target, { sourceName: 'a file' });
  const older = await opened(t, newFile(t));
  await assert.rejects(move(older), /holds no Earshot/);
  await migrateUp(older, MIGRATIONS.slice(0, 3));
  await assert.rejects(move(older), /older version .* Run earshot migrate on it first/);
  const newer = await opened(t, newFile(t));
  const future = { name: '999_future', up: async () => undefined, down: async () => undefined };
  await migrateUp(newer, [...MIGRATIONS, future]);
  await assert.rejects(move(newer), /newer than this Earshot \(999_future\)/);
});

test('a SQLite file that a running process has open is not opened alone, and the other way round', async (t) => {
  const url = filledFile(t);
  const running = await openDatabase(url);
  await running('workspaces');
  const alone = openDatabase(url, { named: '--from', alone: true });
  await assert.rejects(alone, /^Error: --from: cannot use .* \(SQLITE_BUSY\)\. Another process/);
  await running.destroy();
  const mover = await opened(t, url, true);
  assert.equal((await mover('workspaces')).length, 2);
  await assert.rejects(openDatabase(url, { alone: true }), /\(SQLITE_BUSY\)\. Another process/);
});

const postgres = await startPostgres();
if (typeof postgres === 'string') {
  test('Postgres: moving', { skip: postgres });
} else {
  moveTests('Postgres', () => postgres.createDatabase());

  test('a Postgres on which an Earshot runs is not opened alone', async (t) => {
    const url = await postgres.createDatabase();
    const running = await openDatabase(url);
    const alone = openDatabase(url, { named: '--to', alone: true });
    await assert.rejects(alone, /^Error: --to: cannot use .* \(IN_USE\)\. An Earshot is running/);
    await running.destroy();
    // Postgres may see the connection a moment longer than we do.
    for (;;) {
      const db = await openDatabase(url, { alone: true }).catch(() => null);
      if (db === null) continue;
      await db.destroy();
      break;
    }
    assert.ok(t);
  });
}
