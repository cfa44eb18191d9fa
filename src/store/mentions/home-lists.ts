import type { Knex } from 'knex';
import type { Done, MentionStore } from '../../core/ports.ts';
import { toDate, toText } from '../columns.ts';
import { fromRow, type MentionRow } from './mention-row.ts';

type HomeLists = Pick<MentionStore, 'snoozed' | 'countSnoozed' | 'tally' | 'answerTimes'>;

/** Word for word the conditions of the indexes; without that, neither database would use them. */
const SNOOZED = `snoozed_until IS NOT NULL AND status IN ('open', 'claimed')`;
const DONE = `type IN ('claimed', 'answered', 'dismissed')`;

/** What a person who opens Home wants to know of all mentions, without reading them all. */
export function homeLists(db: Knex): HomeLists {
  const snoozed = (workspaceId: string, now: Date) =>
    db<MentionRow>('mentions')
      .where({ workspace_id: workspaceId })
      .whereRaw(SNOOZED)
      .where('snoozed_until', '>', toText(now));

  return {
    async snoozed(workspaceId, now, { limit, offset }) {
      const rows = await snoozed(workspaceId, now)
        .orderBy(['snoozed_until', 'id'])
        .limit(limit)
        .offset(offset);
      return rows.map(fromRow);
    },

    async countSnoozed(workspaceId, now) {
      const rows = await snoozed(workspaceId, now)
        .groupBy('status')
        .select<{ status: string; count: number | string }[]>(
          'status',
          db.raw('count(*) AS count'),
        );
      const count = (status: string) =>
        Number(rows.find((row) => row.status === status)?.count ?? 0);
      return { open: count('open'), claimed: count('claimed') };
    },

    async tally(workspaceId, from) {
      const rows = await db('events')
        .where({ workspace_id: workspaceId })
        .whereRaw(DONE)
        .whereIn('type', ['claimed', 'answered', 'dismissed'])
        .where('at', '>=', toText(from))
        .groupBy('type')
        .select<{ type: Done; count: number | string }[]>('type', db.raw('count(*) AS count'));
      const count = (type: Done) => Number(rows.find((row) => row.type === type)?.count ?? 0);
      return {
        claimed: count('claimed'),
        answered: count('answered'),
        dismissed: count('dismissed'),
      };
    },

    async answerTimes(workspaceId, from, limit) {
      const rows = await db('events')
        .join('mentions', (on) =>
          on
            .on('mentions.workspace_id', 'events.workspace_id')
            .andOn('mentions.id', 'events.mention_id'),
        )
        .where({ 'events.workspace_id': workspaceId, 'events.type': 'answered' })
        .whereRaw(DONE)
        .where('events.at', '>=', toText(from))
        .orderBy([
          { column: 'events.at', order: 'desc' },
          { column: 'events.id', order: 'desc' },
        ])
        .limit(limit)
        .select<{ found_at: string; at: string }[]>(
          'mentions.found_at as found_at',
          'events.at as at',
        );
      return rows.map((row) => ({ foundAt: toDate(row.found_at), answeredAt: toDate(row.at) }));
    },
  };
}
