/** One JSON file that follows the state: written soon after a change, replaced in one step. */
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface Keeper {
  /** Something changed; the file follows within a second. */
  touch(): void;
  /** Writes now whatever is not written yet. */
  flush(): Promise<void>;
}

const SHORTEST_MS = 100;
const LONGEST_MS = 1000;

/** What the file holds; `undefined` when there is none yet. */
export async function readSaved<T>(path: string): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new Error(`${path} is not the state of a local workspace. Move it away to start anew.`, {
      cause: error,
    });
  }
}

/** Keeps `collect()` in the file at `path`; `onFailure` hears of a write that failed. */
export function keepIn(
  path: string,
  collect: () => object,
  onFailure: (error: unknown) => void,
): Keeper {
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  /** A big state is written more rarely, so that writing it stays a tenth of the time. */
  let pause = SHORTEST_MS;

  async function write(): Promise<void> {
    const started = performance.now();
    await mkdir(dirname(path), { recursive: true });
    const text = JSON.stringify(collect());
    const file = await open(`${path}.tmp`, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.tmp`, path);
    const took = performance.now() - started;
    pause = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, 10 * took));
  }

  function queue(): Promise<void> {
    writing = writing.then(write).catch(onFailure);
    return writing;
  }

  return {
    touch() {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queue();
      }, pause);
    },
    async flush() {
      if (timer === undefined) return writing;
      clearTimeout(timer);
      timer = undefined;
      await queue();
    },
  };
}
