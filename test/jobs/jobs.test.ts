import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import pg from 'pg';
import { startBoss } from '../../src/jobs/boss.ts';
import { readDeadLetters } from '../../src/jobs/dead-letters.ts';
import { startJobs } from '../../src/jobs/jobs.ts';
import { DEAD } from '../../src/jobs/queues.ts';
import type { Chores, DueSource } from '../../src/schedule.ts';
import { createLocks } from '../../src/store/locks.ts';
import { openStatements } from '../../src/store/statements.ts';
import { keptLog } from '../helpers/flows.ts';
import { startPostgres } from '../helpers/postgres.ts';

const postgres = await startPostgres();
const skip = typeof postgres === 'string' ? postgres : false;
const EVERY_SECOND = '* * * * * *';
const NEVER = '0 0 29 2 *';

/** The work of a made-up house, the same for all processes: a test says what is due. */
function house() {
  const due = new Map<string, DueSource>();
  const happened: string[] = [];
  const waiting = new Set<() => void>();
  const happen = (what: string) => {
    happened.push(what);
    waiting.forEach((look) => look());
  };
  const base: Chores = {
    workspaces: async () => ['T1', 'T2'],
    dueSources: async () => [...due.values()],
    isDue: async ({ id }) => due.has(id),
    async poll({ id }) {
      due.delete(id);
      happen(`poll ${id}`);
      return true;
    },
    async setAside({ id }) {
      due.delete(id);
    },
    listen: async () => undefined,
    publish: async (workspaceId) => happen(`publish ${workspaceId}`),
    digest: async (workspaceId) => happen(`digest ${workspaceId}`),
    escalate: async (workspaceId) => happen(`escalate ${workspaceId}`),
    sweep: async () => undefined,
    verify: async () => undefined,
    tidy: async () => undefined,
    observe: async () => undefined,
  };
  return {
    happened,
    happen,
    chores: base,
    count: (what: string) => happened.filter((one) => one === what).length,
    add(id: string, isStream = false, workspaceId = 'T1') {
      due.set(id, { workspaceId, id, kind: 'feed', isStream });
    },
    isDue: (id: string) => due.has(id),
    /** Resolves as soon as the condition holds; looks after each thing that happens. */
    until(what: string, holds: () => boolean): Promise<void> {
      return new Promise((resolve, reject) => {
        const patience = setTimeout(() => reject(new Error(`in vain until ${what}`)), 60_000);
        const look = () => {
          if (!holds()) return;
          clearTimeout(patience);
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
    },
  };
}

async function database(): Promise<string> {
  if (typeof postgres === 'string') throw new Error(postgres);
  return postgres.createDatabase();
}

/** One process of several on a database. */
async function process(t: TestContext, url: string, chores: Chores, pollCron = EVERY_SECOND) {
  const statements = openStatements(url);
  const locks = createLocks(url);
  const log = keptLog();
  const schedule = await startJobs(chores, { statements, locks, pollCron, log });
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    await schedule.stop(2);
    await locks.close();
    await statements.close();
  };
  t.after(stop);
  return { log, stop, statements };
}

suite('jobs', { skip }, () => {
  test('a source that is due is polled once, by one of three processes, and then published', async (t) => {
    const url = await database();
    const it = house();
    await Promise.all([1, 2, 3].map(() => process(t, url, it.chores)));
    it.add('s1');
    it.add('s2');
    await it.until('both were polled', () => it.count('poll s1') + it.count('poll s2') === 2);
    // Every process has published T1 at its start, unless another one was faster.
    const before = it.count('publish T1');
    it.add('s3');
    await it.until('the third was polled', () => it.count('poll s3') === 1);
    await it.until('it was published', () => it.count('publish T1') > before);
    assert.deepEqual([it.count('poll s1'), it.count('poll s2'), it.count('poll s3')], [1, 1, 1]);
  });

  test('a poll that lasts is not begun again by another process, however often it falls due', async (t) => {
    const url = await database();
    const it = house();
    let inside = 0;
    let ticks = 0;
    const slow: Chores = {
      ...it.chores,
      async dueSources() {
        ticks += 1;
        it.happen('tick');
        return it.chores.dueSources();
      },
      async poll(source) {
        inside += 1;
        assert.equal(inside, 1);
        const begun = ticks;
        await it.until('several ticks were', () => ticks > begun + 5);
        inside -= 1;
        return it.chores.poll(source, AbortSignal.abort());
      },
    };
    await Promise.all([1, 2].map(() => process(t, url, slow)));
    it.add('s1');
    await it.until('it was polled', () => it.count('poll s1') > 0);
    assert.equal(it.count('poll s1'), 1);
  });

  test('at the start, what was left undone is done for every workspace', async (t) => {
    const it = house();
    await process(t, await database(), it.chores, NEVER);
    const all = ['publish', 'digest', 'escalate'].flatMap((chore) => [
      `${chore} T1`,
      `${chore} T2`,
    ]);
    await it.until('all were done', () => all.every((one) => it.count(one) > 0));
  });

  test('a job that fails is tried again, with its source set aside meanwhile', async (t) => {
    const it = house();
    let tries = 0;
    const { log } = await process(t, await database(), {
      ...it.chores,
      async poll(source, signal) {
        tries += 1;
        if (tries === 1) throw new Error('what somebody wrote');
        return it.chores.poll(source, signal);
      },
    });
    it.add('s1');
    await it.until('it was polled', () => it.count('poll s1') === 1);
    assert.equal(tries, 2);
    assert.equal(log.lines.filter(({ message }) => message === 'a job failed').length, 1);
  });

  test('a job that fails to the last retry is a dead letter, which holds no word of the error', async (t) => {
    const url = await database();
    const statements = openStatements(url);
    t.after(() => statements.close());
    assert.deepEqual(await readDeadLetters(statements), []);
    const locks = createLocks(url);
    t.after(() => locks.close());
    const boss = await startBoss(statements, locks, keptLog());
    await boss.insert([
      { name: 'poll', data: { chore: 'poll', workspaceId: 'T1' }, retryLimit: 0 },
      { name: 'sweep', data: { chore: 'sweep', workspaceId: 'T1' }, retryLimit: 0 },
    ]);
    for (const name of ['poll', 'sweep']) {
      const [job] = await boss.fetch(name);
      await boss.fail(name, job!.id, { message: 'Error' });
    }
    await boss.stop({ graceful: false });
    const dead = await readDeadLetters(statements);
    const found = dead.map(({ chore, count }) => ({ chore, count }));
    assert.deepEqual(found, [
      { chore: 'poll', count: 1 },
      { chore: 'sweep', count: 1 },
    ]);
    assert.equal((await readDeadLetters(statements, 'T1')).length, 2);
    assert.deepEqual(await readDeadLetters(statements, 'T2'), []);
    const { rows } = await statements.executeSql(
      'SELECT output::text FROM pgboss.job WHERE name = $1',
      [DEAD],
    );
    assert.equal(rows.length, 2);
  });

  test('what is kept of a failed job is the kind of its error alone', async (t) => {
    const url = await database();
    const it = house();
    let wasTried = false;
    const { statements, stop } = await process(t, url, {
      ...it.chores,
      async poll() {
        wasTried = true;
        it.happen('failed');
        throw Object.assign(new Error('what somebody wrote'), { code: '23505' });
      },
    });
    it.add('s1');
    await it.until('it was tried', () => wasTried);
    let kept = '';
    while (kept === '') {
      const { rows } = await statements.executeSql(
        `SELECT output::text AS kept FROM pgboss.job WHERE name = 'poll' AND output IS NOT NULL`,
        [],
      );
      kept = (rows[0] as { kept: string } | undefined)?.kept ?? '';
    }
    await stop();
    assert.match(kept, /Error 23505/u);
    assert.doesNotMatch(kept, /somebody/u);
  });

  test('a stream is heard by one process, and by another one as soon as that one is gone', async (t) => {
    const url = await database();
    const it = house();
    const listeners: string[] = [];
    const chores = (name: string): Chores => ({
      ...it.chores,
      async listen(_source, signal) {
        listeners.push(name);
        it.happen('listening');
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      },
    });
    it.add('stream', true);
    const one = await process(t, url, chores('one'), NEVER);
    await it.until('one listens', () => listeners.length === 1);
    await process(t, url, chores('other'), NEVER);
    await one.stop();
    await it.until('the other listens', () => listeners.length === 2);
    assert.deepEqual(listeners, ['one', 'other']);
  });

  test('a stop under load waits for nothing new, and is over in seconds', async (t) => {
    const url = await database();
    const it = house();
    const { stop } = await process(t, url, {
      ...it.chores,
      async poll(source, signal) {
        it.happen('begun');
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        return it.chores.poll(source, signal);
      },
    });
    for (let number = 0; number < 50; number += 1) it.add(`s${number}`);
    await it.until('some have begun', () => it.count('begun') >= 4);
    const start = performance.now();
    await stop();
    assert.ok(performance.now() - start < 10_000);
    const done = it.happened.length;
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(it.happened.length, done);
  });

  test('a user who may not make a schema is told what the owner has to say', async () => {
    const url = await database();
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query(`DROP ROLE IF EXISTS visitor`);
    await admin.query(`CREATE ROLE visitor LOGIN PASSWORD 'only-for-this-test'`);
    await admin.end();
    const visitor = url.replace('postgres:only', 'visitor:only');
    const [statements, locks] = [openStatements(visitor), createLocks(visitor)];
    const started = startBoss(statements, locks, keptLog());
    await assert.rejects(started, /42501.*GRANT CREATE ON DATABASE/u);
    await Promise.all([statements.close(), locks.close()]);
  });
});
