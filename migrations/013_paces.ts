import type { Knex } from 'knex';

/** Paces that all replicas keep together: when the next of each may go, and when the last went. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('paces', (table) => {
    table.text('name').primary();
    table.bigInteger('free_at').notNullable();
    table.text('taken').notNullable();
    table.index(['free_at'], 'paces_time');
  });
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('paces');
}
