import type { Knex } from 'knex';
import type { VerdictCount, VerdictCountStore } from '../core/ports.ts';

interface CountRow {
  workspace_id: string;
  day: string;
  keyword_id: string;
  step: number;
  posts: number;
}

/** Rows in one statement. */
const BATCH = 500;
/** Days that are kept; the table of thresholds looks back four weeks. */
const KEPT_DAYS = 35;

export function verdictCountStore(db: Knex): VerdictCountStore {
  return {
    async since(workspaceId, day) {
      const rows: { keyword_id: string; step: number; posts: number | string }[] =
        await db<CountRow>('verdict_counts')
          .where({ workspace_id: workspaceId })
          .where('day', '>=', day)
          .groupBy('keyword_id', 'step')
          .orderBy(['keyword_id', 'step'])
          .select('keyword_id', 'step')
          .sum({ posts: 'posts' });
      return rows.map((row) => ({
        keywordId: row.keyword_id,
        step: row.step,
        // Postgres gives a sum as text.
        posts: Number(row.posts),
      }));
    },
  };
}

/** Adds what a poll counted to the counts of its day, and lets go of days that are long past. */
export async function addCounts(
  trx: Knex.Transaction,
  workspaceId: string,
  at: Date,
  counts: readonly VerdictCount[],
): Promise<void> {
  if (counts.length === 0) return;
  const day = dayOf(at);
  for (let start = 0; start < counts.length; start += BATCH) {
    const rows = counts.slice(start, start + BATCH).map(({ keywordId, step, posts }) => ({
      workspace_id: workspaceId,
      day,
      keyword_id: keywordId,
      step,
      posts,
    }));
    await trx<CountRow>('verdict_counts')
      .insert(rows)
      .onConflict(['workspace_id', 'day', 'keyword_id', 'step'])
      .merge({ posts: trx.raw('verdict_counts.posts + excluded.posts') });
  }
  const oldest = dayOf(new Date(at.getTime() - KEPT_DAYS * 24 * 3600 * 1000));
  await trx<CountRow>('verdict_counts')
    .where({ workspace_id: workspaceId })
    .where('day', '<', oldest)
    .delete();
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
