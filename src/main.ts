import { join } from 'node:path';
import { dataFolder, openBase, openDoor, trustedSecret, type Base } from './base.ts';
import { createChores, startChores } from './chores.ts';
import { connect } from './connect.ts';
import { hostAndPort, type Config } from './config.ts';
import type { Clock, Log, Notifier, SourceRecord, Stores } from './core/ports.ts';
import type { Source } from './core/source.ts';
import { eraseExpired, type EraseDeps } from './flows/forget/erase.ts';
import { createLearning } from './flows/hear/learn.ts';
import { createMatching } from './flows/hear/matching.ts';
import { createOutbox } from './flows/tell/outbox.ts';
import { passOnPraise } from './flows/tell/praise.ts';
import { createHearing } from './flows/set-up/preview.ts';
import { createSerially, publishMention } from './flows/tell/publish.ts';
import { isStillThere, type AskDeps } from './flows/forget/sweep.ts';
import { readDeadLetters } from './jobs/dead-letters.ts';
import { openLocal } from './local.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { isDoneWithin } from './schedule.ts';
import { authorHasher, createIds } from './secret.ts';
import type { SlackOptions } from './slack/app.ts';
import { closedPlace } from './sources/closed.ts';
import { sources } from './sources/index.ts';
import { nameOf } from './store/db.ts';
import { createTrouble, databaseTrouble, type Trouble } from './store/trouble.ts';
import { VERSION } from './version.ts';
import { seenPages, servePages, startWeb, type Health, type Seen } from './web.ts';

/** Seconds that one poll may take altogether. */
const POLL_SECONDS = 60;
/** Seconds that a stop waits for what is under way. */
const STOP_SECONDS = 2;
/** Seconds that each part has to close: the work, Slack and the database together stay under ten. */
const CLOSE_SECONDS = 3;
/** Polls are spread by a tenth of their interval in both directions. */
const JITTER = 0.1;

const clock: Clock = () => new Date();

export interface Earshot {
  /** The page of the local workspace, or where `/healthz` is; null in HTTP mode. */
  url: string;
  isLocal: boolean;
  /**
   * The one workspace that it works for: the team's name in Slack, and its support channel, null
   * until one was chosen. Null where every workspace may install Earshot.
   */
  own: { team: string; channelId: string | null } | null;
  /** Takes nothing new, ends what is under way, and closes everything. */
  stop(): Promise<void>;
}

/** What somebody can stand around. */
export interface Around {
  stores: Stores;
  notifier: Notifier;
  sources: readonly Source[];
  clock: Clock;
}

export interface StartOptions {
  /** How fast Slack is written to; Slack's own pace where absent. */
  paces?: SlackOptions['paces'];
  /** Puts itself between the flows and what they use, to watch it; gives what to use instead. */
  around?: (flows: AskDeps & Around) => Partial<Around>;
}

/**
 * The composition root: configuration, store, flows, Slack, schedule. Rejects, with a sentence for
 * the operator, when one of them cannot be had; then nothing is left open.
 */
export async function startEarshot(config: Config, options: StartOptions = {}): Promise<Earshot> {
  const isLocal = config.slack.mode === 'local';
  const folder = dataFolder(config);
  const trouble = createTrouble(clock);
  const log = createLog(config.logLevel, isLocal ? join(folder, 'earshot.log') : null, trouble.see);
  const closing: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) {
      const closed = close().catch((error: unknown) => log.error({ err: error }, 'closing broke'));
      const isClosed = await isDoneWithin(closed, CLOSE_SECONDS);
      if (!isClosed) log.warn({}, 'a part does not close; it is left as it is');
    }
  };
  try {
    return await compose(config, options, folder, { log, trouble }, closing, stop);
  } catch (error) {
    await stop();
    const sentence = databaseTrouble(error);
    if (sentence === null) throw error;
    throw new Error(`DATABASE_URL: ${nameOf(config.databaseUrl)}. ${sentence}`, { cause: error });
  }
}

async function compose(
  config: Config,
  options: StartOptions,
  folder: string,
  { log, trouble }: { log: Log; trouble: Trouble },
  closing: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Earshot> {
  const base = await openBase(config);
  closing.push(base.close);
  const { stores, shared } = base;
  const metrics = createMetrics();
  const seen: Seen = {
    health: () => health(base, trouble, startedAt),
    metrics: async () => ({ contentType: metrics.contentType, text: await metrics.text() }),
  };
  const startedAt = clock();

  const local = config.slack.mode === 'local' ? await openLocal(config, folder, seen, log) : null;
  if (local) closing.push(local.close);
  const http = openDoor(config, local?.ownHosts, shared);
  closing.push(http.close);
  const secret = await trustedSecret(config, base);
  const { slack, pages, own } = await connect({
    ...{ config, local, stores, shared, secret, clock, log, pages: seenPages(seen) },
    ...options,
  });

  const newId = createIds(clock);
  const match = createMatching();
  const hashAuthor = authorHasher(secret);
  const ownHosts = [...config.privateHosts, ...(local?.ownHosts ?? [])];
  const flows = {
    ...{ stores, sources, http, clock, newId, log, match },
    sourceSettings: config.sources,
    notifier: slack.notifier,
    serially: shared?.locks.take ?? createSerially(),
    // A file has one process; what an earlier one left undone is ours at once.
    holder: shared === null ? 'this machine' : newId(),
    timeoutSeconds: POLL_SECONDS,
    hashAuthor,
    closedPlace,
    hearNow: createHearing(),
    learned: createLearning(stores, (id) => hashAuthor(' lessons', id)),
    jitter: () => 1 + (Math.random() * 2 - 1) * JITTER,
    /** Nobody else's politeness is at stake on the operator's own machines. */
    isOwn: (address: string) =>
      URL.canParse(address) && ownHosts.includes(hostAndPort(new URL(address))),
    deadLetters: async (workspace: string) =>
      shared === null ? [] : readDeadLetters(shared.statements, workspace),
    async publish(workspace: string, mentionId: string) {
      metrics.published(await publishMention(flows, workspace, mentionId));
    },
    isStillThere: (workspace: string, mentionId: string) =>
      isStillThere(flows, workspace, mentionId),
    praise: (source: SourceRecord, heard: Parameters<typeof passOnPraise>[2]) =>
      passOnPraise(flows, source, heard),
    async notice(workspace: string, text: string) {
      const { channelId: channel } = await stores.workspaces.settings(workspace);
      if (channel !== null) await slack.notifier.notice(workspace, channel, text);
    },
  };
  Object.assign(flows, options.around?.(flows));
  const outbox = createOutbox(flows);

  await endKeeping(flows);
  await slack.start(flows);
  closing.push(slack.stop);
  if (own !== null) await local?.seed(flows, own.workspaceId);
  if (config.slack.mode === 'socket') {
    const web = await startWeb(config.port, servePages([...seenPages(seen), ...pages]), log);
    closing.push(web.close);
  }

  const chores = createChores(flows, outbox, metrics, shared);
  const pollCron = local?.pollCron ?? config.pollCron;
  const work = await startChores(chores, shared, { pollCron, log, metrics });
  closing.push(async () => {
    log.info({ messages: slack.waiting() }, 'Earshot is stopping');
    const left = await work.stop(STOP_SECONDS);
    log.info({ left, messages: slack.waiting() }, 'what is left is for the next start');
  });
  const { mode } = config.slack;
  log.info({ version: VERSION, workspaceId: own?.workspaceId, mode }, 'Earshot has started');

  return {
    url: local?.url ?? `http://localhost:${config.port}`,
    isLocal: local !== null,
    own,
    stop,
  };
}

/**
 * A restored backup brings back what has been erased since: it goes before anybody can see it. The
 * cards are told afterwards, from the outbox.
 */
async function endKeeping(flows: EraseDeps): Promise<void> {
  for (const { id } of await flows.stores.workspaces.list()) {
    await eraseExpired({ ...flows, publish: async () => undefined }, id);
  }
}

/** A database that answers may still refuse to write; what broke lately counts as well. */
async function health({ db }: Base, { lately }: Trouble, startedAt: Date): Promise<Health> {
  const answers = await db.raw('SELECT 1').then(
    () => true,
    () => false,
  );
  const trouble = lately();
  const database = answers && trouble === null;
  const upSeconds = Math.round((clock().getTime() - startedAt.getTime()) / 1000);
  const said = trouble === null ? {} : { trouble };
  return { ok: database, database, ...said, version: VERSION, upSeconds };
}
