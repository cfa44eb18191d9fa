import type { Knex } from 'knex';
import type { Mention } from '../../core/mention.ts';
import type { PollResult } from '../../core/ports.ts';
import type { Gap } from '../../core/source.ts';
import { storable, toText } from '../columns.ts';
import { isSqlite } from '../db.ts';
import { insertNew } from './new-mentions.ts';
import { rowsOf } from '../move/raw.ts';
import { valuesTable, type Columns } from '../values.ts';
import type { AddCounts } from './verdict-counts.ts';

/**
 * Writes good polls, each of another source, in one transaction, whatever their number with the
 * same few statements. Answers for each poll the mentions that were new, or null when its source is
 * gone or another replica was faster.
 */
export async function commitPolls(
  db: Knex,
  polls: readonly PollResult[],
  addCounts: AddCounts,
): Promise<(Mention[] | null)[]> {
  return db.transaction(async (trx) => {
    // The condition comes first: it locks the sources, and on SQLite the file.
    const advanced = await advance(trx, polls);
    const isWon = (poll: PollResult) => advanced.has(nameOf(poll.workspaceId, poll.sourceId));
    const won = polls.filter(isWon);
    for (const { workspaceId, sourceId, movedTo } of won) {
      if (movedTo !== null) await move(trx, workspaceId, sourceId, movedTo);
    }
    const inserted = new Set<Mention>();
    // Always in the same order, so that no two replicas wait for each other.
    for (const workspaceId of [...new Set(won.map((poll) => poll.workspaceId))].sort()) {
      const own = won.filter((poll) => poll.workspaceId === workspaceId);
      const mentions = own.flatMap((poll) => poll.mentions);
      if (mentions.length === 0 && own.every(({ counts = [] }) => counts.length === 0)) continue;
      await lock(trx, workspaceId);
      await addCounts(trx, workspaceId, own);
      for (const mention of await insertNew(trx, workspaceId, mentions)) inserted.add(mention);
    }
    return polls.map((poll) =>
      isWon(poll) ? poll.mentions.filter((mention) => inserted.has(mention)) : null,
    );
  });
}

function nameOf(workspaceId: string, sourceId: string): string {
  return `${workspaceId} ${sourceId}`;
}

/**
 * Two sources may bring the same post at once, so the polls of a workspace go one by one from here.
 * SQLite has one writer anyway.
 */
async function lock(trx: Knex.Transaction, workspaceId: string): Promise<void> {
  if (isSqlite(trx)) return;
  await trx('workspaces').where({ workspace_id: workspaceId }).forNoKeyUpdate().select('name');
}

/** What a poll changes in its source. */
interface Advance {
  workspace_id: string;
  id: string;
  was: string | null;
  cursor: string;
  polled_at: string;
  next_poll_at: string;
  posts: number;
  usual_gap_seconds: number | null;
  last_post_at: string | null;
  quiet_since: string | null;
  gap: string | null;
  gap_at: string | null;
}

const COLUMNS: Columns<Advance> = {
  workspace_id: 'text',
  id: 'text',
  was: 'text',
  cursor: 'text',
  polled_at: 'text',
  next_poll_at: 'text',
  posts: 'integer',
  usual_gap_seconds: 'double precision',
  last_post_at: 'text',
  quiet_since: 'text',
  gap: 'text',
  gap_at: 'text',
};

function toAdvance(poll: PollResult): Advance {
  const { rhythm, gap } = poll;
  return {
    workspace_id: poll.workspaceId,
    id: poll.sourceId,
    was: poll.was,
    cursor: storable(poll.cursor),
    polled_at: toText(poll.at),
    next_poll_at: toText(poll.nextPollAt),
    posts: rhythm.posts,
    usual_gap_seconds: rhythm.usualGapSeconds,
    last_post_at: toText(rhythm.lastPostAt),
    quiet_since: toText(rhythm.quietSince),
    gap: gap && storable(gapSentence(gap)),
    gap_at: gap && toText(poll.at),
  };
}

/** Moves the cursors on that still are where the polls began; the names of those sources. */
async function advance(
  trx: Knex.Transaction,
  polls: readonly PollResult[],
): Promise<ReadonlySet<string>> {
  const answer: unknown = await trx.raw(
    `UPDATE sources SET
       cursor = polls.cursor,
       next_poll_at = polls.next_poll_at,
       last_success_at = polls.polled_at,
       failures = 0,
       failure = NULL,
       failing_since = NULL,
       posts = polls.posts,
       usual_gap_seconds = polls.usual_gap_seconds,
       last_post_at = polls.last_post_at,
       quiet_since = polls.quiet_since,
       gap = coalesce(polls.gap, sources.gap),
       gap_at = coalesce(polls.gap_at, sources.gap_at)
     FROM ? AS polls
     WHERE sources.workspace_id = polls.workspace_id AND sources.id = polls.id
       AND sources.cursor IS NOT DISTINCT FROM polls.was
     RETURNING sources.workspace_id, sources.id`,
    [valuesTable(trx, COLUMNS, polls.map(toAdvance))],
  );
  const rows = rowsOf<{ workspace_id: string; id: string }>(answer);
  return new Set(rows.map((one) => nameOf(one.workspace_id, one.id)));
}

/** "the window rolled past us (2026-01-02 03:04 to 2026-01-02 05:06 UTC)" */
export function gapSentence(gap: Gap): string {
  const minute = (date: Date) => date.toISOString().slice(0, 16).replace('T', ' ');
  const from = gap.from === null ? 'until' : `${minute(gap.from)} to`;
  return `${gap.reason} (${from} ${minute(gap.to)} UTC)`;
}

/** Stays where it is when the workspace already listens there: both answers are the same posts. */
async function move(trx: Knex, workspaceId: string, id: string, address: string): Promise<void> {
  const source = trx('sources').where({ workspace_id: workspaceId, id });
  const { kind } = (await source.clone().first('kind')) as { kind: string };
  const taken: unknown = await trx('sources')
    .where({ workspace_id: workspaceId, kind, address: storable(address) })
    .first('id');
  if (!taken) await source.update({ address: storable(address) });
}
