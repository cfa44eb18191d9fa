/** Gives each host one turn at a time, in the order of asking. */
export interface Turns {
  /**
   * Waits for a turn and does the work in it. Rejects with the signal's reason when that aborts
   * first; the place in the queue is then given up.
   */
  take<T>(host: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T>;
}

/** `pause`: milliseconds of rest between two turns of one host, drawn anew each time. */
export function createTurns(pause: () => number): Turns {
  const tails = new Map<string, Promise<void>>();
  return {
    async take(host, signal, work) {
      const before = tails.get(host);
      let leave = (): void => undefined;
      const own = new Promise<void>((resolve) => (leave = resolve));
      const tail = before === undefined ? own : before.then(() => own);
      tails.set(host, tail);
      void tail.then(() => {
        if (tails.get(host) === tail) tails.delete(host);
      });
      let hadTurn = false;
      try {
        if (before !== undefined) await unlessAborted(before, signal);
        hadTurn = true;
        return await work();
      } finally {
        const rest = hadTurn ? pause() : 0;
        if (rest > 0) setTimeout(leave, rest).unref();
        else leave();
      }
    },
  };
}

async function unlessAborted(waited: Promise<void>, signal: AbortSignal | undefined) {
  if (signal === undefined) return waited;
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    await Promise.race([waited, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
