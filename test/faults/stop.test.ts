import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import { openDatabase } from '../../src/store/db.ts';
import { createStores } from '../../src/store/index.ts';
import { migrateUp } from '../../src/store/migrate.ts';
import { eventually } from '../helpers/eventually.ts';
import { startPostgres } from '../helpers/postgres.ts';
import { sampleKeyword, sampleSource, sampleWorkspace } from '../helpers/samples.ts';
import { CHANNEL, slackStandin, TEAM, type SlackStandin } from '../helpers/slack-standin.ts';
import { temporaryFolder } from '../helpers/stores.ts';
import { startWeb } from '../helpers/web.ts';

const postgres = await startPostgres();

/** What is promised, in milliseconds. */
const PROMISED_MS = 10_000;
const PATIENCE = 120;
const LONG_AGO = new Date('2000-01-01').toISOString();

/** A forum with many feeds, each with some complaints, and a switch that lets its answers drip. */
async function forum(t: TestContext, feeds: number) {
  const web = await startWeb();
  t.after(() => web.close());
  const items: string[] = ['<item><title>Welcome (sample)</title><guid>w</guid></item>'];
  const feed = (shown: readonly string[]) =>
    `<rss version="2.0"><channel><title>Forum (sample)</title>${shown.join('')}</channel></rss>`;
  let isDripping = false;
  let dripping = 0;
  async function* drops(text: string) {
    dripping += 1;
    for (const letter of text) {
      yield Buffer.from(letter);
      await pause(100);
    }
  }
  for (let number = 0; number < feeds; number += 1) {
    const text = () => feed(number === 0 ? items : items.slice(-1));
    web.on(`/${number}.xml`, () => ({ body: isDripping ? drops(text()) : text() }));
  }
  return {
    web,
    addresses: Array.from({ length: feeds }, (_, number) => `${web.url}/${number}.xml`),
    complain(count: number) {
      for (let made = 0; made < count; made += 1) {
        const id = items.length;
        items.unshift(
          `<item><title>Sample ${id}</title><guid isPermaLink="false">${web.port}-${id}</guid><pubDate>${new Date().toUTCString()}</pubDate><description>Acme Broadband is down again, still waiting, nobody answers. Awful service.</description></item>`,
        );
      }
    },
    drip: () => (isDripping = true),
    flow: () => (isDripping = false),
    dripping: () => dripping,
  };
}

interface Life {
  child: ChildProcess;
  /** What it printed to stdout, the log included. */
  said(): string;
  errors(): string;
}

function live(
  t: TestContext,
  script: string,
  env: Record<string, string>,
  ...words: string[]
): Life {
  const path = join(import.meta.dirname, script);
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), path, ...words], {
    cwd: temporaryFolder(t),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  t.after(() => child.kill('SIGKILL'));
  let [said, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  return { child, said: () => said, errors: () => errors };
}

async function stopped({ child }: Life) {
  const gone = once(child, 'exit');
  const began = performance.now();
  child.kill('SIGTERM');
  const [code] = (await gone) as [number | null];
  return { code, milliseconds: performance.now() - began };
}

/** Each mention that has a card, once for each card that stands. */
function carded(slack: SlackStandin): string[] {
  return [...slack.messages.values()].flatMap(({ threadTs, metadata }) => {
    const id = /"mention_id":"([^"]+)"/u.exec(JSON.stringify(metadata))?.[1];
    return threadTs === null && id !== undefined ? [id] : [];
  });
}

const CLI = '../../src/cli.ts';
const QUICK = '../helpers/earshot-process.ts';

/** A workspace that listens to forums on loopback, in which people have just complained. */
async function town(t: TestContext, databaseUrl: string, size: { forums: number; feeds: number }) {
  const slack = await slackStandin(t);
  slack.unknown.clear();
  const forums = await Promise.all(Array.from({ length: size.forums }, () => forum(t, size.feeds)));
  const db = await openDatabase(databaseUrl);
  t.after(() => db.destroy());
  await migrateUp(db);
  const stores = createStores(db);
  const createdAt = new Date();
  await stores.workspaces.save(sampleWorkspace({ id: TEAM }));
  await stores.workspaces.changeSettings(TEAM, { burstCards: 1000, stormFrom: 1000 });
  await stores.keywords.add(sampleKeyword({ workspaceId: TEAM, createdAt }));
  for (const { addresses } of forums) {
    for (const address of addresses) {
      const of = { workspaceId: TEAM, kind: 'feed', address, createdAt, nextPollAt: createdAt };
      await stores.sources.add(sampleSource({ ...of, intervalSeconds: 1 }));
    }
  }
  const env = {
    ...{ SLACK_BOT_TOKEN: 'xoxb-test', SLACK_APP_TOKEN: 'xapp-test', PORT: '0' },
    ...{ SLACK_API_URL: slack.apiUrl, EARSHOT_CHANNEL: CHANNEL, DATABASE_URL: databaseUrl },
    EARSHOT_PRIVATE_HOSTS: forums.map(({ web }) => web.host).join(','),
    EARSHOT_SECRET: 'a secret for tests, 32 characters long',
    ...{ POLL_CRON: '* * * * * *', LOG_LEVEL: 'info' },
  };
  const first = live(t, CLI, env, 'start');
  await eventually('all were heard once', async () => {
    assert.equal(first.child.exitCode, null, first.errors() + first.said());
    return (await stores.sources.list(TEAM)).every(({ lastSuccessAt }) => lastSuccessAt !== null);
  });
  for (const { complain } of forums) complain(3);
  await slack.until('two cards stand', () => carded(slack).length >= 2, PATIENCE);
  return { slack, forums, db, stores, env, first };
}

/** From now on Slack takes nothing and says nothing, and a message is under way to it. */
async function silence(slack: SlackStandin): Promise<void> {
  slack.weather = 'silence';
  const before = slack.of('chat.postMessage').length;
  const isSent = () => slack.of('chat.postMessage').length > before;
  await slack.until('a message is under way', isSent, PATIENCE);
}

async function underLoad(t: TestContext, databaseUrl: string): Promise<void> {
  const size = { forums: 4, feeds: 12 };
  const { slack, forums, db, stores, env, first } = await town(t, databaseUrl, size);
  const { mentions } = stores;
  for (const { drip } of forums) drip();
  await eventually('answers drip', () => forums.some(({ dripping }) => dripping() > 0));
  const claims = async () => (await mentions.log(TEAM, { types: ['claimed'] }, 100)).length;
  const [one, other] = [...slack.messages.values()].filter(({ threadTs }) => threadTs === null);
  await slack.press('U1SAM', { message: one!.ts }, 'Claim');
  await eventually('it is claimed', async () => (await claims()) === 1);
  await silence(slack);
  await slack.press('U1SAM', { message: other!.ts }, 'Claim');

  const { code, milliseconds } = await stopped(first);
  assert.equal(code, 0, first.errors() + first.said());
  t.diagnostic(`stopped after ${(milliseconds / 1000).toFixed(1)} s`);
  assert.ok(milliseconds < PROMISED_MS, `${milliseconds} ms`);
  assert.match(first.said(), /"left":\{[^}]*"publish":\d.*for the next start/u);

  slack.weather = null;
  for (const { flow } of forums) flow();
  // What a process had in hand is left to it for a minute: it has passed.
  await db('postings').update({ at: LONG_AGO });
  const second = live(t, QUICK, env);
  const total = size.forums * 3;
  await slack.until('all have a card', () => new Set(carded(slack)).size === total, PATIENCE);
  await eventually('all is at rest', async () => {
    const left = await Promise.all([mentions.stale(TEAM, 1), mentions.unlogged(TEAM, 1)]);
    return left.every(({ length }) => length === 0);
  });
  assert.equal(carded(slack).length, total, 'each once');
  assert.equal(await mentions.count(TEAM, {}), total);
  const told = [...slack.messages.values()].filter(
    ({ threadTs, text }) => threadTs !== null && text.startsWith('claimed by'),
  );
  assert.deepEqual([await claims(), told.length], [2, 2]);
  assert.equal((await stopped(second)).code, 0);
}

test('a stop under load ends within ten seconds, and the next start goes on with nothing lost or doubled', (t) =>
  underLoad(t, `sqlite:${join(temporaryFolder(t), 'earshot.db')}`));

test(
  'so it does on Postgres',
  { skip: typeof postgres === 'string' ? postgres : false },
  async (t) => {
    if (typeof postgres !== 'string') await underLoad(t, await postgres.createDatabase());
  },
);

test('a second signal ends it at once', async (t) => {
  const url = `sqlite:${join(temporaryFolder(t), 'earshot.db')}`;
  const { slack, first } = await town(t, url, { forums: 1, feeds: 1 });
  const [card] = [...slack.messages.values()].filter(({ threadTs }) => threadTs === null);
  await silence(slack);
  // Who is in the channel was not asked yet, and Slack does not say: so the stop waits for it as well.
  await slack.press('U1SAM', { message: card!.ts }, 'Claim');
  first.child.stderr!.on('data', () => first.child.kill('SIGTERM'));
  const { code } = await stopped(first);
  assert.equal(code, 1, first.errors());
  assert.doesNotMatch(first.errors(), /takes too long/u);
});
