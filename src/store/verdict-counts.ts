import type { Knex } from 'knex';
import type { PollResult, VerdictCountStore } from '../core/ports.ts';

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

/** Adds what polls counted to the counts of their days, and lets go of days that are long past. */
export async function addCounts(
  trx: Knex.Transaction,
  workspaceId: string,
  polls: readonly Pick<PollResult, 'at' | 'counts'>[],
): Promise<void> {
  const rows = new Map<string, CountRow>();
  for (const { at, counts = [] } of polls) {
    const day = dayOf(at);
    for (const { keywordId, step, posts } of counts) {
      const name = `${day} ${step} ${keywordId}`;
      const row = rows.get(name);
      // One statement may touch a row only once.
      if (row !== undefined) row.posts += posts;
      else rows.set(name, { workspace_id: workspaceId, day, keyword_id: keywordId, step, posts });
    }
  }
  const all = [...rows.values()];
  for (let start = 0; start < all.length; start += BATCH) {
    await trx<CountRow>('verdict_counts')
      .insert(all.slice(start, start + BATCH))
      .onConflict(['workspace_id', 'day', 'keyword_id', 'step'])
      .merge({ posts: trx.raw('verdict_counts.posts + excluded.posts') });
  }
  const newest = Math.max(...polls.map(({ at }) => at.getTime()));
  const oldest = dayOf(new Date(newest - KEPT_DAYS * 24 * 3600 * 1000));
  await trx<CountRow>('verdict_counts')
    .where({ workspace_id: workspaceId })
    .where('day', '<', oldest)
    .delete();
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
