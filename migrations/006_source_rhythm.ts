import type { Knex } from 'knex';

/** How often a source usually says something, and when it last lost something. */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('sources', (table) => {
    table.integer('posts').notNullable().defaultTo(0);
    table.double('usual_gap_seconds');
    table.text('last_post_at');
    table.text('quiet_since');
    table.text('gap_at');
  });
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('sources', (table) => {
    table.dropColumns('posts', 'usual_gap_seconds', 'last_post_at', 'quiet_since', 'gap_at');
  });
}
