import type { Knex } from 'knex';

/** Texts that the team wrote to begin an answer with, by name. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('saved_replies', (table) => {
    table
      .text('workspace_id')
      .notNullable()
      .references('workspace_id')
      .inTable('workspaces')
      .onDelete('CASCADE');
    table.text('name').notNullable();
    table.text('text').notNullable();
    table.text('created_by').notNullable();
    table.text('created_at').notNullable();
    table.primary(['workspace_id', 'name']);
  });
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('saved_replies');
}
