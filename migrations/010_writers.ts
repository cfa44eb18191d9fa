import type { Knex } from 'knex';

/** Who has the modal of an answer open, and until when that is believed. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('writers', (table) => {
    table
      .text('workspace_id')
      .notNullable()
      .references('workspace_id')
      .inTable('workspaces')
      .onDelete('CASCADE');
    table.text('mention_id').notNullable();
    table.text('writer').notNullable();
    table.text('until_at').notNullable();
    table.primary(['workspace_id', 'mention_id']);
  });
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('writers');
}
