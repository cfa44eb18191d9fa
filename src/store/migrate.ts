import type { Knex } from 'knex';
import { MIGRATIONS, type Migration } from '../../migrations/index.ts';
import { isSqlite } from './db.ts';
import { readMove } from './move/move-mark.ts';

export interface MigrationStatus {
  /** Names, oldest first. */
  done: string[];
  pending: string[];
  /** Done by a newer Earshot; this one does not know them. */
  unknown: string[];
}

const TABLE = 'knex_migrations';
/** Any number, the same in every replica: who holds it may migrate. */
const POSTGRES_LOCK = 3_277_478;

/** Reads only; an empty database has everything pending. */
export async function migrationStatus(
  db: Knex,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<MigrationStatus> {
  const rows: { name: string }[] = (await db.schema.hasTable(TABLE))
    ? await db(TABLE).select('name').orderBy('id')
    : [];
  const stored = rows.map(({ name }) => name);
  const known = migrations.map(({ name }) => name);
  return {
    done: known.filter((name) => stored.includes(name)),
    pending: known.filter((name) => !stored.includes(name)),
    unknown: stored.filter((name) => !known.includes(name)),
  };
}

/**
 * Brings the database to this program's schema; returns the names of what was run. Throws, before
 * touching anything, when the database is newer than the program, or holds a move that is not done.
 */
export async function migrateUp(
  db: Knex,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<string[]> {
  const { pending } = await checked(db, migrations);
  if (pending.length === 0) return [];
  return inOneStep(db, async (trx) => {
    const [, names] = await trx.migrate.latest(knexOptions(migrations));
    return names;
  });
}

/** Takes back the last `steps` migrations, with what they held; returns their names. */
export async function migrateDown(
  db: Knex,
  steps: number,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<string[]> {
  await checked(db, migrations);
  return inOneStep(db, async (trx) => {
    const undone: string[] = [];
    for (let step = 0; step < steps; step += 1) {
      const [, names] = await trx.migrate.down(knexOptions(migrations));
      undone.push(...names);
    }
    return undone;
  });
}

async function checked(db: Knex, migrations: readonly Migration[]): Promise<MigrationStatus> {
  const status = await migrationStatus(db, migrations);
  if (status.unknown.length > 0) {
    throw new Error(
      `The database is newer than this Earshot: it has had ${status.unknown.join(', ')}. ` +
        'Start the newer version, or restore the backup made before it.',
    );
  }
  const source = await readMove(db);
  if (source !== null) {
    throw new Error(
      `The database holds a move from ${source} that was not finished: ` +
        'run the same earshot migrate --from ... --to ... again, and it goes on where it was.',
    );
  }
  return status;
}

/**
 * All migrations and knex's own lock row in one transaction: a process killed in the midst leaves
 * neither half a schema nor a lock that nobody takes away.
 */
async function inOneStep<T>(db: Knex, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  await putAside(db, 'FILE');
  try {
    return await db.transaction(async (trx) => {
      if (!isSqlite(db)) await trx.raw('SELECT pg_advisory_xact_lock(?)', [POSTGRES_LOCK]);
      return work(trx);
    });
  } finally {
    await putAside(db, 'MEMORY');
  }
}

/** An index of a big table is sorted on the disk; a small machine would not have the memory. */
async function putAside(db: Knex, where: 'FILE' | 'MEMORY'): Promise<void> {
  if (isSqlite(db)) await db.raw(`PRAGMA temp_store = ${where}`);
}

function knexOptions(migrations: readonly Migration[]): Knex.MigratorConfig {
  return {
    tableName: TABLE,
    migrationSource: {
      getMigrations: async () => [...migrations],
      getMigrationName: (migration: Migration) => migration.name,
      getMigration: async (migration: Migration) => migration,
    },
  };
}
