import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import type { Paces, Sent } from '../../src/core/ports.ts';
import { createLanes, type Call } from '../../src/slack/pace.ts';

/** Time that stands still until it is told to go on; what was made is noted with its second. */
function still(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 0 });
  const lanes = createLanes(Date.now);
  const made: string[] = [];
  const answers: Record<string, Sent> = {};
  function send(name: string, over: Partial<Call> = {}, fails: () => Error | null = () => null) {
    const make = async () => {
      made.push(`${Date.now() / 1000}s ${name}`);
      const error = fails();
      if (error !== null) throw error;
      return name;
    };
    const call: Call = {
      lane: 'C1',
      pace: { calls: 1, perMs: 1000 },
      method: 'chat.postMessage',
      priority: 0,
      make,
      ...over,
    };
    void lanes.run(call).then((sent) => (answers[name] = sent));
  }
  async function pass(seconds: number) {
    await settle();
    for (let i = 0; i < seconds * 10; i++) {
      t.mock.timers.tick(100);
      await settle();
    }
  }
  return { lanes, made, answers, send, pass };
}

/** Lets every promise that can go on go on. */
async function settle() {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

test('a channel gets one message a second', async (t) => {
  const { made, send, pass } = still(t);
  for (const name of ['a', 'b', 'c']) send(name);
  await pass(3);
  assert.deepEqual(made, ['0s a', '1s b', '2s c']);
});

test('channels do not wait for each other', async (t) => {
  const { made, send, pass } = still(t);
  send('a', { lane: 'C1' });
  send('b', { lane: 'C2' });
  await pass(0);
  assert.deepEqual(made, ['0s a', '0s b']);
});

test('the answer to a click goes before the cards that wait', async (t) => {
  const { made, send, pass } = still(t);
  for (const name of ['card 1', 'card 2', 'card 3']) send(name);
  send('line', { priority: 2 });
  await pass(4);
  assert.deepEqual(made, ['0s card 1', '1s line', '2s card 2', '3s card 3']);
});

test('when Slack says wait, nothing of that method goes before the time, in any channel', async (t) => {
  const { made, answers, send, pass } = still(t);
  let limited = true;
  send('a', {}, () => (limited ? new WebAPIRateLimitedError(5) : null));
  await pass(1);
  limited = false;
  send('b', { lane: 'C2' });
  send('other method', { lane: 'updates', method: 'chat.update' });
  await pass(6);
  assert.deepEqual(made, ['0s a', '1s other method', '5s a', '5s b']);
  assert.equal(answers['a']?.ok, true);
});

test('a call that is told to wait again and again is left to the outbox', async (t) => {
  const { made, answers, send, pass } = still(t);
  send('a', {}, () => new WebAPIRateLimitedError(2));
  await pass(10);
  assert.equal(made.length, 3);
  assert.deepEqual(answers['a'], {
    ok: false,
    outcome: 'later',
    cause: 'ratelimited',
    retryAfterSeconds: 2,
  });
});

test('a wait of minutes is left to the outbox at once, without asking Slack again', async (t) => {
  const { made, answers, send, pass } = still(t);
  send('a', {}, () => new WebAPIRateLimitedError(300));
  send('b');
  await pass(2);
  assert.deepEqual(made, ['0s a']);
  const { outcome, retryAfterSeconds } = answers['b'] as Sent & { ok: false; outcome: 'later' };
  assert.equal(outcome, 'later');
  assert.ok((retryAfterSeconds ?? 0) > 290);
});

test('what Slack answers comes back as an outcome', async (t) => {
  const { answers, send, pass } = still(t);
  const platform = (error: string) => () => new WebAPIPlatformError({ ok: false, error });
  send('gone', { lane: '1' }, platform('message_not_found'));
  send('refused', { lane: '2' }, platform('not_in_channel'));
  send('off', { lane: '3' }, platform('missing_scope'));
  send('unwell', { lane: '4' }, () => new WebAPIHTTPError(502, 'Bad Gateway', {}, ''));
  await pass(0);
  const outcomes = Object.entries(answers).map(([name, sent]) => [name, sent.ok || sent.outcome]);
  assert.deepEqual(Object.fromEntries(outcomes), {
    gone: 'gone',
    refused: 'refused',
    off: 'refused',
    unwell: 'later',
  });
});

test('a stop answers everything that waits, and takes nothing new', async (t) => {
  const { lanes, made, answers, send, pass } = still(t);
  for (const name of ['a', 'b']) send(name);
  await pass(0);
  assert.equal(lanes.waiting(), 1);
  lanes.stop();
  send('c');
  await pass(0);
  assert.deepEqual(made, ['0s a']);
  assert.deepEqual(
    ['b', 'c'].map((name) => (answers[name] as Sent & { ok: false }).cause),
    ['stopping', 'stopping'],
  );
});

test('a hundred calls that wait are no leak, and a clock that is set back stops none', async (t) => {
  const warnings: string[] = [];
  const warned = ({ name }: Error) => void warnings.push(name);
  process.on('warning', warned);
  t.after(() => process.off('warning', warned));
  const { made, send, pass, lanes } = still(t);
  for (let i = 0; i < 100; i++) send(`card ${i}`, { pace: { calls: 50, perMs: 1000 } });
  for (let seconds = 0; made.length < 100 && seconds < 60; seconds += 1) await pass(1);
  assert.equal(made.length, 100);
  assert.equal(lanes.waiting(), 0);
  assert.deepEqual(warnings, []);
  // The lanes of the house go by a clock that nobody sets.
  const own = createLanes();
  t.mock.timers.reset();
  t.mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
  const call = { lane: 'C1', pace: { calls: 1, perMs: 1 }, method: 'chat.update', priority: 0 };
  for (let hours = 0; hours < 3; hours += 1) {
    t.mock.timers.setTime(1_800_000_000_000 - hours * 3_600_000);
    assert.deepEqual(await own.run({ ...call, make: async () => '1.1' }), { ok: true, ts: '1.1' });
  }
});

/** The paces that two processes would keep together, by the clock of the test. */
function paces(): Paces & { asked: string[] } {
  const free = new Map<string, number>();
  const asked: string[] = [];
  const left = (name: string) => Math.max(0, (free.get(name) ?? 0) - Date.now());
  return {
    asked,
    async reserve(lane, { calls, perMs }, gate) {
      asked.push(`${lane}, ${gate}`);
      const turnMs = left(lane);
      free.set(lane, Date.now() + turnMs + perMs / calls);
      return { turnMs, gateMs: left(gate) };
    },
    async shut(gate, milliseconds) {
      free.set(gate, Date.now() + milliseconds);
    },
    shutFor: async (gate) => left(gate),
    prune: async () => undefined,
  };
}

test('two processes keep one pace together, and wait together when Slack says wait', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 0 });
  const shared = { paces: paces(), workspaceId: 'T1' };
  const [one, other] = [createLanes(Date.now, shared), createLanes(Date.now, shared)];
  const made: string[] = [];
  const call = (name: string, lane: string, fails: (Error | null)[] = []): Call => ({
    ...{ lane, pace: { calls: 1, perMs: 1000 }, method: 'chat.postMessage', priority: 0 },
    async make() {
      made.push(`${Date.now() / 1000}s ${name}`);
      const error = fails.shift() ?? null;
      if (error !== null) throw error;
      return name;
    },
  });
  const pass = async (seconds: number) => {
    for (let tenth = 0; tenth < seconds * 10; tenth += 1) {
      await settle();
      t.mock.timers.tick(100);
    }
    await settle();
  };
  for (const name of ['a', 'b']) {
    void one.run(call(`one ${name}`, 'C1'));
    void other.run(call(`other ${name}`, 'C1'));
  }
  await pass(5);
  assert.deepEqual(
    made.map((what) => what.split(' ')[0]),
    ['0s', '1s', '2s', '3s'],
  );
  assert.deepEqual(new Set(shared.paces.asked), new Set(['T1 C1, T1 chat.postMessage']));
  made.length = 0;
  void one.run(call('told to wait', 'C2', [new WebAPIRateLimitedError(30)]));
  await pass(1);
  void other.run(call('waits as well', 'C3'));
  await pass(32);
  assert.deepEqual(made, ['5s told to wait', '35s told to wait', '35s waits as well']);
});

test('where the shared pace cannot be asked for, nothing is sent, and the outbox has it', async () => {
  const broken: Paces = { ...paces(), reserve: () => Promise.reject(new Error('no database')) };
  const lanes = createLanes(Date.now, { paces: broken, workspaceId: 'T1' });
  const sent = await lanes.run({
    ...{ lane: 'C1', pace: { calls: 1, perMs: 1 }, method: 'chat.postMessage', priority: 0 },
    make: () => assert.fail('it was sent'),
  });
  assert.ok(!sent.ok && sent.outcome === 'later');
});
