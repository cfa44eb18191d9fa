import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { suite, test, type TestContext } from 'node:test';
import { openDatabase } from '../src/store/db.ts';
import { createStores } from '../src/store/index.ts';
import { migrateUp } from '../src/store/migrate.ts';
import { DID, postFrame, startJetstream } from './stand-ins/jetstream.ts';
import { startPostgres } from './helpers/postgres.ts';
import { sampleKeyword, sampleSource, sampleWorkspace } from './helpers/samples.ts';
import { CHANNEL, slackStandin, TEAM, type SlackStandin } from './helpers/slack-standin.ts';
import { temporaryFolder } from './helpers/stores.ts';
import { startWeb, type Web } from './helpers/web.ts';

const postgres = await startPostgres();
const skip = typeof postgres === 'string' ? postgres : false;

const REPLICAS = 3;
/** Milliseconds between two messages in one channel. */
const PACE = 20;
/** Seconds between two polls of one feed. */
const INTERVAL = 2;
/** Several processes start and work at once, on a machine that may be busy. */
const PATIENCE = 300;

/** A made-up forum with a feed that a test writes to. */
interface Forum {
  web: Web;
  /** Says so many new complaints. */
  complain(count: number): void;
  requests(): number;
  /** Most requests that were under way at once. */
  atOnce(): number;
}

async function forum(t: TestContext): Promise<Forum> {
  const web = await startWeb();
  t.after(() => web.close());
  const items: string[] = [];
  let [inside, most] = [0, 0];
  web.on('/feed.xml', async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
    const body = `<rss version="2.0"><channel><title>Forum (sample)</title>${items.join('')}</channel></rss>`;
    return { headers: { 'content-type': 'application/xml' }, body };
  });
  return {
    web,
    complain(count) {
      for (let number = 0; number < count; number += 1) {
        const id = items.length;
        items.unshift(
          `<item><title>Sample ${id}</title><link>${web.url}/posts/${id}</link><guid>${web.host}-${id}</guid><pubDate>${new Date().toUTCString()}</pubDate><description>Acme Broadband is down again, still waiting, nobody answers. Awful service.</description></item>`,
        );
      }
    },
    requests: () => web.requests.length,
    atOnce: () => most,
  };
}

/** Earshot as a process of its own, one of several on one database. */
function replica(
  t: TestContext,
  slack: SlackStandin,
  databaseUrl: string,
  hosts: readonly string[],
  more: Record<string, string> = {},
): ChildProcess {
  const env = {
    ...process.env,
    ...{ SLACK_BOT_TOKEN: 'xoxb-test', SLACK_APP_TOKEN: 'xapp-test' },
    ...{ SLACK_API_URL: slack.apiUrl, EARSHOT_CHANNEL: CHANNEL, DATABASE_URL: databaseUrl },
    EARSHOT_SECRET: 'one secret for all of them, as on many machines',
    EARSHOT_PRIVATE_HOSTS: hosts.join(','),
    ...{ POLL_CRON: '* * * * * *', PORT: '0', LOG_LEVEL: 'warn', TEST_POST_MS: String(PACE) },
    ...more,
  };
  const helper = new URL('helpers/earshot-process.ts', import.meta.url).pathname;
  const script = ['--import', import.meta.resolve('tsx'), helper];
  // Each has a folder of its own, as on a machine of its own.
  const cwd = temporaryFolder(t);
  const child = spawn(process.execPath, script, { env, cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => end(child, 'SIGKILL'));
  return child;
}

/** A database with the workspace and its keyword. */
async function furnished(t: TestContext) {
  assert.ok(typeof postgres !== 'string');
  const url = await postgres.createDatabase();
  const db = await openDatabase(url);
  t.after(() => db.destroy());
  await migrateUp(db);
  const stores = createStores(db);
  await stores.workspaces.save(sampleWorkspace({ id: TEAM }));
  await stores.workspaces.changeSettings(TEAM, { burstCards: 1000, stormFrom: 1000 });
  await stores.keywords.add(sampleKeyword({ workspaceId: TEAM, createdAt: new Date() }));
  return { url, stores };
}

/** For what shows in the database alone. */
async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE * 1000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = once(child, 'exit');
  child.kill(signal);
  const [code] = (await gone) as [number | null];
  return code;
}

/** How often the card of each mention was posted, whatever became of it. */
function postsByMention(slack: SlackStandin): Map<string, number> {
  const found = new Map<string, number>();
  for (const { args } of slack.of('chat.postMessage')) {
    const { event_payload: payload } = (args['metadata'] ?? {}) as {
      event_payload?: { mention_id?: string };
    };
    const id = payload?.mention_id;
    if (id !== undefined) found.set(id, (found.get(id) ?? 0) + 1);
  }
  return found;
}

suite('several replicas on one Postgres', { skip, concurrency: true }, () => {
  test('each feed is polled once an interval, each card posted once and in its pace, and the rest goes on when one dies', async (t) => {
    const slack = await slackStandin(t);
    slack.unknown.clear();
    const forums = await Promise.all(Array.from({ length: 4 }, () => forum(t)));
    const { url, stores } = await furnished(t);
    for (const { web } of forums) {
      const address = `${web.url}/feed.xml`;
      const intervalSeconds = INTERVAL;
      await stores.sources.add(
        sampleSource({ workspaceId: TEAM, address, intervalSeconds, createdAt: new Date() }),
      );
    }

    const started = performance.now();
    const hosts = forums.map(({ web }) => web.host);
    const replicas = Array.from({ length: REPLICAS }, () => replica(t, slack, url, hosts));
    await slack.until('all are connected', () => slack.connections() === REPLICAS, PATIENCE);
    await eventually('all were heard for the first time', async () =>
      (await stores.sources.list(TEAM)).every(({ lastSuccessAt }) => lastSuccessAt !== null),
    );

    // A hundred complaints: a hundred cards, each once.
    for (const place of forums) place.complain(25);
    await slack.until('all have a card', () => postsByMention(slack).size === 100, PATIENCE);
    assert.equal(await stores.mentions.count(TEAM, {}), 100);
    assert.deepEqual([...new Set(postsByMention(slack).values())], [1]);
    const times = slack.of('chat.postMessage').map(({ at }) => at);
    const lasted = Math.max(...times) - Math.min(...times);
    assert.ok(lasted > (times.length - 1) * PACE * 0.9, `${times.length} posts in ${lasted} ms`);

    // Each feed once an interval, give or take what is drawn, whatever the number of replicas.
    const intervals = (performance.now() - started) / 1000 / (INTERVAL * 0.9);
    for (const place of forums) {
      assert.ok(place.requests() <= intervals + 2, `${place.requests()} in ${intervals}`);
      assert.equal(place.atOnce(), 1);
    }

    // Two people press at once, and Slack tells two replicas: one of them has it.
    const cards = [...slack.messages.values()].filter(({ threadTs }) => threadTs === null);
    const contested = cards.slice(0, 10).map(({ ts }) => ts);
    await Promise.all(
      contested.flatMap((message) => [
        slack.press('U1SAM', { message }, 'Claim'),
        slack.press('U2KIM', { message }, 'Claim'),
      ]),
    );
    const claims = () =>
      [...slack.messages.values()].filter(
        ({ threadTs, text }) => threadTs !== null && text.includes('laimed'),
      );
    await slack.until('every claim is told', () => claims().length >= 10, PATIENCE);
    const logged = await stores.mentions.log(TEAM, { types: ['claimed'] }, 100);
    assert.equal(logged.length, 10);
    assert.equal(new Set(logged.map(({ mentionId }) => mentionId)).size, 10);

    // One dies in the midst of its work; the others do the rest, and no card comes twice, since
    // Earshot may look whether what was not heard of is there.
    for (const place of forums) place.complain(5);
    await slack.until('some are posted', () => postsByMention(slack).size > 103, PATIENCE);
    await end(replicas[0]!, 'SIGKILL');
    for (const place of forums) place.complain(5);
    await slack.until('all have a card', () => postsByMention(slack).size === 140, PATIENCE);
    assert.equal(await stores.mentions.count(TEAM, {}), 140);
    assert.deepEqual([...new Set(postsByMention(slack).values())], [1]);

    // Those that are left end as they should.
    const codes = await Promise.all(replicas.slice(1).map((one) => end(one, 'SIGTERM')));
    assert.deepEqual(codes, [0, 0]);
  });

  test('a stream is heard by one replica, and by another soon after that one was killed, from where it was', async (t) => {
    const slack = await slackStandin(t);
    const jetstream = await startJetstream();
    t.after(() => jetstream.close());
    const api = await startWeb();
    t.after(() => api.close());
    api.on('/xrpc/app.bsky.feed.getPosts', ({ path }) => {
      const uris = new URL(path, api.url).searchParams.getAll('uris');
      const author = { did: DID, handle: 'sample.example', labels: [] };
      return { body: JSON.stringify({ posts: uris.map((uri) => ({ uri, author })) }) };
    });
    const { url, stores } = await furnished(t);
    const source = sampleSource({
      ...{ workspaceId: TEAM, kind: 'bluesky', address: 'bluesky', createdAt: new Date() },
    });
    await stores.sources.add(source);
    const lease = async () => (await stores.sources.find(TEAM, source.id))!.nextPollAt.getTime();
    const say = (key: string) =>
      jetstream.emit(postFrame(key, `Acme Broadband is down again, awful, nobody answers. ${key}`));
    const count = async (wanted: number) => (await stores.mentions.count(TEAM, {})) === wanted;

    const more = { BLUESKY_JETSTREAM_URL: jetstream.url, BLUESKY_API_URL: api.url };
    const start = () => replica(t, slack, url, [jetstream.host, api.host], more);
    const first = start();
    await jetstream.connected(1);
    say('one');
    await eventually('the first hears', () => count(1));
    start();
    await slack.until('both are there', () => slack.connections() === 2, PATIENCE);
    const before = await lease();
    await eventually('the lease was renewed', async () => (await lease()) > before);
    assert.equal(jetstream.cursors.length, 1);

    await end(first, 'SIGKILL');
    const killed = performance.now();
    say('two');
    await jetstream.connected(2);
    t.diagnostic(`taken up after ${Math.round((performance.now() - killed) / 1000)} s`);
    say('three');
    await eventually('nothing was missed', () => count(3));
    assert.equal(jetstream.sockets.size, 1);
  });
});
