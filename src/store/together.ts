import type { Knex } from 'knex';
import { isSqlite } from './db.ts';

export type Together = <T>(work: (trx: Knex.Transaction) => Promise<T>) => Promise<T>;

/** Pieces of work in one transaction at the most. */
const MOST = 64;

/**
 * Runs work in a transaction; on SQLite, what comes while one is being written shares the next one.
 * A commit waits for the disk, and a thousand polls that find nothing new need not wait a thousand
 * times. When a piece fails, the others are not harmed: each is run again in a transaction of its
 * own. So a piece must do nothing but write to the database.
 */
export function createTogether(db: Knex): Together {
  if (!isSqlite(db)) return (work) => db.transaction(work);
  const waiting: Piece<unknown>[] = [];
  let isWriting = false;

  async function write(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, MOST);
      try {
        const results = await db.transaction(async (trx) => {
          const done: unknown[] = [];
          for (const { work } of group) done.push(await work(trx));
          return done;
        });
        group.forEach(({ resolve }, index) => resolve(results[index]));
      } catch {
        for (const { work, resolve, reject } of group) {
          await db.transaction(work).then(resolve, reject);
        }
      }
    }
    isWriting = false;
  }

  return <T>(work: (trx: Knex.Transaction) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ work, resolve: resolve as (result: unknown) => void, reject });
      if (!isWriting) void write();
    });
}

interface Piece<T> {
  work: (trx: Knex.Transaction) => Promise<T>;
  resolve: (result: T) => void;
  reject: (error: unknown) => void;
}
