import type { Knex } from 'knex';

/**
 * Storms of mentions, the message of each channel that says how many cards wait, and the order in
 * which they wait: the most severe first.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('storms', (table) => {
    ofWorkspace(table);
    table.text('id').notNullable();
    table.text('channel_id').notNullable();
    table.text('reason').notNullable();
    table.text('started_at').notNullable();
    table.text('ended_at');
    table.text('claimed_by');
    table.text('ts');
    table.text('drawn_at');
    table.text('drawn');
    table.primary(['workspace_id', 'id']);
  });
  await db.schema.createTable('held_notes', (table) => {
    ofWorkspace(table);
    table.text('channel_id').notNullable();
    table.text('ts').notNullable();
    table.text('drawn_at').notNullable();
    table.text('drawn').notNullable();
    table.primary(['workspace_id', 'channel_id']);
  });
  await db.raw('DROP INDEX mentions_waiting');
  await db.raw(`CREATE INDEX mentions_waiting
    ON mentions (workspace_id, (CASE severity WHEN 'safety' THEN 0 WHEN 'vulnerable' THEN 1
      WHEN 'legal' THEN 2 WHEN 'outage' THEN 3 WHEN 'money' THEN 4 WHEN 'leaving' THEN 5
      ELSE 6 END), negativity DESC, found_at, id) WHERE status = 'detected'`);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('DROP INDEX mentions_waiting');
  await db.raw(`CREATE INDEX mentions_waiting
    ON mentions (workspace_id, negativity DESC, found_at, id) WHERE status = 'detected'`);
  for (const table of ['held_notes', 'storms']) await db.schema.dropTable(table);
}

function ofWorkspace(table: Knex.CreateTableBuilder): void {
  table
    .text('workspace_id')
    .notNullable()
    .references('workspace_id')
    .inTable('workspaces')
    .onDelete('CASCADE');
}
