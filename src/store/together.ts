import { setImmediate as others } from 'node:timers/promises';

export interface TogetherOptions<T> {
  /** Pieces in one round at the most. */
  most?: number;
  /** Pieces with the same key are never in one round. */
  keyOf?: (piece: T) => string;
}

/**
 * Lets what is asked for at about the same time, or while a round of the same work is under way, share
 * the next round: a thousand polls need not wait for the disk a thousand times, nor send a thousand
 * statements each of which is one row. `work` gets the pieces of a round and answers them in the same order. When a
 * round fails, each of its pieces is tried again by itself, so that one harms no other; `work` must
 * leave nothing behind then.
 */
export function createTogether<T, R>(
  work: (pieces: readonly T[]) => Promise<readonly R[]>,
  { most = 64, keyOf }: TogetherOptions<T> = {},
): (piece: T) => Promise<R> {
  let waiting: Waiting<T, R>[] = [];
  let isWorking = false;

  function nextRound(): Waiting<T, R>[] {
    const keys = new Set<string>();
    const round: Waiting<T, R>[] = [];
    waiting = waiting.filter((one) => {
      const key = keyOf?.(one.piece);
      if (round.length === most || (key !== undefined && keys.has(key))) return true;
      if (key !== undefined) keys.add(key);
      round.push(one);
      return false;
    });
    return round;
  }

  async function run(round: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await work(round.map(({ piece }) => piece));
      round.forEach(({ resolve }, index) => resolve(results[index] as R));
    } catch (error) {
      if (round.length === 1) round[0]?.reject(error);
      else await Promise.all(round.map((one) => run([one])));
    }
  }

  async function runAll(): Promise<void> {
    isWorking = true;
    while (waiting.length > 0) {
      // What else this turn of the process has to ask for comes along.
      await others();
      await run(nextRound());
    }
    isWorking = false;
  }

  return (piece) =>
    new Promise((resolve, reject) => {
      waiting.push({ piece, resolve, reject });
      if (!isWorking) void runAll();
    });
}

interface Waiting<T, R> {
  piece: T;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}
