import { setMaxListeners } from 'node:events';
import cron from 'node-cron';
import PQueue from 'p-queue';
import type { Log } from './core/ports.ts';

/** The work that recurs; each a function of its own, so that a queue could call it as well. */
export interface Chores {
  /** Sources that are due now, longest due first. */
  dueSources(): Promise<DueSource[]>;
  poll(source: DueSource, signal: AbortSignal): Promise<void>;
  /** Ends only when the stream does, or `signal` aborts. */
  listen(source: DueSource, signal: AbortSignal): Promise<void>;
  publish(): Promise<void>;
  escalate(): Promise<void>;
  /** Follows deletions, and ends what was kept long enough. */
  sweep(signal: AbortSignal): Promise<void>;
  /** Reads threads for the brand's answers. */
  verify(signal: AbortSignal): Promise<void>;
}

export interface DueSource {
  workspaceId: string;
  id: string;
  kind: string;
  isStream: boolean;
}

export interface Schedule {
  /** Takes no new work, ends what is under way, and waits for it at most this long. */
  stop(seconds: number): Promise<void>;
}

/** Polls under way at once. One request per host at a time is the network door's affair. */
const POLLS_AT_ONCE = 16;
const EVERY_MINUTE = '0 * * * * *';
/** A post that was missed once is looked at again this soon. */
const EVERY_TEN_MINUTES = '20 */10 * * * *';

/**
 * What runs when. A tick never waits for the polls of the one before it: a slow source takes one of
 * the places, never another source's turn.
 */
export function startSchedule(
  chores: Chores,
  options: { pollCron: string; publishCron?: string; log: Log },
): Schedule {
  const { log } = options;
  const ending = new AbortController();
  // Every poll under way listens to it; that many is no leak.
  setMaxListeners(0, ending.signal);
  const polls = new PQueue({ concurrency: POLLS_AT_ONCE });
  const heard = new Set<string>();
  const underWay = new Set<Promise<void>>();

  function track(work: Promise<void>, fields: object, message: string): Promise<void> {
    const done = work
      .catch((error: unknown) => log.error({ err: error, ...fields }, message))
      .finally(() => underWay.delete(done));
    underWay.add(done);
    return done;
  }

  /** What still waits for a place when the stop comes is left for the next start. */
  async function poll(source: DueSource): Promise<void> {
    if (!ending.signal.aborted) await chores.poll(source, ending.signal);
  }

  /** A stream listens for days, so it takes none of the places. */
  async function hearDue(): Promise<void> {
    for (const source of await chores.dueSources()) {
      if (heard.has(source.id) || ending.signal.aborted) continue;
      heard.add(source.id);
      const work = source.isStream
        ? chores.listen(source, ending.signal)
        : polls.add(() => poll(source));
      void track(work, { sourceId: source.id }, 'hearing a source broke').then(() =>
        heard.delete(source.id),
      );
    }
  }

  function every(name: string, expression: string, work: () => Promise<void>) {
    const run = () => track(work(), { task: name }, 'scheduled task broke');
    return cron.schedule(expression, run, { name, noOverlap: true, suppressMissedWarning: true });
  }

  const tasks = [
    every('hear', options.pollCron, hearDue),
    every('publish', options.publishCron ?? EVERY_MINUTE, chores.publish),
    every('escalate', EVERY_MINUTE, chores.escalate),
    every('sweep', EVERY_TEN_MINUTES, () => chores.sweep(ending.signal)),
    every('verify', EVERY_MINUTE, () => chores.verify(ending.signal)),
  ];

  return {
    async stop(seconds) {
      for (const task of tasks) await task.destroy();
      ending.abort();
      await Promise.race([Promise.all(underWay), pause(seconds)]);
    },
  };
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000).unref());
}

/** Whether node-cron can read an expression. */
export function isCron(expression: string): boolean {
  return cron.validate(expression);
}
