import { setMaxListeners } from 'node:events';
import cron, { type ScheduledTask } from 'node-cron';
import PQueue from 'p-queue';
import { watchClock } from './core/time/clock-watch.ts';
import type { Log } from './core/ports.ts';

/**
 * The work that recurs. Each is a function of its own and safe to repeat, so that this process may
 * do it, or any other that a queue hands it to. What is due is read from the database: work that was
 * lost on the way is due again.
 */
export interface Chores {
  workspaces(): Promise<string[]>;
  /** Sources that are due now, longest due first. */
  dueSources(): Promise<DueSource[]>;
  /** Whether a source that was due still is; somebody else may have been faster. */
  isDue(source: DueSource): Promise<boolean>;
  /** Whether it brought anything, so that there may be something to publish. */
  poll(source: DueSource, signal: AbortSignal): Promise<boolean>;
  /** Keeps a source whose poll broke from being due for so long. */
  setAside(source: DueSource, seconds: number): Promise<void>;
  /**
   * Ends only when the stream does, or `signal` aborts; `stored` is called whenever there may be
   * something to publish.
   */
  listen(source: DueSource, signal: AbortSignal, stored: () => void): Promise<void>;
  /** Brings Slack up to what the database says. */
  publish(workspaceId: string): Promise<void>;
  digest(workspaceId: string): Promise<void>;
  escalate(workspaceId: string): Promise<void>;
  /** Follows deletions, and ends what was kept long enough. */
  sweep(workspaceId: string, signal: AbortSignal): Promise<void>;
  /** Reads threads for the brand's answers. */
  verify(workspaceId: string, signal: AbortSignal): Promise<void>;
  /** Forgets what nobody needs any more, of all workspaces together. */
  tidy(): Promise<void>;
  /** Brings the gauges of this process up to date. */
  observe(): Promise<void>;
}

export interface DueSource {
  workspaceId: string;
  id: string;
  kind: string;
  isStream: boolean;
}

export interface Schedule {
  /**
   * Takes no new work, ends what is under way, and waits for it at most this long. Tells what was
   * not through by then.
   */
  stop(seconds: number): Promise<Left>;
}

/** How many works of each kind were left to the next start. */
export type Left = Readonly<Record<string, number>>;

/**
 * Polls under way at once: they mostly wait for their hosts, and what ends at once is written at
 * once. One request per host at a time is the network door's affair.
 */
export const POLLS_AT_ONCE = 64;
/** Workspaces looked after at once; the slow Slack of one must not hold up the others. */
const WORKSPACES_AT_ONCE = 8;
const LOOK_AT_CLOCK_MS = 10_000;
const EVERY_MINUTE = '0 * * * * *';
/** A post that was missed once is looked at again this soon. */
const EVERY_TEN_MINUTES = '20 */10 * * * *';

/** What runs at times of this process: named tasks that do not overlap, and what they have begun. */
export interface Ticks {
  /** Aborts when the end has come. */
  signal: AbortSignal;
  every(name: string, expression: string, work: () => Promise<void>): void;
  /** Logs what breaks; the end waits for it. */
  track(work: Promise<unknown>, fields: Tracked, message: string): Promise<void>;
  stop(seconds: number): Promise<Left>;
}

interface Tracked {
  task: string;
  workspaceId?: string;
  sourceId?: string;
}

export function createTicks(log: Log, lookAtClockMs = LOOK_AT_CLOCK_MS): Ticks {
  const ending = new AbortController();
  // Every poll under way listens to it; that many is no leak.
  setMaxListeners(0, ending.signal);
  const underWay = new Map<Promise<void>, string>();
  const tasks: ScheduledTask[] = [];
  // node-cron waits until the clock shows the time that it has in mind, be that an hour longer, and
  // after a leap it goes through all the times that were left out.
  const look = watchClock(
    Date.now,
    () => performance.now(),
    () => {
      log.warn({}, 'the clock was set; what recurs starts anew');
      for (const task of tasks) {
        void task.stop();
        void task.start();
      }
    },
  );
  const looking = setInterval(look, lookAtClockMs).unref();

  function track(work: Promise<unknown>, fields: Tracked, message: string): Promise<void> {
    const done: Promise<void> = work
      .then(
        () => undefined,
        (error: unknown) => log.error({ err: error, ...fields }, message),
      )
      .finally(() => underWay.delete(done));
    underWay.set(done, fields.task);
    return done;
  }

  return {
    signal: ending.signal,
    track,
    every(name, expression, work) {
      const run = () => track(work(), { task: name }, 'scheduled task broke');
      const logger = quiet(log, name);
      const options = { name, noOverlap: true, suppressMissedWarning: true, logger };
      tasks.push(cron.schedule(expression, run, options));
    },
    async stop(seconds) {
      clearInterval(looking);
      for (const task of tasks) await task.destroy();
      ending.abort();
      await isDoneWithin(Promise.all(underWay.keys()), seconds);
      return countEach(underWay.values());
    },
  };
}

/**
 * What runs when, in this process alone. A tick never waits for the polls of the one before it: a
 * slow source takes one of the places, never another source's turn.
 */
export function startSchedule(
  chores: Chores,
  options: { pollCron: string; publishCron?: string; log: Log },
): Schedule {
  const ticks = createTicks(options.log);
  const { signal, track } = ticks;
  const polls = new PQueue({ concurrency: POLLS_AT_ONCE });
  const heard = new Set<string>();

  const publishSoon = (workspaceId: string) =>
    void track(chores.publish(workspaceId), { task: 'publish', workspaceId }, 'publishing broke');

  /** What still waits for a place when the stop comes is left for the next start. */
  async function poll(source: DueSource): Promise<void> {
    if (signal.aborted) return;
    if (await chores.poll(source, signal)) publishSoon(source.workspaceId);
  }

  /** A stream listens for days, so it takes none of the places. */
  async function hearDue(): Promise<void> {
    for (const source of await chores.dueSources()) {
      if (heard.has(source.id) || signal.aborted) continue;
      heard.add(source.id);
      const work = source.isStream
        ? chores.listen(source, signal, () => publishSoon(source.workspaceId))
        : polls.add(() => poll(source));
      void track(work, { task: 'hear', sourceId: source.id }, 'hearing a source broke').then(() =>
        heard.delete(source.id),
      );
    }
  }

  /** One workspace that is in trouble keeps none of the others waiting. */
  async function forEach(name: string, work: (workspaceId: string) => Promise<void>) {
    const places = new PQueue({ concurrency: WORKSPACES_AT_ONCE });
    const fields = { task: name };
    const all = (await chores.workspaces()).map((workspaceId) =>
      track(
        places.add(() => work(workspaceId)),
        { ...fields, workspaceId },
        'scheduled task broke',
      ),
    );
    await Promise.all(all);
  }

  const publish = () => forEach('publish', chores.publish);
  const escalate = () => forEach('escalate', chores.escalate);
  ticks.every('hear', options.pollCron, hearDue);
  ticks.every('publish', options.publishCron ?? EVERY_MINUTE, publish);
  ticks.every('digest', EVERY_MINUTE, () => forEach('digest', chores.digest));
  ticks.every('escalate', EVERY_MINUTE, escalate);
  ticks.every('verify', EVERY_MINUTE, () => forEach('verify', (id) => chores.verify(id, signal)));
  ticks.every('observe', EVERY_MINUTE, chores.observe);
  ticks.every('sweep', EVERY_TEN_MINUTES, async () => {
    await chores.tidy();
    await forEach('sweep', (id) => chores.sweep(id, signal));
  });
  // What an earlier run left undone need not wait for the next minute.
  void track(publish().then(escalate), { task: 'begin' }, 'what was left undone broke');

  return { stop: ticks.stop };
}

/** Whether a work ends within so many seconds; what takes longer goes on unobserved. */
export async function isDoneWithin(work: Promise<unknown>, seconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, seconds * 1000, false);
  });
  try {
    return await Promise.race([work.then(() => true), patience]);
  } finally {
    clearTimeout(timer);
  }
}

/** How often each word comes. */
export function countEach(words: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

/** What node-cron says would else go to stdout, among our lines. */
function quiet(log: Log, task: string) {
  const fields = { task };
  return {
    info: () => undefined,
    debug: () => undefined,
    // A turn is left out while the one before it lasts, which is as it should be.
    warn: () => log.debug(fields, 'a turn was left out'),
    error: (said: string | Error) => log.error({ ...fields, err: said }, 'a turn broke'),
  };
}

/** Whether node-cron can read an expression. */
export function isCron(expression: string): boolean {
  return cron.validate(expression);
}
