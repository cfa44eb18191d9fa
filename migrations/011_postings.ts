import type { Knex } from 'knex';

/**
 * What is being sent to Slack, written down before Slack hears of it; when the next step of each
 * mention falls due, so that a look at the clock reads only those; and one lasting storm a channel.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('postings', (table) => {
    ofWorkspace(table);
    table.text('key').notNullable();
    table.text('since').notNullable();
    table.text('at').notNullable();
    table.text('holder').notNullable();
    table.text('ts');
    table.primary(['workspace_id', 'key']);
    table.index(['at'], 'postings_time');
  });

  await db.schema.alterTable('mentions', (table) => {
    table.text('step_rules').notNullable().defaultTo('');
    table.text('step_at');
  });
  await db.raw(`CREATE INDEX mentions_step ON mentions (workspace_id, step_rules, step_at, id)
    WHERE status IN ('open', 'claimed')`);

  // Of two that last in one channel, the first is the storm.
  await db.raw(`UPDATE storms SET ended_at = started_at WHERE ended_at IS NULL AND EXISTS (
    SELECT 1 FROM storms AS first WHERE first.workspace_id = storms.workspace_id
      AND first.channel_id = storms.channel_id AND first.ended_at IS NULL
      AND (first.started_at < storms.started_at
        OR (first.started_at = storms.started_at AND first.id < storms.id)))`);
  await db.raw(`CREATE UNIQUE INDEX storms_lasting ON storms (workspace_id, channel_id)
    WHERE ended_at IS NULL`);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('DROP INDEX storms_lasting');
  await db.raw('DROP INDEX mentions_step');
  // Not knex's dropColumn: it copies the whole table on SQLite, and the partial indexes get lost.
  await db.raw('ALTER TABLE mentions DROP COLUMN step_at');
  await db.raw('ALTER TABLE mentions DROP COLUMN step_rules');
  await db.schema.dropTable('postings');
}

function ofWorkspace(table: Knex.CreateTableBuilder): void {
  table
    .text('workspace_id')
    .notNullable()
    .references('workspace_id')
    .inTable('workspaces')
    .onDelete('CASCADE');
}
