import { SCHEMA, type Statements } from './boss.ts';
import { DEAD } from './queues.ts';

/** Jobs of one chore that failed to the last retry. */
export interface DeadLetters {
  chore: string;
  count: number;
  lastAt: Date;
}

/** The dead letters by chore, most first; none where no job has ever run. */
export async function readDeadLetters({ executeSql }: Statements): Promise<DeadLetters[]> {
  const { rows: tables } = await executeSql(`SELECT to_regclass('${SCHEMA}.job') AS found`, []);
  if ((tables[0] as { found: string | null } | undefined)?.found == null) return [];
  const { rows } = await executeSql(
    `SELECT data->>'chore' AS chore, count(*)::int AS count, max(created_on) AS at
    FROM ${SCHEMA}.job WHERE name = $1 AND state < 'active' GROUP BY 1 ORDER BY 2 DESC, 1`,
    [DEAD],
  );
  return (rows as { chore: string | null; count: number; at: Date }[]).map((row) => ({
    chore: row.chore ?? 'job',
    count: row.count,
    lastAt: row.at,
  }));
}
