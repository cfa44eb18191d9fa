import { setMaxListeners } from 'node:events';
import PQueue from 'p-queue';
import type { Pace, Paces, Sent } from '../core/ports.ts';
import { readTrouble } from './errors.ts';

export type { Pace };

export interface Call {
  /** Calls of one lane go one after the other, at the lane's pace. */
  lane: string;
  pace: Pace;
  /** The Web API method: when Slack says "wait", all lanes wait with it. */
  method: string;
  /** The highest goes first; equals go in order. */
  priority: number;
  /** Returns the timestamp of the message. */
  make: () => Promise<string>;
}

export interface Lanes {
  /** Never rejects for what Slack may well answer. */
  run(call: Call): Promise<Sent>;
  /** Calls that wait for their turn. */
  waiting(): number;
  /** What waits is answered with `later`; nothing new is taken. */
  stop(): void;
}

/** A longer wait than this is left to the outbox. */
const LONGEST_WAIT_MS = 60_000;
/** How often one call waits and tries again when Slack says "wait". */
const TRIES = 3;

/** Where other processes write to the same workspace: the paces that all keep together. */
export interface SharedPaces {
  paces: Paces;
  workspaceId: string;
}

interface Lane {
  queue: PQueue;
  /** When the last calls began, as many as the pace allows in its stretch; the oldest first. */
  begun: number[];
}

/**
 * Keeps Slack's pace: one queue a lane, and a gate a method that stays shut for as long as Slack's
 * `Retry-After` says. The one that was told to wait goes first when the gate opens. `now`: a clock
 * in milliseconds that nobody sets back, or a lane would rest for as long as it was set back.
 */
export function createLanes(
  now: () => number = () => performance.now(),
  shared: SharedPaces | null = null,
): Lanes {
  const lanes = new Map<string, Lane>();
  const shutUntil = new Map<string, number>();
  const stopped = new AbortController();
  // Every call that waits listens to it; that many is no leak.
  setMaxListeners(0, stopped.signal);

  function laneOf({ lane }: Call): Lane {
    const found = lanes.get(lane) ?? { queue: new PQueue({ concurrency: 1 }), begun: [] };
    lanes.set(lane, found);
    return found;
  }

  /** Keeps the lane's one place until the next call may begin, whichever that will be. */
  async function rest({ begun }: Lane, { calls, perMs }: Pace): Promise<void> {
    const first = begun.length < calls ? undefined : begun[begun.length - calls];
    const left = first === undefined ? 0 : first + perMs - now();
    if (left > 0) await wait(left, stopped.signal);
  }

  function begin({ begun }: Lane, { calls }: Pace): void {
    begun.push(now());
    if (begun.length > calls) begun.shift();
  }

  function shut(method: string, milliseconds: number): void {
    shutUntil.set(method, Math.max(shutUntil.get(method) ?? 0, now() + milliseconds));
  }

  /** Waits until the pace that all processes keep lets the next call of a lane begin. */
  async function keepTogether({ paces, workspaceId }: SharedPaces, call: Call): Promise<void> {
    const { lane, pace, method } = call;
    const name = (of: string) => `${workspaceId} ${of}`;
    const { turnMs, gateMs } = await paces.reserve(name(lane), pace, name(method));
    if (gateMs > 0) shut(method, gateMs);
    if (turnMs > 0) await wait(turnMs, stopped.signal);
  }

  async function tellShut(method: string, milliseconds: number): Promise<void> {
    shut(method, milliseconds);
    // Who cannot be told is told by Slack.
    await shared?.paces
      .shut(`${shared.workspaceId} ${method}`, milliseconds)
      .catch(() => undefined);
  }

  async function attempt(call: Call): Promise<Sent> {
    for (let tries = 1; ; tries++) {
      const shutFor = (shutUntil.get(call.method) ?? 0) - now();
      if (shutFor > LONGEST_WAIT_MS) return later('ratelimited', shutFor / 1000);
      if (shutFor > 0) await wait(shutFor, stopped.signal);
      if (stopped.signal.aborted) return later('stopping', null);
      try {
        return { ok: true, ts: await call.make() };
      } catch (error) {
        const { meaning, cause, retryAfterSeconds, isUnsent } = readTrouble(error);
        if (meaning === 'wait') {
          await tellShut(call.method, (retryAfterSeconds ?? 0) * 1000);
          if (tries < TRIES) continue;
        }
        if (meaning === 'wait') return later(cause, retryAfterSeconds);
        // Of an outage or a silence nobody knows whether the call was carried out.
        const doubt = isUnsent === true ? {} : { uncertain: true as const };
        if (meaning === 'later') return { ...later(cause, retryAfterSeconds), ...doubt };
        if (meaning === 'gone') return { ok: false, outcome: 'gone', cause };
        return { ok: false, outcome: 'refused', cause };
      }
    }
  }

  return {
    async run(call) {
      const { signal } = stopped;
      const { priority, pace } = call;
      const lane = laneOf(call);
      try {
        return await new Promise<Sent>((resolve, reject) => {
          const turn = async () => {
            try {
              if (shared !== null) await keepTogether(shared, call);
            } catch {
              // What cannot be recorded either is better not posted.
              return resolve(later('the database does not keep the pace', null));
            }
            begin(lane, pace);
            await attempt(call).then(resolve, reject);
            await rest(lane, pace);
          };
          lane.queue.add(turn, { priority, signal }).catch(reject);
        });
      } catch (error) {
        if (signal.aborted) return later('stopping', null);
        throw error;
      }
    },
    waiting: () => [...lanes.values()].reduce((sum, { queue }) => sum + queue.size, 0),
    stop: () => stopped.abort(),
  };
}

function later(cause: string, retryAfterSeconds: number | null) {
  return { ok: false, outcome: 'later', cause, retryAfterSeconds } as const;
}

/** Ends early, without an error, when the signal aborts. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
