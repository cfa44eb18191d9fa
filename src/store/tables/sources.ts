import type { Knex } from 'knex';
import type { PollResult, SourceRecord, SourceStore } from '../../core/ports.ts';
import type { Rhythm } from '../../core/rhythm.ts';
import { given, storable, toDate, toText } from '../columns.ts';
import { commitPolls } from '../mentions/polls.ts';
import { rowsOf } from '../move/raw.ts';
import { createTogether } from '../together.ts';
import { valuesTable, type Columns } from '../values.ts';
import { createCounting } from '../mentions/verdict-counts.ts';

interface SourceRow {
  workspace_id: string;
  id: string;
  kind: string;
  address: string;
  label: string;
  interval_seconds: number;
  /** SQLite says 0 and 1. */
  paused: boolean | number;
  cursor: string | null;
  next_poll_at: string;
  last_success_at: string | null;
  failures: number;
  failure: string | null;
  failing_since: string | null;
  gap: string | null;
  gap_at: string | null;
  posts: number;
  usual_gap_seconds: number | null;
  last_post_at: string | null;
  quiet_since: string | null;
  created_by: string;
  created_at: string;
}

/** How far the clocks of two machines may differ. */
const SKEW_MS = 60_000;

export function sourceStore(db: Knex): SourceStore {
  const addCounts = createCounting();
  const commitPoll = createTogether(
    (polls: readonly PollResult[]) => commitPolls(db, polls, addCounts),
    { keyOf: ({ workspaceId, sourceId }) => `${workspaceId} ${sourceId}` },
  );
  const one = (workspaceId: string, id: string, on: Knex = db) =>
    on<SourceRow>('sources').where({ workspace_id: workspaceId, id });

  // Each poll begins with its source, and many polls begin at once.
  const findAmong = createTogether((wanted: readonly Name[]) => findAll(db, wanted));
  const find = (workspaceId: string, id: string) => findAmong({ workspace_id: workspaceId, id });

  return {
    find,

    async add(source) {
      const written = await db<SourceRow>('sources')
        .insert(toRow(source))
        .onConflict(['workspace_id', 'kind', 'address'])
        .ignore()
        .returning('id');
      return written.length > 0;
    },

    async list(workspaceId) {
      const rows = await db<SourceRow>('sources')
        .where({ workspace_id: workspaceId })
        .orderBy(['created_at', 'id']);
      return rows.map(fromRow);
    },

    async due(now, limit) {
      const rows = await db<SourceRow>('sources')
        .where({ paused: false })
        .where('next_poll_at', '<=', toText(now))
        .orderBy(['next_poll_at', 'id'])
        .limit(limit);
      return rows.map(fromRow);
    },

    async recall(now) {
      const horizon = new Date(now.getTime() + SKEW_MS);
      return db<SourceRow>('sources')
        .where('last_success_at', '>', toText(horizon))
        .where('next_poll_at', '>', toText(now))
        .update({ next_poll_at: toText(now) });
    },

    async change(workspaceId, id, change) {
      const columns = toColumns(change);
      if (Object.keys(columns).length === 0) return (await find(workspaceId, id)) !== null;
      return (await one(workspaceId, id).update(columns)) > 0;
    },

    async remove(workspaceId, id) {
      return (await one(workspaceId, id).delete()) > 0;
    },

    commitPoll,

    async commitFailure(result) {
      const at = toText(result.at);
      await one(result.workspaceId, result.sourceId).update({
        next_poll_at: toText(result.nextPollAt),
        failures: db.raw('failures + 1'),
        failure: storable(result.failure.message),
        failing_since: db.raw('coalesce(failing_since, ?)', [at]),
      });
    },
  };
}

type Name = Pick<SourceRow, 'workspace_id' | 'id'>;

const NAME_COLUMNS: Columns<Name> = { workspace_id: 'text', id: 'text' };

async function findAll(db: Knex, wanted: readonly Name[]): Promise<(SourceRecord | null)[]> {
  const answer: unknown = await db.raw(
    'SELECT sources.* FROM ? AS wanted JOIN sources USING (workspace_id, id)',
    [valuesTable(db, NAME_COLUMNS, wanted)],
  );
  const rows = rowsOf<SourceRow>(answer);
  const found = new Map(rows.map((row) => [`${row.workspace_id} ${row.id}`, row]));
  return wanted.map(({ workspace_id, id }) => {
    const row = found.get(`${workspace_id} ${id}`);
    return row === undefined ? null : fromRow(row);
  });
}

function toRow(source: SourceRecord): SourceRow {
  return {
    workspace_id: source.workspaceId,
    id: source.id,
    kind: source.kind,
    address: storable(source.address),
    label: storable(source.label),
    interval_seconds: source.intervalSeconds,
    paused: source.paused,
    cursor: storable(source.cursor),
    next_poll_at: toText(source.nextPollAt),
    last_success_at: toText(source.lastSuccessAt),
    failures: source.failures,
    failure: storable(source.failure),
    failing_since: toText(source.failingSince),
    gap: storable(source.gap),
    gap_at: toText(source.gapAt),
    ...rhythmColumns(source.rhythm),
    created_by: source.createdBy,
    created_at: toText(source.createdAt),
  };
}

function fromRow(row: SourceRow): SourceRecord {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    kind: row.kind,
    address: row.address,
    label: row.label,
    intervalSeconds: row.interval_seconds,
    paused: Boolean(row.paused),
    cursor: row.cursor,
    nextPollAt: toDate(row.next_poll_at),
    lastSuccessAt: toDate(row.last_success_at),
    failures: row.failures,
    failure: row.failure,
    failingSince: toDate(row.failing_since),
    gap: row.gap,
    gapAt: toDate(row.gap_at),
    rhythm: {
      posts: row.posts,
      usualGapSeconds: row.usual_gap_seconds,
      lastPostAt: toDate(row.last_post_at),
      quietSince: toDate(row.quiet_since),
    },
    createdBy: row.created_by,
    createdAt: toDate(row.created_at),
  };
}

function rhythmColumns(rhythm: Rhythm) {
  return {
    posts: rhythm.posts,
    usual_gap_seconds: rhythm.usualGapSeconds,
    last_post_at: toText(rhythm.lastPostAt),
    quiet_since: toText(rhythm.quietSince),
  };
}

function toColumns(change: Parameters<SourceStore['change']>[2]): Partial<SourceRow> {
  return given({
    label: change.label === undefined ? undefined : storable(change.label),
    interval_seconds: change.intervalSeconds,
    paused: change.paused,
    next_poll_at: change.nextPollAt && toText(change.nextPollAt),
  });
}
