import { setMaxListeners } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Knex } from 'knex';
import { createChores, type ChoreDeps } from '../../src/chores.ts';
import type { Notifier, Sent, Stores } from '../../src/core/ports.ts';
import { act } from '../../src/flows/act/act.ts';
import { createLearning } from '../../src/flows/hear/learn.ts';
import { createMatching } from '../../src/flows/hear/matching.ts';
import { createOutbox } from '../../src/flows/tell/outbox.ts';
import { createSerially, publishMention } from '../../src/flows/tell/publish.ts';
import { isStillThere } from '../../src/flows/forget/sweep.ts';
import { createMetrics } from '../../src/metrics.ts';
import { authorHasher, createIds } from '../../src/secret.ts';
import { feed } from '../../src/sources/feed.ts';
import { createHttp } from '../../src/sources/http.ts';
import { openDatabase } from '../../src/store/db.ts';
import { createStores } from '../../src/store/index.ts';
import { migrateUp } from '../../src/store/migrate.ts';
import { sampleKeyword, sampleSource, sampleWorkspace } from '../helpers/samples.ts';
import { startFarm } from './farm.ts';

export interface SoakOptions {
  /** The database file, which is not there yet. */
  path: string;
  days: number;
  feeds: number;
  /** Minutes of simulated time between two rounds of work. */
  stepMinutes: number;
  /** Hours between two posts of one feed. */
  postHours: number;
  retentionDays: number;
  onDay?: (figures: DayFigures) => void;
}

/** At the end of a simulated day. */
export interface DayFigures {
  day: number;
  /** Since the day before. */
  polls: number;
  mentions: number;
  events: number;
  /** Characters of what authors wrote that are kept. */
  textKept: number;
  /** Bytes in use in the database file. */
  databaseBytes: number;
  /** After a collection of garbage. */
  heapBytes: number;
  files: number;
  /** Sockets, timers and the like that keep the process busy. */
  resources: number;
}

export interface SoakReport {
  days: DayFigures[];
  warnings: string[];
  failures: number;
}

/** Linux alone shows them. */
const OPEN_FILES = '/proc/self/fd';
const MINUTE_MS = 60_000;
const START = new Date('2026-03-02T00:00:00Z');
type SoakFlows = ChoreDeps & Parameters<typeof createOutbox>[0] & Parameters<typeof act>[0];
type ActDeps = Parameters<typeof act>[0];
const ACTOR = 'U1SAM';
const CHANNEL = 'C1';

/**
 * Earshot's own chores on a real database and real feeds on loopback, for days of simulated time: all
 * that recurs, and a person who closes whatever was posted. Slack takes everything and keeps nothing,
 * so that what grows is ours.
 */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  let now = START;
  const clock = () => now;
  const warnings: string[] = [];
  const warned = (warning: Error) => void warnings.push(`${warning.name}: ${warning.message}`);
  process.on('warning', warned);
  const farm = await startFarm(options.feeds, options.postHours, clock);
  const http = createHttp({
    ...{ contact: null, version: '0', privateHosts: [farm.web.host], pause: () => 0, clock },
  });
  const db = await openDatabase(`sqlite:${options.path}`);
  await migrateUp(db);
  const stores = createStores(db);
  await furnish(stores, farm.addresses, options);
  let failures = 0;
  const flows = flowsOn({ stores, http, clock }, () => (failures += 1));
  const chores = createChores(flows, createOutbox(flows), createMetrics(), null);
  const { signal } = new AbortController();
  // As the schedule does: every poll under way listens to it.
  setMaxListeners(0, signal);
  const days: DayFigures[] = [];
  let polls = 0;
  const steps = (options.days * 24 * 60) / options.stepMinutes;
  for (let step = 1; step <= steps; step += 1) {
    now = new Date(START.getTime() + step * options.stepMinutes * MINUTE_MS);
    const due = await chores.dueSources();
    polls += due.length;
    await Promise.all(due.map((source) => chores.poll(source, signal)));
    for (const workspaceId of await chores.workspaces()) {
      await chores.publish(workspaceId);
      await chores.digest(workspaceId);
      await chores.escalate(workspaceId);
      await chores.verify(workspaceId, signal);
      await close(flows, workspaceId, new Date(now.getTime() - options.stepMinutes * MINUTE_MS));
      await chores.sweep(workspaceId, signal);
    }
    await chores.tidy();
    await chores.observe();
    if ((step * options.stepMinutes) % (24 * 60) !== 0) continue;
    const figures = { day: days.length + 1, polls, ...(await measure(db)) };
    polls = 0;
    days.push(figures);
    options.onDay?.(figures);
  }
  await http.close();
  await db.destroy();
  await farm.web.close();
  process.off('warning', warned);
  return { days, warnings, failures };
}

async function furnish(stores: Stores, addresses: string[], { retentionDays }: SoakOptions) {
  const workspace = sampleWorkspace({ createdAt: START });
  await stores.workspaces.save(workspace);
  await stores.workspaces.changeSettings(workspace.id, { channelId: CHANNEL, retentionDays });
  await stores.keywords.add(
    sampleKeyword({ workspaceId: workspace.id, query: '"acme broadband"', createdAt: START }),
  );
  for (const [index, address] of addresses.entries()) {
    await stores.sources.add(
      sampleSource({
        ...{ id: `soak-${index}`, workspaceId: workspace.id, kind: 'feed', address },
        ...{ cursor: null, intervalSeconds: 900, nextPollAt: START, createdAt: START },
      }),
    );
  }
}

function flowsOn(
  base: { stores: Stores; http: ChoreDeps['http']; clock: () => Date },
  failed: () => void,
): SoakFlows {
  const silent = () => undefined;
  const broke = (_fields: object, message: string) => {
    failed();
    console.error(message, _fields);
  };
  const flows = {
    ...base,
    sources: [feed],
    sourceSettings: {},
    log: { debug: silent, info: silent, warn: broke, error: broke },
    notifier: slackThatKeepsNothing(),
    newId: createIds(base.clock),
    match: createMatching(),
    learned: createLearning(base.stores, (id) => `sample key of ${id}`),
    hashAuthor: authorHasher('a secret for tests, 32 characters long'),
    serially: createSerially(),
    holder: 'soak',
    timeoutSeconds: 60,
    jitter: () => 1,
    notice: async () => undefined,
    publish: async (workspaceId: string, id: string) =>
      void (await publishMention(flows, workspaceId, id)),
    isStillThere: (workspaceId: string, id: string) => isStillThere(flows, workspaceId, id),
  } as SoakFlows;
  return flows;
}

/** A person takes up what was posted, and closes it at the next round. */
async function close(flows: ActDeps, workspaceId: string, to: Date): Promise<void> {
  const { mentions } = flows.stores;
  const dismiss = { type: 'dismiss', actor: ACTOR, reason: 'not-negative', note: null } as const;
  const claim = { type: 'claim', actor: ACTOR } as const;
  for (const [status, command] of [
    ['claimed', dismiss],
    ['open', claim],
  ] as const) {
    const filter = { statuses: [status], to };
    for (const { id: mentionId } of await mentions.list(workspaceId, filter, { limit: 200 })) {
      await act(flows, { workspaceId, mentionId, command });
    }
  }
}

function slackThatKeepsNothing(): Notifier {
  let serial = 1_000_000;
  const sent = async (): Promise<Sent> => ({ ok: true, ts: `${(serial += 1)}.000100` });
  const kept = async (_one: unknown, _channel: unknown, ts: string): Promise<Sent> => ({
    ok: true,
    ts,
  });
  return {
    ...{ postCard: sent, postLine: sent, pointTo: sent, postBoard: sent, remove: sent },
    ...{ clearHome: sent, notice: sent, praise: sent, updateCard: kept },
    updateBoard: async (_workspaceId, _board, _channelId, ts) => ({ ok: true, ts }),
    settle: async () => ({ state: 'missing' }),
    answers: async () => true,
  };
}

async function measure(db: Knex): Promise<Omit<DayFigures, 'day' | 'polls'>> {
  collectGarbage();
  const pragma = async (name: string) =>
    Number(Object.values(((await db.raw(`PRAGMA ${name}`)) as object[])[0] ?? {})[0]);
  const one = async (table: string, sum: string) =>
    Number((await db(table).select(db.raw(`${sum} AS n`)))[0].n ?? 0);
  const pages = (await pragma('page_count')) - (await pragma('freelist_count'));
  return {
    mentions: await one('mentions', 'count(*)'),
    events: await one('events', 'count(*)'),
    textKept: await one('mentions', "sum(length(coalesce(text, '')))"),
    databaseBytes: pages * (await pragma('page_size')),
    heapBytes: process.memoryUsage().heapUsed,
    files: existsSync(OPEN_FILES) ? readdirSync(OPEN_FILES).length : 0,
    resources: process.getActiveResourcesInfo().length,
  };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
}
