import type { Knex } from 'knex';

/**
 * What the team's clicks taught, and how negative the posts were that each keyword matched. Neither
 * holds a word of anybody: a lesson is numbers under the workspace's key, a count is a count. Counts
 * name no keyword by foreign key, since one may be removed while a poll is under way.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('lessons', (table) => {
    ofWorkspace(table);
    table.text('id').notNullable();
    table.text('keyword_id');
    table.text('said').notNullable();
    table.text('body').notNullable();
    table.text('created_by').notNullable();
    table.text('created_at').notNullable();
    table.primary(['workspace_id', 'id']);
    table.index(['workspace_id', 'created_at', 'id'], 'lessons_time');
  });
  await db.schema.createTable('verdict_counts', (table) => {
    ofWorkspace(table);
    table.text('day').notNullable();
    table.text('keyword_id').notNullable();
    table.integer('step').notNullable();
    table.integer('posts').notNullable();
    table.primary(['workspace_id', 'day', 'keyword_id', 'step']);
  });
}

export async function down(db: Knex): Promise<void> {
  for (const table of ['verdict_counts', 'lessons']) await db.schema.dropTable(table);
}

function ofWorkspace(table: Knex.CreateTableBuilder): void {
  table
    .text('workspace_id')
    .notNullable()
    .references('workspace_id')
    .inTable('workspaces')
    .onDelete('CASCADE');
}
