import type { Clock, Stores } from './core/ports.ts';
import { publishDigests, type DigestDeps } from './flows/digest.ts';
import { eraseExpired, forgetNames } from './flows/erase.ts';
import { escalateDue, type EscalateDeps } from './flows/escalate.ts';
import { listenSource } from './flows/listen.ts';
import { pollSource, type PollDeps } from './flows/poll.ts';
import { sweepSource } from './flows/sweep.ts';
import { verifyDue, type VerifyDeps } from './flows/verify.ts';
import { forgetWriters, type WritingDeps } from './flows/writing.ts';
import type { Metrics } from './metrics.ts';
import type { Chores } from './schedule.ts';

/** Sources taken up by one tick. */
const DUE_AT_ONCE = 200;
/** Threads read in one run, of each workspace; the next run takes up the rest. */
const LOOKS_AT_ONCE = 50;
/** Slack redelivers within minutes; a day is generous. */
const REMEMBER_DELIVERIES_MS = 24 * 3600 * 1000;
/** What was sent is known from its own row by then. */
const REMEMBER_POSTINGS_MS = 7 * 24 * 3600 * 1000;

export type ChoreDeps = PollDeps &
  DigestDeps &
  WritingDeps &
  EscalateDeps &
  VerifyDeps & { stores: Stores; clock: Clock };

/** The recurring work, each unit with its figures. */
export function createChores(
  flows: ChoreDeps,
  outbox: (workspaceId: string) => Promise<void>,
  metrics: Metrics,
  broken: (error: unknown) => void,
): Chores {
  const { stores, clock } = flows;
  return {
    async dueSources() {
      const due = await stores.sources.due(clock(), DUE_AT_ONCE);
      return due.map(({ workspaceId: workspace, id, kind }) => ({
        workspaceId: workspace,
        id,
        kind,
        isStream: flows.sources.some(
          (source) => source.kind === kind && source.listen !== undefined,
        ),
      }));
    },
    async poll(source, signal) {
      const start = performance.now();
      const report = await pollSource(flows, source.workspaceId, source.id, signal);
      metrics.polled(source.kind, report, (performance.now() - start) / 1000);
      if (report.outcome === 'polled') void outbox(source.workspaceId).catch(broken);
    },
    listen: (source, signal) =>
      listenSource(flows, source.workspaceId, source.id, signal, (report) => {
        metrics.polled(source.kind, report, 0);
        if (report.outcome === 'polled' && report.stored > 0) {
          void outbox(source.workspaceId).catch(broken);
        }
      }),
    async publish() {
      for (const { id } of await stores.workspaces.list()) {
        await outbox(id);
        await publishDigests(flows, id);
        await forgetWriters(flows, id);
      }
      metrics.queue(await depth(stores));
    },
    async escalate() {
      for (const { id } of await stores.workspaces.list()) {
        metrics.escalated(await escalateDue(flows, id));
      }
    },
    async sweep(signal) {
      await stores.deliveries.prune(new Date(clock().getTime() - REMEMBER_DELIVERIES_MS));
      await stores.postings.prune(new Date(clock().getTime() - REMEMBER_POSTINGS_MS));
      for (const { id } of await stores.workspaces.list()) {
        metrics.erased(await eraseExpired(flows, id, signal));
        await forgetNames(flows, id, signal);
        for (const sourceId of await stores.mentions.sourcesToSweep(id, clock())) {
          if (!signal.aborted) metrics.swept(await sweepSource(flows, id, sourceId, signal));
        }
      }
      metrics.sweepLag(await sweepLag(stores, clock()));
    },
    async verify(signal) {
      for (const { id } of await stores.workspaces.list()) {
        metrics.looked(await verifyDue(flows, id, LOOKS_AT_ONCE, signal));
      }
    },
  };
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
