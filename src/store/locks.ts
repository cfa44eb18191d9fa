import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Locks } from '../core/ports.ts';

/** Any number, so that our names meet nobody else's locks. */
const SEED = 3_277_478;
/** Milliseconds between two tries for a name that another process holds; they grow. */
const FIRST_WAIT = 15;
const LONGEST_WAIT = 200;
const TIMEOUT_MS = 10_000;
/**
 * A machine that vanishes says no goodbye. The server asks after it so often that what it held is
 * free again within half a minute.
 */
const KEEPALIVES = `SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;
  SET tcp_keepalives_count = 3`;

const LOCK = 'SELECT pg_try_advisory_lock(hashtextextended($1, $2)) AS done';
const UNLOCK = 'SELECT pg_advisory_unlock(hashtextextended($1, $2)) AS done';

/** One connection, which holds names until it ends. */
interface Session {
  /** One statement after the other. */
  ask(sql: string, name: string): Promise<boolean>;
  end(): void;
  lost: AbortSignal;
}

/**
 * Locks as Postgres keeps them for a connection: whoever dies, dies with all connections, and what
 * was held is free at once. All names of a process are held by one connection of its own; within
 * the process they go in order of asking. Needs a connection that stays the same (a pooler in
 * session mode, not in transaction mode).
 */
export function createLocks(url: string): Locks & { close(): Promise<void> } {
  let opening: Promise<Session> | null = null;
  let isClosed = false;
  const tails = new Map<string, Promise<unknown>>();

  async function open(): Promise<Session> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'earshot locks',
      keepAlive: true,
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
    });
    const lost = new AbortController();
    // Whoever holds a name listens; that many is no leak.
    setMaxListeners(0, lost.signal);
    const end = (): void => {
      if (!lost.signal.aborted) opening = null;
      lost.abort();
      client.end().catch(() => undefined);
    };
    client.on('error', end);
    client.on('end', end);
    await client.connect();
    await client.query(KEEPALIVES);
    let last: Promise<unknown> = Promise.resolve();
    const ask = (sql: string, name: string): Promise<boolean> => {
      const answer = last.then(async () => {
        const { rows } = await client.query<{ done: boolean }>(sql, [name, SEED]);
        return rows[0]?.done === true;
      });
      last = answer.catch(() => undefined);
      return answer;
    };
    return { ask, end, lost: lost.signal };
  }

  async function session(): Promise<Session> {
    if (isClosed) throw new Error('the locks are closed');
    opening ??= open().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  }

  /** Null when another process holds the name; else what gives it back. */
  async function tryFor(name: string) {
    const { ask, end, lost } = await session();
    const isOurs = await ask(LOCK, name).catch((error: unknown) => {
      // Whether it was granted is not known, and a name that nobody knows of is held for ever.
      end();
      throw error;
    });
    if (!isOurs) return null;
    const giveBack = async () => {
      if (!lost.aborted) await ask(UNLOCK, name).catch(end);
    };
    return { lost, giveBack };
  }

  async function wait(name: string, signal: AbortSignal | undefined) {
    for (let ms = FIRST_WAIT; ; ms = Math.min(ms * 1.5, LONGEST_WAIT)) {
      signal?.throwIfAborted();
      const held = await tryFor(name);
      if (held !== null) return held;
      await sleep(ms * (0.5 + Math.random()), undefined, signal && { signal });
    }
  }

  /** The connection would grant a name twice to its own process, so that process queues first. */
  async function inOrder<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = tails.get(name);
    const run = before === undefined ? work() : before.then(work);
    const tail = run.catch(() => undefined);
    tails.set(name, tail);
    try {
      return await run;
    } finally {
      if (tails.get(name) === tail) tails.delete(name);
    }
  }

  return {
    take: (name, work, signal) =>
      inOrder(name, async () => {
        const held = await wait(name, signal);
        try {
          return await work();
        } finally {
          await held.giveBack();
        }
      }),

    async attempt(name, work) {
      if (tails.has(name)) return false;
      return inOrder(name, async () => {
        const held = await tryFor(name);
        if (held === null) return false;
        try {
          await work(held.lost);
          return true;
        } finally {
          await held.giveBack();
        }
      });
    },

    async close() {
      isClosed = true;
      const open = await opening?.catch(() => null);
      open?.end();
    },
  };
}
