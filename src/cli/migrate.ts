import type { Config } from '../config.ts';
import { nameOf, openDatabase } from '../store/db.ts';
import { migrateDown, migrateUp, migrationStatus } from '../store/migrate.ts';
import { moveDatabase } from '../store/move/move.ts';
import { CommandError, message, result } from './io.ts';
import { showProgress } from './progress.ts';

/** `earshot migrate`: up to this version's schema, or back, or only the status. */
export async function migrate(
  config: Config,
  options: { down?: string; status?: boolean },
): Promise<void> {
  const steps = Number(options.down ?? 0);
  if (!Number.isInteger(steps) || steps < 0) throw new CommandError('--down takes a number.', 2);
  const db = await openDatabase(config.databaseUrl);
  try {
    if (options.status) {
      const { done, pending, unknown } = await migrationStatus(db);
      for (const name of done) await result(`done     ${name}`);
      for (const name of pending) await result(`pending  ${name}`);
      for (const name of unknown) await result(`unknown  ${name} (done by a newer Earshot)`);
      return;
    }
    const names = steps > 0 ? await migrateDown(db, steps) : await migrateUp(db);
    const verb = steps > 0 ? 'taken back' : 'done';
    for (const name of names) await result(`${verb} ${name}`);
    if (names.length === 0) message('The database is up to date.');
  } finally {
    await db.destroy();
  }
}

export interface MoveCommand {
  from?: string;
  to?: string;
  anew?: boolean;
}

/**
 * `earshot migrate --from URL --to URL`: all that one database holds, into an empty one. A line a
 * table on stdout: its name, how many rows, and the checksum that both sides have.
 */
export async function move({ from, to, anew = false }: MoveCommand): Promise<void> {
  if (from === undefined || to === undefined) {
    throw new CommandError('--from and --to go together: an address each, as in DATABASE_URL.', 2);
  }
  if (nameOf(from) === nameOf(to)) {
    throw new CommandError('--from and --to are the same database.', 2);
  }
  const source = await openDatabase(from, { named: '--from', alone: true });
  try {
    const target = await openDatabase(to, { named: '--to', alone: true });
    try {
      const progress = showProgress(process.stderr);
      const sourceName = nameOf(from);
      const moved = await moveDatabase(source, target, { sourceName, anew, onProgress: progress });
      for (const { table, rows, checksum } of moved) {
        await result(`${table}\t${rows}\t${checksum}`);
      }
      const total = moved.reduce((sum, { rows }) => sum + rows, 0);
      message(`Moved, and the same on both sides: ${total} rows of ${moved.length} tables.`);
      message(
        'Now set DATABASE_URL to the new address and start. The secret (EARSHOT_SECRET, or the file ' +
          'earshot.secret in data/) must come along, or all objections are forgotten.',
      );
    } finally {
      await target.destroy();
    }
  } finally {
    await source.destroy();
  }
}
