import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { freePort } from '../helpers/free-port.ts';
import { readConfig } from '../../src/config.ts';
import { startEarshot, type Earshot } from '../../src/main.ts';
import { openDatabase } from '../../src/store/db.ts';
import { createStores } from '../../src/store/index.ts';
import { postSigned } from '../helpers/signed.ts';
import { slackStandin, type SlackStandin } from '../helpers/slack-standin.ts';
import { temporaryFolder } from '../helpers/stores.ts';

const SIGNING_SECRET = 'sample signing secret';
const OAUTH = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'sample client secret',
  EARSHOT_SECRET: 'a secret for tests, 32 characters long',
};

interface Shared {
  slack: SlackStandin;
  url: string;
  databaseUrl: string;
  restart(secret?: string): Promise<void>;
  stop(): Promise<void>;
}

/** Earshot for every workspace that installs it, over HTTP, on the stand-in. */
async function shared(t: TestContext): Promise<Shared> {
  const slack = await slackStandin(t);
  const databaseUrl = `sqlite:${join(temporaryFolder(t), 'earshot.db')}`;
  const port = await freePort();
  let running: Earshot | null = null;
  async function start(secret: string): Promise<void> {
    const outcome = readConfig({
      ...{ ...OAUTH, EARSHOT_SECRET: secret, SLACK_SIGNING_SECRET: SIGNING_SECRET },
      ...{ SLACK_API_URL: slack.apiUrl, DATABASE_URL: databaseUrl, PORT: String(port) },
      LOG_LEVEL: 'silent',
    });
    assert.ok(outcome.ok);
    running = await startEarshot(outcome.config);
  }
  const stop = async () => {
    await running?.stop();
    running = null;
  };
  t.after(stop);
  await start(OAUTH.EARSHOT_SECRET);
  return {
    ...{ slack, databaseUrl, stop, url: `http://127.0.0.1:${port}` },
    async restart(secret = OAUTH.EARSHOT_SECRET) {
      await stop();
      await start(secret);
    },
  };
}

/** What a browser does: to Slack's consent, and back with a code and the cookie. */
async function install({ url }: Shared, team: string): Promise<Response> {
  const left = await fetch(`${url}/slack/install`, { redirect: 'manual' });
  assert.equal(left.status, 302);
  const consent = new URL(left.headers.get('location') ?? '');
  assert.equal(consent.searchParams.get('client_id'), OAUTH.SLACK_CLIENT_ID);
  assert.match(consent.searchParams.get('scope') ?? '', /chat:write/u);
  const cookie = (left.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const state = consent.searchParams.get('state') ?? '';
  const back = new URLSearchParams({ code: team, state });
  return fetch(`${url}/slack/oauth_redirect?${back.toString()}`, { headers: { cookie } });
}

function send({ url }: Shared, body: string, type: string): Promise<Response> {
  return postSigned(url, body, { secret: SIGNING_SECRET, type });
}

let serial = 0;

async function command(it: Shared, team: string, text: string): Promise<void> {
  const before = it.slack.ephemerals.length;
  const response_url = `${it.slack.apiUrl.replace('/api/', '')}/respond?user=U3ALEX&channel=C1`;
  const fields = {
    ...{ command: '/earshot', text, user_id: 'U3ALEX', team_id: team, channel_id: 'C1' },
    ...{ trigger_id: `trigger-${(serial += 1)}`, response_url },
  };
  const type = 'application/x-www-form-urlencoded';
  const response = await send(it, new URLSearchParams(fields).toString(), type);
  assert.equal(response.status, 200);
  await it.slack.until('it is answered', () => it.slack.ephemerals.length > before, 60);
}

async function uninstalled(it: Shared, team: string): Promise<void> {
  const body = { type: 'event_callback', team_id: team, event_id: `Ev${team}` };
  const event = { ...body, event: { type: 'app_uninstalled' } };
  assert.equal((await send(it, JSON.stringify(event), 'application/json')).status, 200);
}

async function stored(t: TestContext, it: Shared) {
  await it.stop();
  const db = await openDatabase(it.databaseUrl);
  t.after(() => db.destroy());
  return { db, stores: createStores(db) };
}

test('two workspaces install it, and each has its own keywords and its own token', async (t) => {
  const it = await shared(t);
  for (const team of ['T1', 'T2']) {
    const page = await install(it, team);
    assert.equal(page.status, 200);
    assert.match(await page.text(), new RegExp(`Earshot is in Team ${team}`, 'u'));
  }
  await command(it, 'T1', 'watch "acme broadband" -jobs');
  await command(it, 'T2', 'watch "bolt energy" -jobs');
  const tokens = [...it.slack.teams.keys()];
  const asked = it.slack.of('users.info').map(({ token }) => token);
  assert.ok(asked.length > 0 && asked.every((token) => tokens.includes(token)));

  const { db, stores } = await stored(t, it);
  const queries = async (team: string) =>
    (await stores.keywords.list(team)).map(({ query }) => query);
  assert.deepEqual(await queries('T1'), ['"acme broadband" -jobs']);
  assert.deepEqual(await queries('T2'), ['"bolt energy" -jobs']);
  const rows = JSON.stringify(await db('installations'));
  for (const token of tokens) assert.ok(!rows.includes(token));
});

test('after a restart the workspaces are still there; with another secret there is none', async (t) => {
  const it = await shared(t);
  await install(it, 'T1');
  await it.restart();
  await command(it, 'T1', 'help');
  const another = it.restart('another secret for tests, also of 32 and more characters');
  await assert.rejects(another, /was made with another secret/u);
});

test('a workspace that removes it leaves nothing behind, and the other one stays', async (t) => {
  const it = await shared(t);
  for (const team of ['T1', 'T2']) await install(it, team);
  await command(it, 'T1', 'watch "acme broadband" -jobs');
  await command(it, 'T2', 'watch "bolt energy" -jobs');
  await uninstalled(it, 'T1');
  const { db, stores } = await stored(t, it);
  assert.deepEqual(
    (await stores.workspaces.list()).map(({ id }) => id),
    ['T2'],
  );
  for (const table of ['installations', 'keywords', 'settings', 'deliveries']) {
    assert.deepEqual(await db(table).where({ workspace_id: 'T1' }), [], table);
  }
  assert.equal((await stores.keywords.list('T2')).length, 1);
  const folder = dirname(it.databaseUrl.replace('sqlite:', ''));
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  assert.ok(files.some((bytes) => bytes.includes('bolt energy')));
  assert.ok(!files.some((bytes) => bytes.includes('acme broadband')));
});

test('a workspace that installs it again has the new token', async (t) => {
  const it = await shared(t);
  await install(it, 'T1');
  await command(it, 'T1', 'status');
  await install(it, 'T1');
  const [first = '', second = ''] = it.slack.teams.keys();
  it.slack.calls.length = 0;
  await command(it, 'T1', 'watch "acme broadband" -jobs');
  const used = it.slack.calls.map(({ token }) => token);
  assert.ok(used.includes(second));
  assert.ok(!used.includes(first));
});

test('a code without the state of this browser installs nothing', async (t) => {
  const it = await shared(t);
  const forged = await fetch(`${it.url}/slack/oauth_redirect?code=T1&state=forged`);
  assert.equal(forged.status, 400);
  const left = await fetch(`${it.url}/slack/install`, { redirect: 'manual' });
  const state = new URL(left.headers.get('location') ?? '').searchParams.get('state') ?? '';
  const stolen = new URLSearchParams({ code: 'T1', state });
  const elsewhere = await fetch(`${it.url}/slack/oauth_redirect?${stolen.toString()}`);
  assert.equal(elsewhere.status, 400);
  assert.deepEqual(it.slack.of('oauth.v2.access'), []);
  const { stores } = await stored(t, it);
  assert.deepEqual(await stores.workspaces.list(), []);
});
