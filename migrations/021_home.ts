import type { Knex } from 'knex';

/** What Home shows of many mentions without reading them all: what is snoozed, and what was done. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`CREATE INDEX mentions_snoozed ON mentions (workspace_id, snoozed_until, id)
    WHERE snoozed_until IS NOT NULL AND status IN ('open', 'claimed')`);
  await db.raw(`CREATE INDEX events_done ON events (workspace_id, type, at, id)
    WHERE type IN ('claimed', 'answered', 'dismissed')`);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('DROP INDEX events_done');
  await db.raw('DROP INDEX mentions_snoozed');
}
