import type { Knex } from 'knex';

/** What a place that charges was read for in a month; all that a workspace reads there shares it. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('budgets', (table) => {
    table
      .text('workspace_id')
      .notNullable()
      .references('workspace_id')
      .inTable('workspaces')
      .onDelete('CASCADE');
    table.text('kind').notNullable();
    table.text('month').notNullable();
    table.integer('used').notNullable();
    table.integer('most').notNullable();
    table.primary(['workspace_id', 'kind']);
  });
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('budgets');
}
