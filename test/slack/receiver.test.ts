import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { freePort } from '../helpers/free-port.ts';
import { createSlackApp, type OwnSlackApp } from '../../src/slack/app.ts';
import { keepConnected } from '../../src/slack/receiver.ts';
import { keptLog } from '../helpers/flows.ts';
import { slackFlows, slackWorld } from '../helpers/slack-world.ts';
import { postSigned } from '../helpers/signed.ts';
import { slackStandin } from '../helpers/slack-standin.ts';
import { NOON } from '../helpers/samples.ts';
import { world } from '../helpers/flows.ts';

/** Lets everything that can go on go on. */
const turn = () => new Promise(setImmediate);

/** A connection that fails as often as it is told to, and can be cut. */
function sampleConnection() {
  let listener = () => {};
  const it = {
    failures: 0,
    starts: 0,
    async start() {
      it.starts += 1;
      if (it.failures === 0) return;
      it.failures -= 1;
      throw new Error('no network');
    },
    disconnect: async () => listener(),
    on: (_: string, heard: () => void) => void (listener = heard),
    cut: () => listener(),
  };
  return it;
}

test('a lost connection is tried again for ever, less and less often', async () => {
  const client = sampleConnection();
  const waits: number[] = [];
  const connection = keepConnected(client, keptLog(), async (ms) => void waits.push(ms));
  await connection.start();
  client.failures = 7;
  client.cut();
  await turn();
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  client.cut();
  await turn();
  assert.equal(client.starts, 10);
  assert.equal(waits.at(-1), 1000);
});

test('the very first connection may fail, so that a wrong token is seen at the start', async () => {
  const client = sampleConnection();
  client.failures = 1;
  await assert.rejects(keepConnected(client, keptLog(), async () => {}).start(), /no network/u);
});

test('a stop is not mistaken for a lost connection', async () => {
  const client = sampleConnection();
  const connection = keepConnected(client, keptLog(), async () => {});
  await connection.start();
  await connection.stop();
  await turn();
  assert.equal(client.starts, 1);
});

test('a stop waits no longer than it must for a peer that does not answer', async () => {
  const client = { ...sampleConnection(), disconnect: () => new Promise<void>(() => {}) };
  const waits: number[] = [];
  await keepConnected(client, keptLog(), async (ms) => void waits.push(ms)).stop();
  assert.deepEqual(waits, [2000]);
});

test('after a cut connection the app comes back by itself', async (t) => {
  const it = await slackWorld(t);
  const connections = () => it.slack.of('apps.connections.open').length;
  // A second is waited first; here it passes at once.
  t.mock.timers.enable({ apis: ['setTimeout'] });
  it.slack.hangUp();
  for (let turns = 0; connections() < 2 && turns < 100_000; turns++) {
    t.mock.timers.tick(1000);
    await new Promise(setImmediate);
  }
  assert.equal(connections(), 2);
});

const SECRET = 'sample signing secret';

async function httpApp(t: TestContext) {
  let app: OwnSlackApp | null = null;
  t.after(() => app?.stop());
  const slack = await slackStandin(t);
  const base = await world(t);
  const port = await freePort();
  app = await createSlackApp({
    mode: 'http',
    botToken: 'xoxb-sample',
    signingSecret: SECRET,
    port,
    routes: [{ path: '/healthz', method: 'GET', handler: (_, response) => response.end('well') }],
    apiUrl: slack.apiUrl,
    clock: base.clock,
    log: base.log,
  });
  await app.start(slackFlows(base));
  const url = `http://127.0.0.1:${port}`;
  const send = (body: string, secret = SECRET, ageSeconds = 0) =>
    postSigned(url, body, { secret, ageSeconds });
  return { slack, send, url };
}

function help(apiUrl: string): string {
  const response_url = `${apiUrl.replace('/api/', '')}/respond?user=U1SAM&channel=C1`;
  return new URLSearchParams({
    command: '/earshot',
    text: 'help',
    user_id: 'U1SAM',
    team_id: 'T1',
    channel_id: 'C1',
    trigger_id: 'trigger-1',
    response_url,
  }).toString();
}

test('over HTTP a signed command is answered', async (t) => {
  const { slack, send } = await httpApp(t);
  const response = await send(help(slack.apiUrl));
  assert.equal(response.status, 200);
  await slack.until('it is answered', () => slack.ephemerals.length === 1);
});

test('over HTTP a wrong signature and an old request are refused', async (t) => {
  const { slack, send } = await httpApp(t);
  assert.equal((await send(help(slack.apiUrl), 'another secret')).status, 401);
  assert.equal((await send(help(slack.apiUrl), SECRET, 301)).status, 401);
  assert.deepEqual(slack.ephemerals, []);
});

test('over HTTP a body that is too long is refused, however it is signed', async (t) => {
  const { slack, send } = await httpApp(t);
  const long = `${help(slack.apiUrl)}&padding=${'x'.repeat(1024 * 1024)}`;
  const answered = await send(long).then(
    ({ status }) => status,
    // The connection may be cut before all of it was sent.
    () => 413,
  );
  assert.equal(answered, 413);
  assert.deepEqual(slack.ephemerals, []);
});

test('the pages for the operator are served on the same port', async (t) => {
  const { url } = await httpApp(t);
  assert.equal(await (await fetch(`${url}/healthz`)).text(), 'well');
  assert.equal((await fetch(`${url}/elsewhere`)).status, 404);
});

test('a refused token and an unreachable Slack each say what to do', async (t) => {
  const slack = await slackStandin(t);
  const options = {
    mode: 'socket',
    botToken: 'xoxb-sample',
    appToken: 'xapp-sample',
    clock: () => NOON,
    log: keptLog(),
  } as const;
  slack.script('auth.test', { error: 'invalid_auth' });
  await assert.rejects(createSlackApp({ ...options, apiUrl: slack.apiUrl }), /Copy the bot token/u);
  const nowhere = `http://127.0.0.1:${await freePort()}/api/`;
  await assert.rejects(createSlackApp({ ...options, apiUrl: nowhere }), /cannot be reached/u);
});
