import type PgBoss from 'pg-boss';
import type { Locks, Log } from '../core/ports.ts';
import {
  countEach,
  createTicks,
  type Chores,
  type DueSource,
  type Schedule,
  type Ticks,
} from '../schedule.ts';
import { causeOf, startBoss, type Statements } from './boss.ts';
import { CHORES, QUEUES, RETRIES_SECONDS, ROUNDS, type Chore, type Round } from './queues.ts';

export interface JobOptions {
  statements: Statements;
  locks: Locks;
  pollCron: string;
  log: Log;
  /** Told what became of each job. */
  onJob?: (chore: Chore, outcome: 'done' | 'failed') => void;
}

/** What a job is about: ids, and nothing else. */
interface JobData {
  chore: Chore;
  workspaceId: string;
  /** What is polled. */
  source?: DueSource;
}

/** A stream that its listener left is missed within this time and its lease. */
const LISTEN_CRON = '*/5 * * * * *';
const EVERY_MINUTE = '30 * * * * *';
/** Who finds a workspace being published by another process looks again after so many seconds. */
const AGAIN_SECONDS = 5;

/**
 * The chores as jobs of pg-boss, for as many processes as there are. Each process looks for what is
 * due and sends it; the key of a job makes one of the many; whoever is free takes it. A name that
 * all processes share (`locks`) sees to it that nobody does the same at the same time, also when a
 * job is handed out twice.
 */
export async function startJobs(chores: Chores, options: JobOptions): Promise<Schedule> {
  const { locks, log } = options;
  const boss = await startBoss(options.statements, locks, log);
  const ticks = createTicks(log);
  const workers = new Map<string, string[]>();
  const underWay = new Set<JobData>();

  const wake = (queue: string) =>
    workers.get(queue)?.forEach((worker) => boss.notifyWorker(worker));

  async function send(jobs: readonly JobData[], startAfter?: number): Promise<void> {
    if (jobs.length === 0) return;
    await boss.insert(
      jobs.map((data) => ({
        name: data.chore,
        data,
        singletonKey: data.source?.id ?? data.workspaceId,
        ...(startAfter === undefined ? {} : { startAfter: String(startAfter) }),
      })),
    );
    if (startAfter === undefined) new Set(jobs.map(({ chore }) => chore)).forEach(wake);
  }
  const publishSoon = (workspaceId: string) =>
    ticks.track(
      send([{ chore: 'publish', workspaceId }]),
      { task: 'send', workspaceId },
      'a job was not sent',
    );

  const does: Record<Chore, (job: JobData, isRetry: boolean) => Promise<void>> = {
    async poll({ source }, isRetry) {
      if (source === undefined || (!isRetry && !(await chores.isDue(source)))) return;
      if (ticks.signal.aborted) return;
      try {
        if (await chores.poll(source, ticks.signal)) void publishSoon(source.workspaceId);
      } catch (error) {
        // Until the retries are through, nobody sends another job for it.
        await chores.setAside(source, RETRIES_SECONDS);
        throw error;
      }
    },
    publish: ({ workspaceId }) => chores.publish(workspaceId),
    digest: ({ workspaceId }) => chores.digest(workspaceId),
    escalate: ({ workspaceId }) => chores.escalate(workspaceId),
    verify: ({ workspaceId }) => chores.verify(workspaceId, ticks.signal),
    sweep: ({ workspaceId }) => chores.sweep(workspaceId, ticks.signal),
  };

  async function carryOut(data: JobData, isRetry: boolean): Promise<void> {
    const { chore, workspaceId, source } = data;
    const name = `${chore} ${source?.id ?? workspaceId}`;
    const isOurs = await locks.attempt(name, async () => {
      // What is due stays so in the database, for another process.
      if (!ticks.signal.aborted) await does[chore](data, isRetry);
    });
    // What came while somebody else was at it must not wait for the next minute.
    if (!isOurs && chore === 'publish') await send([data], AGAIN_SECONDS);
  }

  for (const chore of CHORES) {
    await work(boss, workers, chore, async ({ data, retryCount }) => {
      underWay.add(data);
      try {
        await carryOut(data, retryCount > 0);
        options.onJob?.(chore, 'done');
      } catch (error) {
        options.onJob?.(chore, 'failed');
        const { workspaceId, source } = data;
        const fields = { chore, workspaceId, sourceId: source?.id, retries: retryCount };
        log.error({ err: error, ...fields }, 'a job failed');
        // What is kept of it stands outside of everything that is erased.
        throw Object.assign(new Error(causeOf(error)), { stack: '' });
      } finally {
        underWay.delete(data);
      }
    });
  }
  for (const round of Object.keys(ROUNDS) as Round[]) {
    await boss.work(round, { pollingIntervalSeconds: 5 }, async () => {
      if (round === 'every-ten-minutes') await chores.tidy();
      await sendRound(round);
    });
  }

  async function sendRound(round: Round): Promise<void> {
    const ids = await chores.workspaces();
    await send(
      ROUNDS[round].chores.flatMap((chore) => ids.map((workspaceId) => ({ chore, workspaceId }))),
    );
  }

  async function sendPolls(): Promise<void> {
    const due = (await chores.dueSources()).filter(({ isStream }) => !isStream);
    await send(due.map((source) => ({ chore: 'poll', workspaceId: source.workspaceId, source })));
  }

  ticks.every('hear', options.pollCron, sendPolls);
  ticks.every('listen', LISTEN_CRON, () => listenToDue(chores, locks, ticks, publishSoon));
  ticks.every('observe', EVERY_MINUTE, chores.observe);
  // What an earlier run left undone need not wait for the next minute.
  const begin = sendRound('every-minute');
  void ticks.track(begin, { task: 'begin' }, 'what was left undone broke');

  return {
    async stop(seconds) {
      const timeout = seconds * 1000;
      const [left] = await Promise.all([
        ticks.stop(seconds),
        boss.stop({ graceful: true, timeout, wait: true }),
      ]);
      return { ...left, ...countEach([...underWay].map(({ chore }) => chore)) };
    },
  };
}

/**
 * As many workers as the queue says, each with one job at a time: a slow one keeps no other waiting.
 * A worker that was given a job looks for the next one at once.
 */
async function work(
  boss: PgBoss,
  workers: Map<string, string[]>,
  chore: Chore,
  handle: (job: PgBoss.JobWithMetadata<JobData>) => Promise<void>,
): Promise<void> {
  const { workers: count, lookSeconds } = QUEUES[chore];
  const options = {
    includeMetadata: true,
    batchSize: 1,
    pollingIntervalSeconds: lookSeconds,
  } as const;
  const own: string[] = [];
  workers.set(chore, own);
  for (let place = 0; place < count; place += 1) {
    const id = await boss.work<JobData>(chore, options, async ([job]) => {
      try {
        if (job !== undefined) await handle(job);
      } finally {
        const worker = own[place];
        if (worker !== undefined) boss.notifyWorker(worker);
      }
    });
    own.push(id);
  }
}

/**
 * A stream runs for days, which is no job. Whoever holds its name listens to it; who dies lets go of
 * the name, and when its lease (`nextPollAt`) is over, another one takes it up.
 */
async function listenToDue(
  chores: Chores,
  locks: Locks,
  { signal, track }: Ticks,
  stored: (workspaceId: string) => void,
): Promise<void> {
  for (const source of await chores.dueSources()) {
    if (!source.isStream || signal.aborted) continue;
    const held = locks.attempt(`listen ${source.id}`, async (lost) => {
      const ending = new AbortController();
      const end = () => ending.abort();
      signal.addEventListener('abort', end, { once: true });
      lost.addEventListener('abort', end, { once: true });
      try {
        await chores.listen(source, ending.signal, () => stored(source.workspaceId));
      } finally {
        signal.removeEventListener('abort', end);
      }
    });
    void track(held, { task: 'listen', sourceId: source.id }, 'listening to a source broke');
  }
}
