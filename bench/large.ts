import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { decide, type Command } from '../src/core/lifecycle.ts';
import type { Mention } from '../src/core/mention.ts';
import { openDatabase } from '../src/store/db.ts';
import { createStores } from '../src/store/index.ts';
import { migrateUp } from '../src/store/migrate.ts';
import {
  sampleEvent,
  sampleKeyword,
  sampleMention,
  samplePoll,
  sampleSource,
  sampleWorkspace,
} from '../test/helpers/samples.ts';
import { CHANNEL, slackStandin, TEAM, type SlackStandin } from '../test/helpers/slack-standin.ts';

export interface LargeRow {
  what: string;
  /** Milliseconds. */
  median: number;
  low: number;
  high: number;
  runs: number[];
}

export interface LargeReport {
  mentions: number;
  events: number;
  megabytes: number;
  buildSeconds: number;
  rows: LargeRow[];
}

const YEARS = 2;
/** The newest so many wait for somebody, the next so many are somebody's. */
const OPEN = 400;
const CLAIMED = 200;
/** Texts are kept for 30 days after the end. */
const KEPT_DAYS = 25;
/** Names of the team are long gone from what is older. */
const NAMED_DAYS = 80;
const STARTS = 5;
const ASKED = 20;
const PATIENCE = 120;

/** How long a start, the log and Home take when a database holds as much as in two busy years. */
export async function run(mentions: number): Promise<LargeReport> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-large-'));
  const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const url = `sqlite:${join(folder, 'earshot.db')}`;
    const built = await build(url, mentions);
    const scope = { after: (close: () => unknown) => void closing.push(close) };
    const slack = await slackStandin(scope as Parameters<typeof slackStandin>[0]);
    return { ...built, rows: await measure(url, slack) };
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

async function build(url: string, mentions: number): Promise<Omit<LargeReport, 'rows'>> {
  const began = performance.now();
  const db = await openDatabase(url);
  await migrateUp(db);
  const now = new Date();
  await makePatterns(db, now);
  // What is lost when the machine stops meanwhile can be built again.
  await db.raw('PRAGMA synchronous = OFF');
  // In kibibytes: the indexes are written all over, and need not go to the disk each time.
  await db.raw('PRAGMA cache_size = -2000000');
  await multiply(db, mentions, now);
  await db.raw('PRAGMA wal_checkpoint(TRUNCATE)');
  const count = async (table: string) =>
    Number((await db(table).count({ total: '*' }))[0]!['total']);
  const [{ page_count: pages }] = (await db.raw('PRAGMA page_count')) as [{ page_count: number }];
  const [{ page_size: size }] = (await db.raw('PRAGMA page_size')) as [{ page_size: number }];
  const report = {
    mentions: await count('mentions'),
    events: await count('events'),
    megabytes: (pages * size) / 2 ** 20,
    buildSeconds: (performance.now() - began) / 1000,
  };
  await db.destroy();
  return report;
}

const POST: Command = { type: 'post', actor: 'system', channelId: CHANNEL };
const CLAIM: Command = { type: 'claim', actor: 'U1SAM' };
const DISMISS: Command = { type: 'dismiss', actor: 'U2KIM', reason: 'not-about-us', note: null };

/** One mention of each kind, with its events, as the stores write it: the others are like these. */
const PATTERNS: Readonly<Record<string, Command[]>> = {
  open: [POST],
  claimed: [POST, CLAIM],
  answered: [
    POST,
    CLAIM,
    { type: 'answer', actor: 'U1SAM', url: 'https://forum.example/posts/1#reply', note: null },
  ],
  dismissed: [POST, DISMISS],
  quiet: [],
  expired: [POST, CLAIM, DISMISS],
};

async function makePatterns(db: Knex, now: Date): Promise<void> {
  const stores = createStores(db);
  await stores.workspaces.save(sampleWorkspace({ id: TEAM }));
  const many = { channelId: CHANNEL, burstCards: 1000, stormFrom: 1000, digestTimes: [] };
  await stores.workspaces.changeSettings(TEAM, many);
  await stores.keywords.add(sampleKeyword({ id: 'k1', workspaceId: TEAM }));
  const source = sampleSource({ id: 's1', workspaceId: TEAM, cursor: '0', paused: true });
  await stores.sources.add(source);
  for (const [name, commands] of Object.entries(PATTERNS)) {
    let mention: Mention = sampleMention({
      ...{ id: name, workspaceId: TEAM, foundAt: now },
      ...(name === 'quiet' ? { status: 'quiet' as const } : {}),
    });
    const record = (await stores.sources.find(TEAM, 's1'))!;
    await stores.sources.commitPoll(samplePoll(record, [mention]));
    const all: Command[] = name === 'expired' ? [...commands, EXPIRE] : commands;
    for (const command of all) {
      const decision = decide(mention, command, now);
      if (!decision.ok) throw new Error(`a mention that is ${mention.status}: ${command.type}`);
      const { next, events } = decision;
      const rows = events.map((event) => ({
        ...sampleEvent(next, { id: `${name}-${next.version}`, at: now }),
        ...event,
      }));
      await stores.mentions.apply(next, rows as Parameters<typeof stores.mentions.apply>[1]);
      mention = next;
    }
    if (commands.length === 0) continue;
    const card = { channelId: CHANNEL, ts: '1.1', version: mention.version };
    await stores.mentions.recordCard(TEAM, name, card);
    for (const { id } of await stores.mentions.events(TEAM, name)) {
      await stores.mentions.recordLine(TEAM, id, '1.2');
    }
  }
}

const EXPIRE: Command = { type: 'expire', actor: 'system' };

/** Copies the patterns inside the database, evenly over the years. */
async function multiply(db: Knex, mentions: number, now: Date): Promise<void> {
  const step = (YEARS * 365 * 86_400) / mentions;
  const seconds = Math.floor(now.getTime() / 1000);
  const at = `strftime('%Y-%m-%dT%H:%M:%fZ', ${seconds} - n.i * ${step} - 60, 'unixepoch')`;
  const kept = Math.floor((KEPT_DAYS * 86_400) / step);
  const isNamed = `n.i < ${Math.floor((NAMED_DAYS * 86_400) / step)}`;
  const name = (column: string) =>
    `CASE WHEN ${isNamed} OR p.${column} IS NULL THEN p.${column} ELSE 'somebody' END`;
  const pattern = `CASE WHEN n.i < ${OPEN} THEN 'open' WHEN n.i < ${OPEN + CLAIMED} THEN 'claimed'
    WHEN n.i % 10 < 4 AND n.i < ${kept} THEN 'quiet' WHEN n.i >= ${kept} THEN 'expired'
    WHEN n.i % 10 < 8 THEN 'answered' ELSE 'dismissed' END`;
  const id = `printf('m%08d', ${mentions} - n.i)`;
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${mentions - 1})`;
  const isHeld = `p.external_id IS NOT NULL`;
  await copy(db, 'mentions', `${numbers} SELECT * FROM n JOIN mentions p ON p.id = ${pattern}`, {
    id,
    external_id: `CASE WHEN ${isHeld} THEN 'post-' || n.i END`,
    external_key: `'key-' || n.i`,
    post_key: `CASE WHEN ${isHeld} THEN 'post-key-' || n.i END`,
    author_hash: `CASE WHEN ${isHeld} THEN 'hash-' || (n.i % 5000) END`,
    card_ts: `CASE WHEN p.card_ts IS NOT NULL THEN printf('17%08d.%06d', n.i, 1) END`,
    found_at: at,
    changed_at: at,
    opened_at: `CASE WHEN p.opened_at IS NOT NULL THEN ${at} END`,
    claimed_at: `CASE WHEN p.claimed_at IS NOT NULL THEN ${at} END`,
    answered_at: `CASE WHEN p.answered_at IS NOT NULL THEN ${at} END`,
    claimed_by: name('claimed_by'),
    answered_by: name('answered_by'),
    sweep_at: `'2100-01-01T00:00:00.000Z'`,
    look_at: 'NULL',
  });
  await copy(
    db,
    'events',
    `${numbers} SELECT * FROM n JOIN events p ON p.mention_id = ${pattern}`,
    {
      id: `p.version || ${id}`,
      mention_id: id,
      at,
    },
  );
}

/** `from`: rows `n`, and beside each the pattern `p` of it; what is not said otherwise is as there. */
async function copy(
  db: Knex,
  table: string,
  from: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const columns: { name: string }[] = await db.raw(`PRAGMA table_info(${table})`);
  const names = columns.map(({ name }) => name);
  const list = names.map((name) => values[name] ?? `p.${name}`).join(', ');
  const [before, after] = from.split('SELECT *') as [string, string];
  // The numbers come first, and what stands before INSERT may be used in it.
  await db.raw(`${before} INSERT INTO ${table} (${names.join(', ')}) SELECT ${list} ${after}`);
}

async function measure(url: string, slack: SlackStandin): Promise<LargeRow[]> {
  const starts: number[] = [];
  for (let run = 0; run < STARTS; run += 1) {
    const process = await start(url, slack);
    starts.push(process.milliseconds);
    await process.end();
  }
  const { end } = await start(url, slack);
  const log = await asked(slack, () => slack.command('U1SAM', 'log'), ephemerals(slack));
  const week = await asked(slack, () => slack.command('U1SAM', 'log week'), ephemerals(slack));
  const person = await asked(
    slack,
    () => slack.command('U1SAM', 'log week <@U2KIM|kim>'),
    ephemerals(slack),
  );
  const homes = () => slack.of('views.publish').length;
  const home = await asked(slack, () => slack.openHome('U1SAM'), homes);
  const status = await asked(slack, () => slack.command('U1SAM', 'status'), ephemerals(slack));
  await end();
  return [
    spread('start, from the shell to "listening"', starts),
    spread('/earshot log', log),
    spread('/earshot log week', week),
    spread('/earshot log week @person', person),
    spread('/earshot status', status),
    spread('App Home', home),
  ];
}

const ephemerals = (slack: SlackStandin) => () => slack.ephemerals.length;

/** Milliseconds from the click until Slack has the answer. */
async function asked(
  slack: SlackStandin,
  ask: () => Promise<unknown>,
  answers: () => number,
): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < ASKED; run += 1) {
    const before = answers();
    const began = performance.now();
    void ask();
    await slack.until('it is answered', () => answers() > before, PATIENCE);
    times.push(performance.now() - began);
  }
  return times;
}

async function start(url: string, slack: SlackStandin) {
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/helpers/earshot-process.ts'], {
    env: {
      ...process.env,
      SLACK_BOT_TOKEN: 'xoxb-test',
      SLACK_APP_TOKEN: 'xapp-test',
      SLACK_API_URL: slack.apiUrl,
      DATABASE_URL: url,
      EARSHOT_SECRET: 'only-for-this-test-only-for-this-test',
      PORT: '0',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const milliseconds = performance.now() - began;
  return {
    milliseconds,
    async end() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function spread(what: string, times: readonly number[]): LargeRow {
  const sorted = times.toSorted((a, b) => a - b).map(Math.round);
  const median = sorted[Math.floor(sorted.length / 2)]!;
  return { what, median, low: sorted[0]!, high: sorted.at(-1)!, runs: sorted };
}
