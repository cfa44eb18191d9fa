import type { Knex } from 'knex';

/** Messages that told of praise: whose it was, by keyed hash, and when the message goes. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('praises', (table) => {
    table
      .text('workspace_id')
      .notNullable()
      .references('workspace_id')
      .inTable('workspaces')
      .onDelete('CASCADE');
    table.text('channel_id').notNullable();
    table.text('ts').notNullable();
    table.text('author_hash').notNullable();
    table.text('ends_at').notNullable();
    table.primary(['workspace_id', 'channel_id', 'ts', 'author_hash']);
    table.index(['workspace_id', 'ends_at'], 'praises_ending');
    table.index(['workspace_id', 'author_hash'], 'praises_author');
  });
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('praises');
}
