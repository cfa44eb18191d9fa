import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import pg from 'pg';
import { openDatabase } from '../../src/store/db.ts';
import { createLocks } from '../../src/store/locks.ts';
import { migrateUp } from '../../src/store/migrate.ts';
import { createPaces } from '../../src/store/paces.ts';
import { startPostgres } from '../helpers/postgres.ts';

const postgres = await startPostgres();
const skip = typeof postgres === 'string' ? postgres : false;

async function database(): Promise<string> {
  if (typeof postgres === 'string') throw new Error(postgres);
  return postgres.createDatabase();
}

function locksOf(t: TestContext, url: string) {
  const locks = createLocks(url);
  t.after(() => locks.close());
  return locks;
}

/** A promise, and what fulfils it. */
function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

suite('locks on Postgres', { skip }, () => {
  test('a name is held by one process at a time, also when many ask at once', async (t) => {
    const url = await database();
    const processes = [locksOf(t, url), locksOf(t, url), locksOf(t, url)];
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    await Promise.all(
      processes.flatMap((locks) => Array.from({ length: 5 }, () => locks.take('a name', work))),
    );
    assert.equal(most, 1);
  });

  test('an attempt does nothing while somebody else holds the name, and works when they let go', async (t) => {
    const url = await database();
    const [one, other] = [locksOf(t, url), locksOf(t, url)];
    const [begun, end] = [gate(), gate()];
    const held = one.attempt('a name', async () => {
      begun.open();
      await end.opened;
    });
    await begun.opened;
    const refused = () => assert.fail('two hold one name');
    assert.equal(await other.attempt('a name', refused), false);
    assert.equal(await one.attempt('a name', refused), false);
    assert.equal(await other.attempt('another name', async () => undefined), true);
    end.open();
    assert.equal(await held, true);
    assert.equal(await other.attempt('a name', async () => undefined), true);
  });

  test('work that fails lets go of its name', async (t) => {
    const locks = locksOf(t, await database());
    const broken = locks.take('a name', () => Promise.reject(new Error('broken')));
    await assert.rejects(broken, /broken/u);
    assert.equal(await locks.take('a name', async () => 'held'), 'held');
  });

  test('whose connection breaks is told, and can hold names again', async (t) => {
    const url = await database();
    const locks = locksOf(t, url);
    const begun = gate();
    const held = locks.attempt('a name', async (lost) => {
      begun.open();
      await new Promise((resolve) => lost.addEventListener('abort', resolve));
    });
    await begun.opened;
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'earshot locks' AND datname = current_database()`);
    await admin.end();
    assert.equal(await held, true);
    assert.equal(await locks.attempt('a name', async () => undefined), true);
  });

  test('who waits for a name can be called off', async (t) => {
    const url = await database();
    const [one, other] = [locksOf(t, url), locksOf(t, url)];
    const [begun, end] = [gate(), gate()];
    const held = one.take('a name', async () => {
      begun.open();
      await end.opened;
    });
    await begun.opened;
    const calledOff = new AbortController();
    const waiting = other.take('a name', async () => assert.fail(), calledOff.signal);
    calledOff.abort(new Error('called off'));
    await assert.rejects(waiting, /called off|aborted/u);
    end.open();
    await held;
  });
});

suite('paces on Postgres', { skip }, () => {
  async function open(t: TestContext) {
    const url = await database();
    const dbs = await Promise.all([openDatabase(url), openDatabase(url)]);
    t.after(() => Promise.all(dbs.map((db) => db.destroy())));
    await migrateUp(dbs[0]);
    return dbs.map((db) => createPaces(db));
  }

  test('two processes that ask at once get places one after the other', async (t) => {
    const [one, other] = await open(t);
    const pace = { calls: 1, perMs: 100_000 };
    const places = await Promise.all(
      [one, other, one, other].map((paces) => paces!.reserve('post C1', pace, 'a gate')),
    );
    const turns = places.map(({ turnMs }) => Math.round(turnMs / 100_000)).sort();
    assert.deepEqual(turns, [0, 1, 2, 3]);
  });

  test('a burst goes at once, and no stretch of the pace sees more than that', async (t) => {
    const [paces] = await open(t);
    const pace = { calls: 3, perMs: 1_000_000 };
    const turns: number[] = [];
    for (let call = 0; call < 8; call += 1) {
      const { turnMs } = await paces!.reserve('update', pace, 'a gate');
      turns.push(Math.round(turnMs / 1_000_000));
    }
    assert.deepEqual(turns, [0, 0, 0, 1, 1, 1, 2, 2]);
  });

  test('a gate is shut for all, for as long as the longest who shut it said', async (t) => {
    const [one, other] = await open(t);
    const pace = { calls: 1, perMs: 1 };
    assert.equal((await one!.reserve('post C1', pace, 'chat.postMessage')).gateMs, 0);
    await one!.shut('chat.postMessage', 500_000);
    await other!.shut('chat.postMessage', 1000);
    const { gateMs } = await other!.reserve('post C2', pace, 'chat.postMessage');
    assert.ok(gateMs > 300_000 && gateMs <= 500_000, String(gateMs));
    assert.ok((await other!.shutFor('chat.postMessage')) > 300_000);
    assert.equal(await other!.shutFor('chat.update'), 0);
  });

  test('what is over is forgotten, what is to come is not', async (t) => {
    const url = await database();
    const db = await openDatabase(url);
    t.after(() => db.destroy());
    await migrateUp(db);
    const paces = createPaces(db);
    await paces.shut('long', 1_000_000);
    await paces.shut('over', -100_000);
    await paces.prune(500_000);
    assert.deepEqual(await db('paces').pluck('name').orderBy('name'), ['long', 'over']);
    await paces.prune(50_000);
    assert.deepEqual(await db('paces').pluck('name'), ['long']);
  });
});
