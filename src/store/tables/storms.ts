import type { Knex } from 'knex';
import type { HeldNote, HeldNoteStore, Storm, StormStore } from '../../core/ports.ts';
import { given, toDate, toText } from '../columns.ts';

interface StormRow {
  workspace_id: string;
  id: string;
  channel_id: string;
  reason: Storm['reason'];
  started_at: string;
  ended_at: string | null;
  claimed_by: string | null;
  ts: string | null;
  drawn_at: string | null;
  drawn: string | null;
}

interface HeldNoteRow {
  workspace_id: string;
  channel_id: string;
  ts: string;
  drawn_at: string;
  drawn: string;
}

export function stormStore(db: Knex): StormStore {
  const all = (workspaceId: string) => db<StormRow>('storms').where({ workspace_id: workspaceId });
  return {
    async add(storm) {
      // The index `storms_lasting`: of two machines that see a storm begin, one writes it down.
      const added = await db<StormRow>('storms')
        .insert(toRow(storm))
        .onConflict()
        .ignore()
        .returning('id');
      return added.length > 0;
    },

    async find(workspaceId, id) {
      const row = await all(workspaceId).where({ id }).first();
      return row ? fromRow(row) : null;
    },

    async since(workspaceId, endedAfter) {
      const rows = await all(workspaceId)
        .where((either) =>
          either.whereNull('ended_at').orWhere('ended_at', '>', toText(endedAfter)),
        )
        .orderBy(['started_at', 'id']);
      return rows.map(fromRow);
    },

    async note(workspaceId, id, { endedAt, ts, drawnAt, drawn }) {
      const change = given({
        ended_at: endedAt === undefined ? undefined : toText(endedAt),
        drawn_at: drawnAt === undefined ? undefined : toText(drawnAt),
        ts,
        drawn,
      });
      if (Object.keys(change).length > 0) await all(workspaceId).where({ id }).update(change);
    },

    async claim(workspaceId, id, by) {
      const count = await all(workspaceId)
        .where({ id })
        .whereNull('claimed_by')
        .update({ claimed_by: by });
      return count > 0;
    },
  };
}

export function heldNoteStore(db: Knex): HeldNoteStore {
  const all = (workspaceId: string) =>
    db<HeldNoteRow>('held_notes').where({ workspace_id: workspaceId });
  return {
    async list(workspaceId) {
      const rows = await all(workspaceId).orderBy('channel_id');
      return rows.map((row) => ({
        workspaceId: row.workspace_id,
        channelId: row.channel_id,
        ts: row.ts,
        drawnAt: toDate(row.drawn_at),
        drawn: row.drawn,
      }));
    },
    async save({ workspaceId, channelId, ts, drawnAt, drawn }: HeldNote) {
      const key = { workspace_id: workspaceId, channel_id: channelId };
      await db<HeldNoteRow>('held_notes')
        .insert({ ...key, ts, drawn_at: toText(drawnAt), drawn })
        .onConflict(['workspace_id', 'channel_id'])
        .merge();
    },
    async remove(workspaceId, channelId) {
      await all(workspaceId).where({ channel_id: channelId }).delete();
    },
  };
}

function toRow(storm: Storm): StormRow {
  return {
    workspace_id: storm.workspaceId,
    id: storm.id,
    channel_id: storm.channelId,
    reason: storm.reason,
    started_at: toText(storm.startedAt),
    ended_at: toText(storm.endedAt),
    claimed_by: storm.claimedBy,
    ts: storm.ts,
    drawn_at: toText(storm.drawnAt),
    drawn: storm.drawn,
  };
}

function fromRow(row: StormRow): Storm {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    channelId: row.channel_id,
    reason: row.reason,
    startedAt: toDate(row.started_at),
    endedAt: toDate(row.ended_at),
    claimedBy: row.claimed_by,
    ts: row.ts,
    drawnAt: toDate(row.drawn_at),
    drawn: row.drawn,
  };
}
