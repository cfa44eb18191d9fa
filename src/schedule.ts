import cron from 'node-cron';
import PQueue from 'p-queue';
import type { Log } from './core/ports.ts';

/** The work that recurs; each a function of its own, so that a queue could call it as well. */
export interface Chores {
  /** Sources that are due now, longest due first. */
  dueSources(): Promise<{ workspaceId: string; id: string }[]>;
  poll(workspaceId: string, sourceId: string, signal: AbortSignal): Promise<void>;
  publish(): Promise<void>;
  escalate(): Promise<void>;
  sweep(): Promise<void>;
}

export interface Schedule {
  /** Takes no new work, ends what is under way, and waits for it at most this long. */
  stop(seconds: number): Promise<void>;
}

/** Polls under way at once. One request per host at a time is the network door's affair. */
const POLLS_AT_ONCE = 16;
const EVERY_MINUTE = '0 * * * * *';
const EVERY_HOUR = '0 7 * * * *';

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
  const polls = new PQueue({ concurrency: POLLS_AT_ONCE });
  const polling = new Set<string>();
  const underWay = new Set<Promise<void>>();

  async function pollDue(): Promise<void> {
    for (const { workspaceId, id } of await chores.dueSources()) {
      if (polling.has(id) || ending.signal.aborted) continue;
      polling.add(id);
      void polls
        .add(() => chores.poll(workspaceId, id, ending.signal))
        .catch((error: unknown) => log.error({ err: error, sourceId: id }, 'poll broke'))
        .finally(() => polling.delete(id));
    }
  }

  function every(name: string, expression: string, work: () => Promise<void>) {
    const run = async () => {
      const done = work().catch((error: unknown) => {
        log.error({ err: error, task: name }, 'scheduled task broke');
      });
      underWay.add(done);
      await done;
      underWay.delete(done);
    };
    return cron.schedule(expression, run, { name, noOverlap: true, suppressMissedWarning: true });
  }

  const tasks = [
    every('poll', options.pollCron, pollDue),
    every('publish', options.publishCron ?? EVERY_MINUTE, chores.publish),
    every('escalate', EVERY_MINUTE, chores.escalate),
    every('sweep', EVERY_HOUR, chores.sweep),
  ];

  return {
    async stop(seconds) {
      for (const task of tasks) await task.destroy();
      ending.abort();
      polls.clear();
      const drained = Promise.all([polls.onIdle(), ...underWay]);
      await Promise.race([drained, pause(seconds)]);
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
