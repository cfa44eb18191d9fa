import { setTimeout as sleep } from 'node:timers/promises';
import type { Shared } from '../../core/ports.ts';

/** What is owed to a host beyond the limits of one request. Nothing here fails a request. */
export interface Politeness {
  /** Does the work while no other process asks the host, and keeps them away for a pause after it. */
  alone<T>(host: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T>;
  /** Milliseconds for which the host wants to be left alone. */
  left(host: string): Promise<number>;
  /** The host has asked to be left alone for so long. */
  asked(host: string, milliseconds: number): Promise<void>;
}

/** Longer than this, a host is not left alone as a whole; the source that was told waits longer. */
const LONGEST_MS = 3_600_000;

/** Of a process that is alone, which remembers what hosts have asked. */
export function ownPoliteness(now: () => number = () => performance.now()): Politeness {
  const until = new Map<string, number>();
  return {
    alone: (_host, _signal, work) => work(),
    async left(host) {
      const milliseconds = (until.get(host) ?? 0) - now();
      if (milliseconds <= 0) until.delete(host);
      return Math.max(0, milliseconds);
    },
    async asked(host, milliseconds) {
      const wait = Math.min(milliseconds, LONGEST_MS);
      until.set(host, Math.max(until.get(host) ?? 0, now() + wait));
    },
  };
}

/**
 * Of all processes together: one request at a time, and what one was told counts for all. `pause`:
 * milliseconds of rest after a request. Where the database cannot be asked, each process is polite
 * on its own.
 */
export function sharedPoliteness({ locks, paces }: Shared, pause: () => number): Politeness {
  const name = (host: string) => `host ${host}`;
  return {
    alone: (host, signal, work) =>
      new Promise((resolve, reject) => {
        let hasBegun = false;
        const begin = async () => {
          hasBegun = true;
          await work().then(resolve, reject);
        };
        const turn = async () => {
          await begin();
          await sleep(pause());
        };
        locks.take(name(host), turn, signal).catch((error: unknown) => {
          if (signal?.aborted) reject(error as Error);
          else if (!hasBegun) void begin();
        });
      }),
    left: (host) => paces.shutFor(name(host)).catch(() => 0),
    asked: (host, milliseconds) =>
      paces.shut(name(host), Math.min(milliseconds, LONGEST_MS)).catch(() => undefined),
  };
}
