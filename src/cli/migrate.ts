import type { Config } from '../config.ts';
import { openDatabase } from '../store/db.ts';
import { migrateDown, migrateUp, migrationStatus } from '../store/migrate.ts';
import { CommandError, message, result } from './io.ts';

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
