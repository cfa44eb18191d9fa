import type { Knex } from 'knex';

/**
 * Who has lists of mentions on their Home tab. Slack keeps a Home until it is drawn again, so what
 * is erased must be taken off it, also after a restart.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('home_views', (table) => {
    table
      .text('workspace_id')
      .notNullable()
      .references('workspace_id')
      .inTable('workspaces')
      .onDelete('CASCADE');
    table.text('user_id').notNullable();
    table.boolean('stale').notNullable();
    table.primary(['workspace_id', 'user_id']);
  });
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('home_views');
}
