import type { Knex } from 'knex';
import type { Digest, DigestStore } from '../../core/ports.ts';
import { toDate, toText } from '../columns.ts';

interface DigestRow {
  workspace_id: string;
  due_at: string;
  from_at: string;
  to_at: string;
  channel_id: string;
  ts: string | null;
  total: number;
}

interface LineRow {
  workspace_id: string;
  due_at: string;
  place: number;
  mention_id: string;
  version: number;
}

/** Longer than any text is kept. */
const KEPT_MS = 100 * 24 * 3_600_000;

export function digestStore(db: Knex): DigestStore {
  async function withLines(row: DigestRow): Promise<Digest> {
    const { workspace_id, due_at } = row;
    const lines = await db<LineRow>('digest_lines')
      .where({ workspace_id, due_at })
      .orderBy('place');
    return {
      workspaceId: workspace_id,
      dueAt: toDate(due_at),
      from: toDate(row.from_at),
      to: toDate(row.to_at),
      channelId: row.channel_id,
      ts: row.ts,
      total: row.total,
      lines: lines.map(({ mention_id: mentionId, version }) => ({ mentionId, version })),
    };
  }

  return {
    async last(workspaceId) {
      const row = await db<DigestRow>('digests')
        .where({ workspace_id: workspaceId })
        .orderBy('due_at', 'desc')
        .first();
      return row ? withLines(row) : null;
    },

    async add(digest) {
      return db.transaction(async (trx) => {
        const added = await trx<DigestRow>('digests')
          .insert(toRow(digest))
          .onConflict(['workspace_id', 'due_at'])
          .ignore()
          .returning('due_at');
        if (added.length === 0) return false;
        // By then no line of it holds a text any more.
        const old = new Date(digest.dueAt.getTime() - KEPT_MS);
        await trx<DigestRow>('digests')
          .where({ workspace_id: digest.workspaceId })
          .where('due_at', '<', toText(old))
          .delete();
        const lines = toLineRows(digest);
        if (lines.length > 0) await trx<LineRow>('digest_lines').insert(lines);
        return true;
      });
    },

    async stale(workspaceId) {
      const rows = await db('digest_lines as line')
        .join('digests as digest', (on) =>
          on.on('digest.workspace_id', 'line.workspace_id').andOn('digest.due_at', 'line.due_at'),
        )
        .join('mentions as mention', (on) =>
          on.on('mention.workspace_id', 'line.workspace_id').andOn('mention.id', 'line.mention_id'),
        )
        .where({ 'line.workspace_id': workspaceId })
        .whereRaw('line.version < mention.version')
        .groupBy('digest.workspace_id', 'digest.due_at')
        .orderBy('digest.due_at')
        .select<{ due_at: string }[]>('digest.due_at');
      const dues = rows.map(({ due_at: due }) => due);
      const found = await db<DigestRow>('digests')
        .where({ workspace_id: workspaceId })
        .whereIn('due_at', dues)
        .orderBy('due_at');
      return Promise.all(found.map(withLines));
    },

    async record(digest) {
      const { workspaceId, dueAt, ts, lines } = digest;
      const one = { workspace_id: workspaceId, due_at: toText(dueAt) };
      await db.transaction(async (trx) => {
        await trx<DigestRow>('digests').where(one).update({ ts });
        for (const { mentionId, version } of lines) {
          await trx<LineRow>('digest_lines')
            .where({ ...one, mention_id: mentionId })
            .update({ version });
        }
      });
    },
  };
}

function toRow(digest: Digest): DigestRow {
  return {
    workspace_id: digest.workspaceId,
    due_at: toText(digest.dueAt),
    from_at: toText(digest.from),
    to_at: toText(digest.to),
    channel_id: digest.channelId,
    ts: digest.ts,
    total: digest.total,
  };
}

function toLineRows({ workspaceId, dueAt, lines }: Digest): LineRow[] {
  return lines.map(({ mentionId, version }, place) => ({
    workspace_id: workspaceId,
    due_at: toText(dueAt),
    place,
    mention_id: mentionId,
    version,
  }));
}
