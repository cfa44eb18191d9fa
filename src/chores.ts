import type { Clock, Log, Shared, Stores } from './core/ports.ts';
import { publishDigests, type DigestDeps } from './flows/tell/digest.ts';
import { eraseExpired, forgetNames } from './flows/forget/erase.ts';
import { escalateDue, type EscalateDeps } from './flows/act/escalate.ts';
import { endPraise } from './flows/tell/praise.ts';
import { listenSource } from './flows/hear/listen.ts';
import { pollSource, type PollDeps } from './flows/hear/poll.ts';
import { sweepSource } from './flows/forget/sweep.ts';
import { verifyDue, type VerifyDeps } from './flows/answer/verify.ts';
import { forgetWriters, type WritingDeps } from './flows/act/writing.ts';
import type { Metrics } from './metrics.ts';
import { readDeadLetters } from './jobs/dead-letters.ts';
import { startJobs } from './jobs/jobs.ts';
import { startSchedule, type Chores, type Schedule } from './schedule.ts';
import type { Statements } from './store/statements.ts';

/** Sources taken up by one tick. */
const DUE_AT_ONCE = 1000;
/** Threads read in one run, of each workspace; the next run takes up the rest. */
const LOOKS_AT_ONCE = 50;
/** Slack redelivers within minutes; a day is generous. */
const REMEMBER_DELIVERIES_MS = 24 * 3600 * 1000;
/** What was sent is known from its own row by then. */
const REMEMBER_POSTINGS_MS = 7 * 24 * 3600 * 1000;

/** A day: longer than any place asks us to wait. */
const REMEMBER_PACES_MS = 24 * 3600 * 1000;

export type ChoreDeps = PollDeps &
  DigestDeps &
  WritingDeps &
  EscalateDeps &
  VerifyDeps & { stores: Stores; clock: Clock };

/** What the processes that work on one Postgres share. */
export interface SharedWork extends Shared {
  statements: Statements;
}

/** The recurring work, each unit with its figures. `shared`: where several processes may be at work. */
export function createChores(
  flows: ChoreDeps,
  outbox: (workspaceId: string) => Promise<void>,
  metrics: Metrics,
  shared: SharedWork | null,
): Chores {
  const { stores, clock } = flows;
  const streams = new Set(
    flows.sources.filter(({ listen }) => listen !== undefined).map(({ kind }) => kind),
  );
  return {
    async workspaces() {
      return (await stores.workspaces.list()).map(({ id }) => id);
    },
    async dueSources() {
      const due = await stores.sources.due(clock(), DUE_AT_ONCE);
      return due.map(({ workspaceId, id, kind }) => ({
        ...{ workspaceId, id, kind, isStream: streams.has(kind) },
      }));
    },
    async isDue({ workspaceId, id }) {
      const record = await stores.sources.find(workspaceId, id);
      return record !== null && !record.paused && record.nextPollAt <= clock();
    },
    async poll({ workspaceId, id, kind }, signal) {
      const start = performance.now();
      const report = await pollSource(flows, workspaceId, id, signal);
      metrics.polled(kind, report, (performance.now() - start) / 1000);
      return report.outcome === 'polled' && report.posts > 0;
    },
    async setAside({ workspaceId, id }, seconds) {
      const nextPollAt = new Date(clock().getTime() + seconds * 1000);
      await stores.sources.change(workspaceId, id, { nextPollAt });
    },
    listen: ({ workspaceId, id, kind }, signal, stored) =>
      listenSource(flows, workspaceId, id, signal, (report) => {
        metrics.polled(kind, report, 0);
        if (report.outcome === 'polled' && report.stored > 0) stored();
      }),
    async publish(workspaceId) {
      await outbox(workspaceId);
      await forgetWriters(flows, workspaceId);
    },
    digest: (workspaceId) => publishDigests(flows, workspaceId),
    async escalate(workspaceId) {
      metrics.escalated(await escalateDue(flows, workspaceId));
    },
    async sweep(workspaceId, signal) {
      metrics.erased(await eraseExpired(flows, workspaceId, signal));
      await forgetNames(flows, workspaceId, signal);
      await endPraise(flows, workspaceId);
      for (const sourceId of await stores.mentions.sourcesToSweep(workspaceId, clock())) {
        if (signal.aborted) break;
        metrics.swept(await sweepSource(flows, workspaceId, sourceId, signal));
      }
    },
    async verify(workspaceId, signal) {
      metrics.looked(await verifyDue(flows, workspaceId, LOOKS_AT_ONCE, signal));
    },
    async tidy() {
      await stores.sources.recall(clock());
      await stores.deliveries.prune(new Date(clock().getTime() - REMEMBER_DELIVERIES_MS));
      await stores.postings.prune(new Date(clock().getTime() - REMEMBER_POSTINGS_MS));
      await shared?.paces.prune(REMEMBER_PACES_MS);
      await stores.staff.settle();
    },
    async observe() {
      metrics.queue(await depth(stores));
      metrics.oldestWaiting(await oldestWaiting(stores, clock()));
      metrics.sweepLag(await sweepLag(stores, clock()));
      if (shared !== null) metrics.deadJobs(await countDead(shared));
    },
  };
}

async function countDead({ statements }: SharedWork): Promise<number> {
  const dead = await readDeadLetters(statements);
  return dead.reduce((sum, { count }) => sum + count, 0);
}

/**
 * Sets the chores going: by the clock of this process where it is alone, else as jobs that all
 * processes on the database share.
 */
export async function startChores(
  chores: Chores,
  shared: SharedWork | null,
  options: { pollCron: string; log: Log; metrics: Metrics },
): Promise<Schedule> {
  if (shared === null) return startSchedule(chores, options);
  const { statements, locks } = shared;
  const { metrics, ...rest } = options;
  return startJobs(chores, { statements, locks, onJob: metrics.job, ...rest });
}

/** Seconds that the longest due look at a source is late, all workspaces together. */
async function sweepLag(stores: Stores, now: Date): Promise<number> {
  let longest = 0;
  for (const { id } of await stores.workspaces.list()) {
    const next = await stores.mentions.nextSweep(id);
    if (next !== null) longest = Math.max(longest, (now.getTime() - next.getTime()) / 1000);
  }
  return longest;
}

/** Seconds that the mention has waited which waits for its card the longest; 0: none does. */
async function oldestWaiting(stores: Stores, now: Date): Promise<number> {
  let longest = 0;
  for (const { id } of await stores.workspaces.list()) {
    const waiting = { statuses: ['detected'] } as const;
    const [oldest] = await stores.mentions.list(id, waiting, { limit: 1, order: 'oldest' });
    if (oldest !== undefined) longest = Math.max(longest, now.getTime() - oldest.foundAt.getTime());
  }
  return longest / 1000;
}

/** Mentions by what they wait for, all workspaces together. */
async function depth(stores: Stores) {
  const total = { waiting: 0, open: 0, claimed: 0 };
  for (const { id } of await stores.workspaces.list()) {
    total.waiting += await stores.mentions.count(id, { statuses: ['detected'] });
    total.open += await stores.mentions.count(id, { statuses: ['open'] });
    total.claimed += await stores.mentions.count(id, { statuses: ['claimed'] });
  }
  return total;
}
