import type { Knex } from 'knex';
import { isErased } from '../../core/mention.ts';
import type { MentionFilter, MentionStore, Without } from '../../core/ports.ts';
import { arrivals } from './arrivals.ts';
import { brought } from './brought.ts';
import { toText } from '../columns.ts';
import { checkpoint } from '../db.ts';
import * as eventRow from './event-row.ts';
import { homeLists } from './home-lists.ts';
import { fromRow, toVersionRow, type MentionRow } from './mention-row.ts';
import { steps } from '../steps.ts';
import { knownPosts, type Asked } from './known.ts';
import { createTogether } from '../together.ts';
import { upkeep } from './upkeep.ts';
import { markHomesStale } from '../tables/home-views.ts';
import { forgetLesson } from '../tables/learned.ts';

type EventRow = eventRow.EventRow;

/**
 * Word for word the condition of the index `mentions_stale`; without that, neither database would
 * use it. A mention that was opened has a card, or ought to, until nothing of it may be shown.
 */
const STALE = `card_version < version
  AND (card_ts IS NOT NULL OR status IN ('open', 'claimed', 'answered', 'dismissed'))`;

/** Word for word as in the index `mentions_waiting`; the order of `SEVERITIES`. */
const URGENCY = `(CASE severity WHEN 'safety' THEN 0 WHEN 'vulnerable' THEN 1
      WHEN 'legal' THEN 2 WHEN 'outage' THEN 3 WHEN 'money' THEN 4 WHEN 'leaving' THEN 5
      ELSE 6 END)`;

export function mentionStore(db: Knex): MentionStore {
  const all = (workspaceId: string, on: Knex = db) =>
    on<MentionRow>('mentions').where({ workspace_id: workspaceId });
  const eventsOf = (workspaceId: string) =>
    db<EventRow>('events').where({ workspace_id: workspaceId });

  const findKnown = createTogether((asked: readonly Asked[]) => knownPosts(db, asked));

  return {
    ...upkeep(db),
    ...arrivals(db),
    ...steps(db),
    ...homeLists(db),
    ...brought(db),

    async find(workspaceId, id) {
      const row = await all(workspaceId).where({ id }).first();
      return row ? fromRow(row) : null;
    },

    async findByPosts(workspaceId, sourceId, externalIds) {
      return findKnown({ workspaceId, sourceId, externalIds });
    },

    async findByPrefix(workspaceId, sourceId, prefix) {
      // A pattern would need its signs escaped, and sort orders differ; this compares sign by sign.
      const rows = await all(workspaceId)
        .where({ source_id: sourceId })
        .whereRaw('substr(external_id, 1, ?) = ?', [[...prefix].length, prefix]);
      return rows.map(fromRow);
    },

    async apply(next, events) {
      const last = events.at(-1);
      const won = await db.transaction(async (trx) => {
        const count = await all(next.workspaceId, trx)
          .where({ id: next.id, version: next.version - 1 })
          .update({
            ...toVersionRow(next),
            // A card stays where it was posted, whatever the reader of an older row believes.
            channel_id: db.raw('CASE WHEN card_ts IS NULL THEN ? ELSE channel_id END', [
              next.channelId,
            ]),
            ...(last && { changed_at: toText(last.at) }),
          });
        if (count === 0) return false;
        const rows = events.map((event) => eventRow.toRow(event, next));
        if (rows.length > 0) await trx<EventRow>('events').insert(rows);
        if (isErased(next)) await markHomesStale(trx, next.workspaceId);
        if (next.status === 'withdrawn') await forgetLesson(trx, next.workspaceId, next.id);
        return true;
      });
      if (won && isErased(next)) await checkpoint(db);
      return won;
    },

    async list(workspaceId, filter, { limit, offset, order = 'newest' } = {}) {
      const direction = order === 'newest' ? 'desc' : 'asc';
      const query = filtered(all(workspaceId), filter).orderBy([
        { column: 'found_at', order: direction },
        { column: 'id', order: direction },
      ]);
      if (limit !== undefined) void query.limit(limit);
      if (offset !== undefined) void query.offset(offset);
      return (await query).map(fromRow);
    },

    async count(workspaceId, filter) {
      const [row] = await filtered(all(workspaceId), filter).count({ total: '*' });
      // Postgres counts in 64 bits, which the driver gives as text.
      return Number(row!.total);
    },

    async recordCard(workspaceId, id, card) {
      await all(workspaceId)
        .where({ id })
        .update({ channel_id: card.channelId, card_ts: card.ts, card_version: card.version });
    },

    async forgetCard(workspaceId, id) {
      await all(workspaceId).where({ id }).update({ card_ts: null, card_version: 0 });
    },

    async waiting(workspaceId, limit) {
      const rows = await all(workspaceId)
        .whereRaw(`status = 'detected'`)
        .orderByRaw(`${URGENCY}, negativity DESC, found_at, id`)
        .limit(limit);
      return rows.map(fromRow);
    },

    async stale(workspaceId, limit, without = NOTHING) {
      const rows = await left(all(workspaceId), without)
        .whereRaw(STALE)
        .orderBy(['changed_at', 'id'])
        .limit(limit);
      return rows.map(fromRow);
    },

    async unlogged(workspaceId, limit, without = NOTHING) {
      const rows = await left(db('events'), without)
        .join('mentions', (on) =>
          on
            .on('mentions.workspace_id', 'events.workspace_id')
            .andOn('mentions.id', 'events.mention_id'),
        )
        .where({ 'events.workspace_id': workspaceId })
        .whereRaw('events.line_due')
        .whereNotNull('mentions.card_ts')
        .groupBy('events.mention_id')
        .orderByRaw('min(events.at), events.mention_id')
        .limit(limit)
        .select<{ mention_id: string }[]>('events.mention_id');
      return rows.map(({ mention_id: id }) => id);
    },

    async events(workspaceId, mentionId) {
      const rows = await eventsOf(workspaceId)
        .where({ mention_id: mentionId })
        .orderBy(['version', 'id']);
      return rows.map(eventRow.fromRow);
    },

    async log(workspaceId, { from, to, actor, types }, limit) {
      const query = eventsOf(workspaceId)
        .orderBy([
          { column: 'at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(limit);
      if (from) void query.where('at', '>=', toText(from));
      if (to) void query.where('at', '<', toText(to));
      if (actor !== undefined) void query.where({ actor });
      if (types) void query.whereIn('type', types);
      return (await query).map(eventRow.fromRow);
    },

    async recordLine(workspaceId, eventId, ts) {
      await eventsOf(workspaceId).where({ id: eventId }).update({ log_ts: ts, line_due: false });
    },
  };
}

const NOTHING: Without = { mentionIds: [], channelIds: [] };

function left<Q extends Knex.QueryBuilder>(query: Q, { mentionIds, channelIds }: Without): Q {
  if (mentionIds.length > 0) void query.whereNotIn('mentions.id', mentionIds);
  if (channelIds.length > 0) {
    void query.where((either) =>
      either.whereNull('mentions.channel_id').orWhereNotIn('mentions.channel_id', channelIds),
    );
  }
  return query;
}

function filtered<Q extends Knex.QueryBuilder>(query: Q, filter: MentionFilter): Q {
  const { statuses, channelId, claimedBy, keywordId, awakeAt, from, to } = filter;
  if (statuses) void query.whereIn('status', statuses);
  if (channelId !== undefined) void query.where({ channel_id: channelId });
  if (claimedBy !== undefined) void query.where({ claimed_by: claimedBy });
  if (keywordId !== undefined) void query.where({ keyword_id: keywordId });
  if (awakeAt) {
    void query.where((either) =>
      either.whereNull('snoozed_until').orWhere('snoozed_until', '<=', toText(awakeAt)),
    );
  }
  if (from) void query.where('found_at', '>=', toText(from));
  if (to) void query.where('found_at', '<', toText(to));
  return query;
}
