import type { Knex } from 'knex';

/** The token with which Earshot enters a workspace that installed it by OAuth, sealed. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('installations', (table) => {
    table
      .text('workspace_id')
      .primary()
      .references('workspace_id')
      .inTable('workspaces')
      .onDelete('CASCADE');
    table.text('sealed_token').notNullable();
    table.text('installed_at').notNullable();
  });
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('installations');
}
