import type { DeadLetters } from '../core/ports.ts';
import { SCHEMA, type Statements } from './boss.ts';
import { DEAD } from './queues.ts';

/** The dead letters by chore, most first, of one workspace or of all; none where no job ever ran. */
export async function readDeadLetters(
  { executeSql }: Statements,
  workspaceId: string | null = null,
): Promise<DeadLetters[]> {
  const { rows: tables } = await executeSql(`SELECT to_regclass('${SCHEMA}.job') AS found`, []);
  if ((tables[0] as { found: string | null } | undefined)?.found == null) return [];
  const { rows } = await executeSql(
    `SELECT data->>'chore' AS chore, count(*)::int AS count, max(created_on) AS at
    FROM ${SCHEMA}.job
    WHERE name = $1 AND state < 'active' AND ($2::text IS NULL OR data->>'workspaceId' = $2)
    GROUP BY 1 ORDER BY 2 DESC, 1`,
    [DEAD, workspaceId],
  );
  return (rows as { chore: string | null; count: number; at: Date }[]).map((row) => ({
    chore: row.chore ?? 'job',
    count: row.count,
    lastAt: row.at,
  }));
}
