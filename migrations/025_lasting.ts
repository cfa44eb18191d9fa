import type { Knex } from 'knex';

/**
 * By which secret the hashes and seals of this database were made, so that another is noticed; one
 * budget for each place that charges, since all workspaces read there by the same key; how often a
 * message was tried of which nobody knows whether Slack took it; and where people are on their
 * Home, for whichever process draws it.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('fingerprints', (table) => {
    table.text('name').primary();
    table.text('value').notNullable();
  });

  await db.schema.createTable('purses', (table) => {
    table.text('kind').primary();
    table.text('month').notNullable();
    table.integer('used').notNullable();
    table.integer('most').notNullable();
  });
  await db.raw(`INSERT INTO purses (kind, month, used, most)
    SELECT kind, month, SUM(used), MAX(most) FROM budgets
    WHERE month = (SELECT MAX(month) FROM budgets AS other WHERE other.kind = budgets.kind)
    GROUP BY kind, month`);
  await db.schema.dropTable('budgets');

  await db.schema.alterTable('postings', (table) => {
    table.integer('tries').notNullable().defaultTo(0);
    table.text('next_at');
  });
  await db.schema.alterTable('home_views', (table) => {
    table.text('state');
  });
}

export async function down(db: Knex): Promise<void> {
  // Not knex's dropColumn, which copies the whole table on SQLite.
  await db.raw('ALTER TABLE home_views DROP COLUMN state');
  await db.raw('ALTER TABLE postings DROP COLUMN next_at');
  await db.raw('ALTER TABLE postings DROP COLUMN tries');

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
  // Whose it was is not known any more; so for none is more left than for all.
  await db.raw(`INSERT INTO budgets (workspace_id, kind, month, used, most)
    SELECT workspace_id, kind, month, used, most FROM workspaces CROSS JOIN purses`);
  await db.schema.dropTable('purses');
  await db.schema.dropTable('fingerprints');
}
