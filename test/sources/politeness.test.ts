import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { createHttp } from '../../src/sources/http.ts';
import {
  ownPoliteness,
  sharedPoliteness,
  type Politeness,
} from '../../src/sources/http/politeness.ts';
import { openDatabase } from '../../src/store/db.ts';
import { createLocks } from '../../src/store/locks.ts';
import { migrateUp } from '../../src/store/migrate.ts';
import { createPaces } from '../../src/store/paces.ts';
import { startPostgres } from '../helpers/postgres.ts';
import { startWeb, type Web } from '../helpers/web.ts';

const postgres = await startPostgres();
const skip = typeof postgres === 'string' ? postgres : false;

async function place(t: TestContext): Promise<Web> {
  const web = await startWeb();
  t.after(() => web.close());
  return web;
}

function door(t: TestContext, politeness: Politeness, ...webs: readonly Web[]) {
  const privateHosts = webs.map(({ host }) => host);
  const http = createHttp({
    contact: null,
    version: '0',
    privateHosts,
    pause: () => 0,
    politeness,
  });
  t.after(() => http.close());
  return http;
}

/** What one process shares with the others on a database. */
async function process(t: TestContext, url: string): Promise<Politeness> {
  const db = await openDatabase(url);
  await migrateUp(db);
  const locks = createLocks(url);
  t.after(async () => {
    await locks.close();
    await db.destroy();
  });
  return sharedPoliteness({ locks, paces: createPaces(db) }, () => 1);
}

test('a host that asks for a wait is left alone as a whole, and no other host with it', async (t) => {
  const [busy, other] = [await place(t), await place(t)];
  let now = 0;
  const http = door(
    t,
    ownPoliteness(() => now),
    busy,
    other,
  );
  busy.on('/one', { status: 429, headers: { 'retry-after': '120' } });
  busy.on('/two', {});
  other.on('/', {});
  await http.get({ url: `${busy.url}/one` });
  now += 20_000;
  const outcome = await http.get({ url: `${busy.url}/two` });
  assert.ok(!outcome.ok);
  assert.equal(outcome.failure.kind, 'rate-limited');
  assert.equal(outcome.failure.retryAfterSeconds, 100);
  assert.equal(busy.requests.length, 1);
  assert.ok((await http.get({ url: `${other.url}/` })).ok);
  now += 100_000;
  assert.ok((await http.get({ url: `${busy.url}/two` })).ok);
});

test('a host that asks for days is not left alone for longer than an hour by those it did not tell', async () => {
  let now = 0;
  const politeness = ownPoliteness(() => now);
  await politeness.asked('forum.example', 86_400_000);
  assert.equal(await politeness.left('forum.example'), 3_600_000);
  now += 3_600_000;
  assert.equal(await politeness.left('forum.example'), 0);
});

suite('politeness of several processes', { skip }, () => {
  test('a host is asked one thing at a time, however many processes there are', async (t) => {
    if (typeof postgres === 'string') return;
    const url = await postgres.createDatabase();
    const web = await place(t);
    let [inside, most] = [0, 0];
    web.on('/', async () => {
      inside += 1;
      most = Math.max(most, inside);
      for (let turn = 0; turn < 20; turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      return {};
    });
    const doors = [];
    for (let number = 0; number < 3; number += 1) doors.push(door(t, await process(t, url), web));
    const outcomes = await Promise.all(
      doors.flatMap((http) => Array.from({ length: 4 }, () => http.get({ url: `${web.url}/` }))),
    );
    assert.ok(outcomes.every(({ ok }) => ok));
    assert.equal(web.requests.length, 12);
    assert.equal(most, 1);
  });

  test('what a host has told one process, the others know', async (t) => {
    if (typeof postgres === 'string') return;
    const url = await postgres.createDatabase();
    const web = await place(t);
    web.on('/', { status: 503, headers: { 'retry-after': '600' } });
    const [one, other] = [door(t, await process(t, url), web), door(t, await process(t, url), web)];
    await one.get({ url: `${web.url}/` });
    const outcome = await other.get({ url: `${web.url}/` });
    assert.ok(!outcome.ok && outcome.failure.cause === 'the host asked to be left alone');
    assert.equal(web.requests.length, 1);
  });

  test('without its database, a process is polite on its own', async (t) => {
    if (typeof postgres === 'string') return;
    const url = await postgres.createDatabase();
    const web = await place(t);
    web.on('/', {});
    const db = await openDatabase(url);
    const locks = createLocks(url);
    const politeness = sharedPoliteness({ locks, paces: createPaces(db) }, () => 0);
    await db.destroy();
    await locks.close();
    assert.ok((await door(t, politeness, web).get({ url: `${web.url}/` })).ok);
  });
});
