import type { Knex } from 'knex';

/**
 * Escalation policies and rotas of a team, and the pause of a mention's clock. What a policy or a
 * rota is made of is JSON, since it is only ever read and written as a whole; swaps are rows, since
 * two people may agree on two of them at once.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('mentions', (table) => table.text('paused_until'));
  for (const name of ['policies', 'rotas']) {
    await db.schema.createTable(name, (table) => {
      ofWorkspace(table);
      table.text('id').notNullable();
      table.text('name').notNullable();
      table.text('body').notNullable();
      table.text('created_by').notNullable();
      table.text('created_at').notNullable();
      table.primary(['workspace_id', 'id']);
      table.unique(['workspace_id', 'name']);
    });
  }
  await db.schema.createTable('rota_swaps', (table) => {
    ofWorkspace(table);
    table.text('rota_id').notNullable();
    table.text('id').notNullable();
    table.text('takes').notNullable();
    table.text('turn_of').notNullable();
    table.text('from_at').notNullable();
    table.text('to_at').notNullable();
    table.text('created_by').notNullable();
    table.text('created_at').notNullable();
    table.primary(['workspace_id', 'rota_id', 'id']);
    table
      .foreign(['workspace_id', 'rota_id'])
      .references(['workspace_id', 'id'])
      .inTable('rotas')
      .onDelete('CASCADE');
  });
}

export async function down(db: Knex): Promise<void> {
  for (const table of ['rota_swaps', 'rotas', 'policies']) await db.schema.dropTable(table);
  // Not knex's dropColumn: it copies the whole table on SQLite, and the partial indexes get lost.
  await db.raw('ALTER TABLE mentions DROP COLUMN paused_until');
}

function ofWorkspace(table: Knex.CreateTableBuilder): void {
  table
    .text('workspace_id')
    .notNullable()
    .references('workspace_id')
    .inTable('workspaces')
    .onDelete('CASCADE');
}
