import type PgBoss from 'pg-boss';
import type { Locks, Log } from '../core/ports.ts';
import { CHORES, DEAD, QUEUES, ROUNDS, type Round } from './queues.ts';

/** Runs SQL on the database; pg-boss brings its own. */
export interface Statements {
  executeSql(text: string, values: unknown[]): Promise<{ rows: unknown[] }>;
}

export const SCHEMA = 'pgboss';
/** Done jobs are looked at by nobody; a minute is the least that pg-boss's own clock needs. */
const KEEP_DONE_SECONDS = 600;
const KEEP_ARCHIVED_SECONDS = 3600;
/** A dead letter is shown for twice as long. */
const KEEP_WAITING_MINUTES = 3 * 24 * 60;

/**
 * pg-boss, started, with its schema and all queues. Throws, with a sentence for the operator, where
 * the database does not let it.
 */
export async function startBoss(statements: Statements, locks: Locks, log: Log): Promise<PgBoss> {
  // Most installations have one process and a file, and need not hold it in memory.
  const { default: Boss } = await import('pg-boss');
  const boss = new Boss({
    db: settledLater(statements, log),
    schema: SCHEMA,
    archiveCompletedAfterSeconds: KEEP_DONE_SECONDS,
    deleteAfterSeconds: KEEP_ARCHIVED_SECONDS,
    maintenanceIntervalSeconds: 60,
    cronMonitorIntervalSeconds: 15,
    cronWorkerIntervalSeconds: 5,
  });
  boss.on('error', (error) => log.warn({ cause: causeOf(error) }, 'the job queue has trouble'));
  try {
    // Two that make tables at the same time wait for each other, and Postgres ends one of them.
    await locks.take('the job queue', async () => {
      await boss.start();
      await makeQueues(boss);
    });
    return boss;
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw new Error(`DATABASE_URL: the job queue cannot start (${causeOf(error)}). ${fix(error)}`, {
      cause: error,
    });
  }
}

async function makeQueues(boss: PgBoss): Promise<void> {
  const retentionMinutes = KEEP_WAITING_MINUTES;
  const known = new Set((await boss.getQueues()).map(({ name }) => name));
  if (!known.has(DEAD)) await boss.createQueue(DEAD, { name: DEAD, retentionMinutes });
  for (const name of CHORES) {
    const { expireInSeconds, retryLimit, retryDelay } = QUEUES[name];
    // "Short": of the jobs that wait, one for each key.
    const queue = {
      ...{ name, policy: 'short' as const, retentionMinutes, deadLetter: DEAD },
      ...{ expireInSeconds, retryLimit, retryDelay, retryBackoff: true },
    };
    if (known.has(name)) await boss.updateQueue(name, queue);
    else await boss.createQueue(name, queue);
  }
  for (const name of Object.keys(ROUNDS) as Round[]) {
    const queue = { name, policy: 'short' as const, retryLimit: 0, expireInSeconds: 60 };
    if (!known.has(name)) await boss.createQueue(name, queue);
    await boss.schedule(name, ROUNDS[name].cron);
  }
}

/**
 * pg-boss does not wait for its own word that a job is done, and a rejection that nobody waits for
 * ends the process. Where the database cannot be told, the job expires, and is done again.
 */
function settledLater(statements: Statements, log: Log): PgBoss.Db {
  return {
    async executeSql(text, values) {
      try {
        return (await statements.executeSql(text, values)) as { rows: never[] };
      } catch (error) {
        if (!/SELECT COUNT\(\*\) FROM results\s*$/u.test(text)) throw error;
        log.warn({ cause: causeOf(error) }, 'the end of a job could not be noted');
        return { rows: [{ count: '0' }] };
      }
    },
  };
}

/** Kind and code of an error, and none of its words: those of a database may hold what was stored. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name;
}

function fix(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === '42501'
    ? `Let the owner of the database say: GRANT CREATE ON DATABASE ... TO ...; with its name and this user. Earshot makes the schema "${SCHEMA}" there.`
    : 'Check that Postgres runs, has connections left, and that this user owns the schema "pgboss".';
}
