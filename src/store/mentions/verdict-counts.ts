import type { Knex } from 'knex';
import type { PollResult, VerdictCountStore } from '../../core/ports.ts';
import { insertRows, type Columns } from '../values.ts';

interface CountRow {
  workspace_id: string;
  day: string;
  keyword_id: string;
  step: number;
  posts: number;
}

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

type PollCounts = Pick<PollResult, 'at' | 'counts'>;

/** Adds what polls of one workspace counted to the counts of their days. */
export type AddCounts = (
  trx: Knex.Transaction,
  workspaceId: string,
  polls: readonly PollCounts[],
) => Promise<void>;

/** Lets go of days that are long past as well, once a day: each look for them costs as a poll does. */
export function createCounting(): AddCounts {
  const prunedBefore = new Map<string, string>();
  return async (trx, workspaceId, polls) => {
    const rows = rowsOfDays(workspaceId, polls);
    if (rows.length > 0) await add(trx, rows);
    const newest = Math.max(...polls.map(({ at }) => at.getTime()));
    const oldest = dayOf(new Date(newest - KEPT_DAYS * 24 * 3600 * 1000));
    if (prunedBefore.get(workspaceId) === oldest) return;
    prunedBefore.set(workspaceId, oldest);
    await trx<CountRow>('verdict_counts')
      .where({ workspace_id: workspaceId })
      .where('day', '<', oldest)
      .delete();
  };
}

function rowsOfDays(workspaceId: string, polls: readonly PollCounts[]): CountRow[] {
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
  return [...rows.values()];
}

const COLUMNS: Columns<CountRow> = {
  workspace_id: 'text',
  day: 'text',
  keyword_id: 'text',
  step: 'integer',
  posts: 'integer',
};
async function add(trx: Knex.Transaction, rows: readonly CountRow[]): Promise<void> {
  await insertRows(
    trx,
    'verdict_counts',
    COLUMNS,
    rows,
    `ON CONFLICT (workspace_id, day, keyword_id, step)
     DO UPDATE SET posts = verdict_counts.posts + excluded.posts`,
  );
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
