import type { Knex } from 'knex';
import type { Keyword, KeywordStore } from '../../core/ports.ts';
import { given, storable, toDate, toText } from '../columns.ts';

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

/** How old a list may be that another replica has changed since. */
const FRESH_MS = 1000;

/**
 * Every poll asks for the keywords of its workspace, so the list is remembered for a moment. What
 * this process changes is seen at once.
 */
export function keywordStore(db: Knex): KeywordStore {
  const lists = new Map<string, { at: number; keywords: Promise<Keyword[]> }>();

  async function read(workspaceId: string): Promise<Keyword[]> {
    const rows = await db<KeywordRow>('keywords')
      .where({ workspace_id: workspaceId })
      .orderBy(['created_at', 'id']);
    return rows.map(fromRow);
  }
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
      lists.delete(keyword.workspaceId);
    },

    async list(workspaceId) {
      const known = lists.get(workspaceId);
      const now = performance.now();
      if (known !== undefined && now - known.at < FRESH_MS) return known.keywords;
      const keywords = read(workspaceId);
      lists.set(workspaceId, { at: now, keywords });
      keywords.catch(() => lists.delete(workspaceId));
      return keywords;
    },

    async change(workspaceId, id, change) {
      const columns = toColumns(change);
      if (Object.keys(columns).length === 0) return (await find(workspaceId, id)) !== null;
      const changed = await one(workspaceId, id).update(columns);
      lists.delete(workspaceId);
      return changed > 0;
    },

    async remove(workspaceId, id) {
      const removed = await one(workspaceId, id).delete();
      lists.delete(workspaceId);
      return removed > 0;
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
