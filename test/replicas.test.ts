import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { suite, test, type TestContext } from 'node:test';
import { openDatabase } from '../src/store/db.ts';
import { createStores } from '../src/store/index.ts';
import { migrateUp } from '../src/store/migrate.ts';
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
const PATIENCE = 120;

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

/** Earshot as so many processes on one database, each a replica. */
function herd(t: TestContext, slack: SlackStandin, databaseUrl: string, forums: readonly Forum[]) {
  const env = {
    ...process.env,
    ...{ SLACK_BOT_TOKEN: 'xoxb-test', SLACK_APP_TOKEN: 'xapp-test' },
    ...{ SLACK_API_URL: slack.apiUrl, EARSHOT_CHANNEL: CHANNEL, DATABASE_URL: databaseUrl },
    EARSHOT_SECRET: 'one secret for all of them, as on many machines',
    EARSHOT_PRIVATE_HOSTS: forums.map(({ web }) => web.host).join(','),
    ...{ POLL_CRON: '* * * * * *', PORT: '0', LOG_LEVEL: 'warn', TEST_POST_MS: String(PACE) },
  };
  const helper = new URL('helpers/earshot-process.ts', import.meta.url).pathname;
  const script = ['--import', import.meta.resolve('tsx'), helper];
  const replicas = Array.from({ length: REPLICAS }, (): ChildProcess => {
    // Each has a folder of its own, as on a machine of its own.
    const child = spawn(process.execPath, script, {
      ...{ env, cwd: temporaryFolder(t), stdio: ['ignore', 'pipe', 'inherit'] },
    });
    t.after(() => end(child, 'SIGKILL'));
    return child;
  });
  return replicas;
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

suite('several replicas on one Postgres', { skip }, () => {
  test('each feed is polled once an interval, each card posted once and in its pace, and the rest goes on when one dies', async (t) => {
    if (typeof postgres === 'string') return;
    const slack = await slackStandin(t);
    slack.unknown.clear();
    const forums = await Promise.all(Array.from({ length: 4 }, () => forum(t)));
    const url = await postgres.createDatabase();
    const db = await openDatabase(url);
    t.after(() => db.destroy());
    await migrateUp(db);
    const stores = createStores(db);
    await stores.workspaces.save(sampleWorkspace({ id: TEAM }));
    await stores.workspaces.changeSettings(TEAM, { burstCards: 1000, stormFrom: 1000 });
    await stores.keywords.add(sampleKeyword({ workspaceId: TEAM, createdAt: new Date() }));
    for (const { web } of forums) {
      const address = `${web.url}/feed.xml`;
      const intervalSeconds = INTERVAL;
      await stores.sources.add(
        sampleSource({ workspaceId: TEAM, address, intervalSeconds, createdAt: new Date() }),
      );
    }

    const started = performance.now();
    const replicas = herd(t, slack, url, forums);
    await slack.until('all are connected', () => slack.connections() === REPLICAS, PATIENCE);
    for (;;) {
      const sources = await stores.sources.list(TEAM);
      if (sources.every(({ lastSuccessAt }) => lastSuccessAt !== null)) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }

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
});
