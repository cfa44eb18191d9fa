import type { Knex } from 'knex';
import type { Keyword, KeywordStore } from '../core/ports.ts';
import { given, storable, toDate, toText } from './columns.ts';

interface KeywordRow {
  workspace_id: string;
  id: string;
  query: string;
  channel_id: string | null;
  post_threshold: number;
  digest_threshold: number;
  /** SQLite says 0 and 1. */
  paused: boolean | number;
  created_by: string;
  created_at: string;
}

export function keywordStore(db: Knex): KeywordStore {
  const one = (workspaceId: string, id: string) =>
    db<KeywordRow>('keywords').where({ workspace_id: workspaceId, id });

  async function find(workspaceId: string, id: string): Promise<Keyword | null> {
    const row = await one(workspaceId, id).first();
    return row ? fromRow(row) : null;
  }

  return {
    find,

    async add(keyword) {
      await db<KeywordRow>('keywords').insert(toRow(keyword));
    },

    async list(workspaceId) {
      const rows = await db<KeywordRow>('keywords')
        .where({ workspace_id: workspaceId })
        .orderBy(['created_at', 'id']);
      return rows.map(fromRow);
    },

    async change(workspaceId, id, change) {
      const columns = toColumns(change);
      if (Object.keys(columns).length === 0) return (await find(workspaceId, id)) !== null;
      return (await one(workspaceId, id).update(columns)) > 0;
    },

    async remove(workspaceId, id) {
      return (await one(workspaceId, id).delete()) > 0;
    },
  };
}

function toRow(keyword: Keyword): KeywordRow {
  return {
    workspace_id: keyword.workspaceId,
    id: keyword.id,
    query: storable(keyword.query),
    channel_id: keyword.channelId,
    post_threshold: keyword.postThreshold,
    digest_threshold: keyword.digestThreshold,
    paused: keyword.paused,
    created_by: keyword.createdBy,
    created_at: toText(keyword.createdAt),
  };
}

function fromRow(row: KeywordRow): Keyword {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    query: row.query,
    channelId: row.channel_id,
    postThreshold: row.post_threshold,
    digestThreshold: row.digest_threshold,
    paused: Boolean(row.paused),
    createdBy: row.created_by,
    createdAt: toDate(row.created_at),
  };
}

function toColumns(change: Parameters<KeywordStore['change']>[2]): Partial<KeywordRow> {
  return given({
    query: change.query === undefined ? undefined : storable(change.query),
    channel_id: change.channelId,
    post_threshold: change.postThreshold,
    digest_threshold: change.digestThreshold,
    paused: change.paused,
  });
}
