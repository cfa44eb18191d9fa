import { availableParallelism } from 'node:os';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { Failure } from '../../core/source.ts';
import type { FeedDocument, FeedOrigin } from './document.ts';
import type { ReadRequest } from './worker.ts';

export interface ReaderLimits {
  /** Threads at the most. */
  threads: number;
  /** Milliseconds for one document. */
  milliseconds: number;
  /** Megabytes of a thread's heap. */
  megabytes: number;
  /** Milliseconds without a document after which a thread ends: it holds some 40 MB. */
  restMilliseconds: number;
}

const LIMITS: ReaderLimits = {
  // One core is left to the rest of the house.
  threads: Math.min(4, Math.max(1, availableParallelism() - 1)),
  milliseconds: 2500,
  megabytes: 64,
  restMilliseconds: 60_000,
};

/** Documents given to a thread ahead, so that it does not wait for this thread between two. */
const AHEAD = 4;

export interface Readers {
  /**
   * Reads a document in a thread of its own, within limits: one that takes too long or too much
   * memory is a failure, costs no other document, and cannot block the process.
   */
  read(bytes: Uint8Array, origin: FeedOrigin): Promise<FeedDocument>;
}

interface Job {
  request: ReadRequest;
  done: (document: FeedDocument) => void;
}

interface Thread {
  worker: Worker;
  /** In the order in which it will answer; the first is the one under way. */
  jobs: Job[];
  isReady: boolean;
  timer: NodeJS.Timeout | null;
}

/**
 * Makes a pool of threads. They start with the first document and stay warm as long as documents
 * come; they never keep a process alive that has nothing else to do. `threads`: how many there are.
 */
export function createReaders(
  options: Partial<ReaderLimits> = {},
): Readers & { threads(): number } {
  const limits = { ...LIMITS, ...options };
  const threads = new Set<Thread>();
  const waiting: Job[] = [];

  function start(): Thread {
    const worker = startWorker({
      resourceLimits: { maxOldGenerationSizeMb: limits.megabytes, maxYoungGenerationSizeMb: 16 },
    });
    const thread: Thread = { worker, jobs: [], isReady: false, timer: null };
    threads.add(thread);
    worker.on('message', (message: FeedDocument | 'ready') => {
      if (message === 'ready') thread.isReady = true;
      else thread.jobs.shift()?.done(message);
      watch(thread);
      hand();
    });
    worker.on('error', (error) => end(thread, failureOf(error)));
    worker.on('exit', () => end(thread, BROKEN));
    return thread;
  }

  /** The clock runs for the document under way; a thread that starts takes its time. */
  function watch(thread: Thread): void {
    if (thread.timer !== null) clearTimeout(thread.timer);
    thread.timer = null;
    if (thread.jobs.length === 0) return rest(thread);
    thread.worker.ref();
    if (!thread.isReady) return;
    thread.timer = setTimeout(() => {
      end(thread, TOO_SLOW);
      void thread.worker.terminate();
    }, limits.milliseconds);
  }

  function rest(thread: Thread): void {
    thread.worker.unref();
    thread.timer = setTimeout(() => {
      threads.delete(thread);
      void thread.worker.terminate();
    }, limits.restMilliseconds).unref();
  }

  /** The first document is to blame; those behind it get another thread. */
  function end(thread: Thread, failure: Failure): void {
    if (!threads.delete(thread)) return;
    if (thread.timer !== null) clearTimeout(thread.timer);
    const [first, ...others] = thread.jobs;
    waiting.unshift(...others);
    first?.done({ ok: false, isPage: false, failure });
    hand();
  }

  function hand(): void {
    while (waiting.length > 0) {
      const idlest = [...threads].sort((a, b) => a.jobs.length - b.jobs.length)[0];
      const isBusy = idlest === undefined || idlest.jobs.length > 0;
      const thread = isBusy && threads.size < limits.threads ? start() : idlest;
      if (thread === undefined || thread.jobs.length >= AHEAD) return;
      const job = waiting.shift() as Job;
      thread.jobs.push(job);
      thread.worker.postMessage(job.request);
      if (thread.jobs.length === 1) watch(thread);
    }
  }

  return {
    threads: () => threads.size,
    read(bytes, origin) {
      return new Promise((done) => {
        waiting.push({ request: { bytes: tight(bytes), origin }, done });
        hand();
      });
    },
  };
}

/** Runs from JavaScript once it is built, and from TypeScript in a checkout. */
function startWorker(options: WorkerOptions): Worker {
  const own = import.meta.url;
  if (!own.endsWith('.ts')) return new Worker(new URL('./worker.js', own), options);
  // A new thread does not inherit what lets this one read TypeScript.
  const [loader, file] = [import.meta.resolve('tsx/esm/api'), new URL('./worker.ts', own).href];
  const script = `import('${loader}').then(({ register }) => (register(), import('${file}')))`;
  return new Worker(script, { ...options, eval: true });
}

/** A view would be sent together with the whole buffer behind it. */
function tight(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}

const TOO_SLOW: Failure = {
  kind: 'malformed',
  cause: 'reading it took too long',
  message: 'sends a feed that takes too long to read; look for another feed of this place',
};

const TOO_BIG: Failure = {
  kind: 'refused',
  cause: 'reading it took too much memory',
  message: 'sends a feed that is too big to read; look for a shorter feed of this place',
};

const BROKEN: Failure = {
  kind: 'malformed',
  cause: 'reading it failed',
  message: 'sends a feed that cannot be read; look for another feed of this place',
};

function failureOf(error: unknown): Failure {
  const { code, name } = error as { code?: string; name?: string };
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return TOO_BIG;
  return { ...BROKEN, cause: `reading it failed: ${code ?? name ?? 'unknown error'}` };
}
