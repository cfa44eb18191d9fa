/**
 * How much more several processes on one Postgres do than one: feeds that all have something new at
 * the same time, from their bytes to stored verdicts, and the cards that follow.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestContext } from 'node:test';
import { openDatabase } from '../src/store/db.ts';
import { createStores } from '../src/store/index.ts';
import { migrateUp } from '../src/store/migrate.ts';
import { launchPostgres } from '../test/helpers/postgres.ts';
import { sampleKeyword, sampleSource, sampleWorkspace } from '../test/helpers/samples.ts';
import { CHANNEL, slackStandin, TEAM } from '../test/helpers/slack-standin.ts';
import { startWeb, type Web } from '../test/helpers/web.ts';
import type { Figure, Section } from './figures.ts';
import { ROOT } from './process.ts';

const COUNTS = [1, 2, 3, 4];
const FEEDS = 48;
const POSTS = 400;
/** Of the posts of each feed, those that are complaints about the keyword. */
const COMPLAINTS = 5;
const RUNS = 3;

type Postgres = Awaited<ReturnType<typeof launchPostgres>>;

export async function run(): Promise<Section> {
  const postgres = await launchPostgres();
  const found = new Map(COUNTS.map((count) => [count, { posts: [], cards: [] } as Rates]));
  try {
    for (let turn = 0; turn < RUNS; turn += 1) {
      for (const count of COUNTS) {
        const { posts, cards } = await measure(postgres, count);
        found.get(count)!.posts.push(posts);
        found.get(count)!.cards.push(cards);
      }
    }
  } finally {
    await postgres.end();
  }
  const figures = (what: string, unit: string, of: (rates: Rates) => number[]): Figure[] =>
    [...found].map(([count, rates]) => ({
      ...{ what, unit, better: 'more' as const, runs: of(rates) },
      who: count === 1 ? 'one process' : `${count} processes`,
    }));
  return {
    title: 'Replicas',
    about: `Processes on one Postgres, which runs on the same machine, with a stand-in for Slack whose pace is switched off. ${FEEDS} feeds on hosts of their own have ${POSTS} new posts of about 700 bytes each at the same moment, ${COMPLAINTS} of them complaints. Measured from that moment: until the last complaint is stored, and until the last card is there.`,
    figures: [
      ...figures('heard and stored', 'posts/s', ({ posts }) => posts),
      ...figures('carded', 'cards/s', ({ cards }) => cards),
    ],
    notes: [
      `${cpus().length} processors for all of it: the processes, Postgres, the feeds and Slack`,
      'the cards of one workspace are posted by one process at a time, in the order of their urgency',
    ],
  };
}

interface Rates {
  posts: number[];
  cards: number[];
}

async function measure(
  postgres: Postgres,
  count: number,
): Promise<{ posts: number; cards: number }> {
  const ends: (() => unknown)[] = [];
  const lifetime = { after: (end: () => unknown) => void ends.unshift(end) };
  try {
    // All that it wants of a test is to be told when that is over.
    const slack = await slackStandin(lifetime as unknown as TestContext);
    const webs = await Promise.all(Array.from({ length: FEEDS }, () => startWeb()));
    for (const web of webs) {
      lifetime.after(() => web.close());
      web.on('/feed.xml', feed(web, 0));
    }
    const url = await postgres.createDatabase();
    const db = await openDatabase(url);
    lifetime.after(() => db.destroy());
    await migrateUp(db);
    const stores = createStores(db);
    await stores.workspaces.save(sampleWorkspace({ id: TEAM }));
    await stores.workspaces.changeSettings(TEAM, { burstCards: 1e6, stormFrom: 1e6 });
    await stores.keywords.add(sampleKeyword({ workspaceId: TEAM }));
    for (const web of webs) {
      const place = { address: `${web.url}/feed.xml`, intervalSeconds: 0, createdAt: new Date() };
      await stores.sources.add(sampleSource({ workspaceId: TEAM, ...place }));
    }
    const hosts = webs.map(({ host }) => host);
    for (let number = 0; number < count; number += 1) {
      const child = start(url, slack.apiUrl, hosts, lifetime);
      await once(child.stdout!, 'data');
    }
    const isHeard = async () =>
      (await stores.sources.list(TEAM)).every(({ lastSuccessAt }) => lastSuccessAt !== null);
    while (!(await isHeard())) await pause(100);

    for (const web of webs) web.on('/feed.xml', feed(web, POSTS));
    const began = performance.now();
    while ((await stores.mentions.count(TEAM, {})) < FEEDS * COMPLAINTS) await pause(20);
    const stored = (performance.now() - began) / 1000;
    const cards = () => [...slack.messages.values()].filter(({ threadTs }) => threadTs === null);
    await slack.until('all have a card', () => cards().length >= FEEDS * COMPLAINTS, 300);
    const carded = (performance.now() - began) / 1000;
    return { posts: (FEEDS * POSTS) / stored, cards: (FEEDS * COMPLAINTS) / carded };
  } finally {
    for (const end of ends) await end();
  }
}

function start(
  databaseUrl: string,
  apiUrl: string,
  hosts: readonly string[],
  lifetime: { after(end: () => unknown): void },
): ChildProcess {
  const cwd = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  const env = {
    ...process.env,
    ...{ DATABASE_URL: databaseUrl, SLACK_API_URL: apiUrl, EARSHOT_CHANNEL: CHANNEL },
    ...{ SLACK_BOT_TOKEN: 'xoxb-sample', SLACK_APP_TOKEN: 'xapp-sample', PORT: '0' },
    ...{ EARSHOT_SECRET: 'a key for the bench only, of no worth', LOG_LEVEL: 'error' },
    ...{ POLL_CRON: '* * * * * *', EARSHOT_PRIVATE_HOSTS: hosts.join(','), NODE_OPTIONS: '' },
  };
  const script = join(ROOT, 'test/helpers/earshot-process.ts');
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script], {
    ...{ env, cwd, stdio: ['ignore', 'pipe', 'inherit'] },
  });
  lifetime.after(async () => {
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(cwd, { recursive: true, force: true });
  });
  return child;
}

const FILLER = 'The new router came on Tuesday and was easy to set up, said the neighbour. ';
const COMPLAINT = 'Acme Broadband is down again, still waiting, nobody answers. Awful service. ';

/** The newest posts first; the complaints are the oldest of them, so that all must be read. */
function feed(web: Web, count: number) {
  const date = new Date().toUTCString();
  const items = Array.from({ length: count }, (_, number) => {
    const text = (number >= count - COMPLAINTS ? COMPLAINT : '') + FILLER.repeat(9).slice(0, 600);
    return `<item><title>Sample ${number}</title><link>${web.url}/posts/${number}</link><guid>${web.host}-${number}</guid><pubDate>${date}</pubDate><description>${text}</description></item>`;
  });
  const body = `<rss version="2.0"><channel><title>Forum (sample)</title>${items.join('')}</channel></rss>`;
  return { headers: { 'content-type': 'application/xml' }, body };
}
