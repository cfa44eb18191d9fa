import type { Knex } from 'knex';
import type { MentionStore } from '../../core/ports.ts';
import { toDate, toText } from '../columns.ts';

/** Of an instant in UTC ISO text, what all of its ten minutes share: `2026-03-02T12:3`. */
const TEN_MINUTES = 15;

export function arrivals(db: Knex): Pick<MentionStore, 'arrivals' | 'posted'> {
  return {
    async arrivals(workspaceId, from) {
      const rows = await db('mentions')
        .where({ workspace_id: workspaceId })
        .where('found_at', '>=', toText(from))
        .whereNot({ status: 'quiet' })
        .groupByRaw(`keyword_id, substr(found_at, 1, ${TEN_MINUTES})`)
        .orderByRaw('2, 1')
        .select<{ keyword_id: string; slot: string; count: number | string }[]>(
          'keyword_id',
          db.raw(`substr(found_at, 1, ${TEN_MINUTES}) AS slot`),
          db.raw('count(*) AS count'),
        );
      return rows.map(({ keyword_id: keywordId, slot, count }) => ({
        keywordId,
        at: toDate(`${slot}0:00.000Z`),
        count: Number(count),
      }));
    },

    async posted(workspaceId, from) {
      const rows = await db('events')
        .join('mentions', (on) =>
          on
            .on('mentions.workspace_id', 'events.workspace_id')
            .andOn('mentions.id', 'events.mention_id'),
        )
        .where({
          'events.workspace_id': workspaceId,
          'events.type': 'posted',
          'events.actor': 'system',
        })
        .where('events.at', '>=', toText(from))
        .whereNotNull('mentions.channel_id')
        .groupBy('mentions.channel_id')
        .select<{ channel_id: string; count: number | string }[]>(
          'mentions.channel_id',
          db.raw('count(*) AS count'),
        );
      return new Map(rows.map(({ channel_id: id, count }) => [id, Number(count)]));
    },
  };
}
