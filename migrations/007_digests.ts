import type { Knex } from 'knex';

/**
 * The digests of a team, by the time that each was due, and whose line shows which version of which
 * mention: a post that is gone goes from the digest too.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('digests', (table) => {
    ofWorkspace(table);
    table.text('due_at').notNullable();
    table.text('from_at').notNullable();
    table.text('to_at').notNullable();
    table.text('channel_id').notNullable();
    table.text('ts');
    table.integer('total').notNullable();
    table.primary(['workspace_id', 'due_at']);
  });
  await db.schema.createTable('digest_lines', (table) => {
    ofWorkspace(table);
    table.text('due_at').notNullable();
    table.integer('place').notNullable();
    table.text('mention_id').notNullable();
    table.integer('version').notNullable();
    table.primary(['workspace_id', 'due_at', 'place']);
    table
      .foreign(['workspace_id', 'due_at'])
      .references(['workspace_id', 'due_at'])
      .inTable('digests')
      .onDelete('CASCADE');
  });
}

export async function down(db: Knex): Promise<void> {
  for (const table of ['digest_lines', 'digests']) await db.schema.dropTable(table);
}

function ofWorkspace(table: Knex.CreateTableBuilder): void {
  table
    .text('workspace_id')
    .notNullable()
    .references('workspace_id')
    .inTable('workspaces')
    .onDelete('CASCADE');
}
