import type { Knex } from 'knex';

/**
 * The first tables. Times are UTC ISO text (`2026-01-02T03:04:05.678Z`) and JSON is text, so that
 * SQLite and Postgres hold and sort the same. Mentions do not refer to their source and keyword by
 * a foreign key, because they stay when those are removed.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('workspaces', (table) => {
    table.text('workspace_id').primary();
    table.text('name').notNullable();
    table.text('bot_user_id').notNullable();
    table.text('created_at').notNullable();
  });

  await db.schema.createTable('settings', (table) => {
    ofWorkspace(table);
    table.text('name').notNullable();
    table.text('value').notNullable();
    table.primary(['workspace_id', 'name']);
  });

  await db.schema.createTable('keywords', (table) => {
    ofWorkspace(table);
    table.text('id').notNullable();
    table.text('query').notNullable();
    table.text('channel_id');
    table.double('post_threshold').notNullable();
    table.double('digest_threshold').notNullable();
    table.boolean('paused').notNullable();
    table.text('created_by').notNullable();
    table.text('created_at').notNullable();
    table.primary(['workspace_id', 'id']);
  });

  await db.schema.createTable('sources', (table) => {
    ofWorkspace(table);
    table.text('id').notNullable();
    table.text('kind').notNullable();
    table.text('address').notNullable();
    table.text('label').notNullable();
    table.integer('interval_seconds').notNullable();
    table.boolean('paused').notNullable();
    table.text('cursor');
    table.text('next_poll_at').notNullable();
    table.text('last_success_at');
    table.integer('failures').notNullable();
    table.text('failure');
    table.text('failing_since');
    table.text('gap');
    table.text('created_by').notNullable();
    table.text('created_at').notNullable();
    table.primary(['workspace_id', 'id']);
    table.unique(['workspace_id', 'kind', 'address']);
    table.index(['paused', 'next_poll_at', 'id'], 'sources_due');
  });

  await db.schema.createTable('mentions', (table) => {
    ofWorkspace(table);
    table.text('id').notNullable();
    table.text('keyword_id').notNullable();
    table.text('source_id').notNullable();
    table.text('source_kind').notNullable();
    table.text('external_id');
    table.text('external_key').notNullable();
    table.text('post_key');
    table.text('status').notNullable();
    table.integer('version').notNullable();
    table.text('changed_at').notNullable();

    table.text('url');
    table.text('author');
    table.text('title');
    table.text('text');
    table.text('author_hash');
    table.text('language');
    table.text('published_at');
    table.text('found_at').notNullable();
    table.text('label').notNullable();
    table.double('negativity').notNullable();
    table.text('reasons').notNullable();
    table.text('severity');
    table.boolean('question').notNullable();
    table.boolean('judged').notNullable();

    table.text('opened_at');
    table.text('claimed_by');
    table.text('claimed_at');
    table.text('answered_by');
    table.text('answered_at');
    table.text('answer_url');
    table.text('verified_at');
    table.text('dismissed_reason');
    table.text('snoozed_until');
    table.integer('escalation_level').notNullable();

    table.text('channel_id');
    table.text('card_ts');
    table.integer('card_version').notNullable();

    table.primary(['workspace_id', 'id']);
    table.unique(['workspace_id', 'source_id', 'external_key']);
    // With the status, so that a walk by time skips the others without reading their rows.
    table.index(['workspace_id', 'found_at', 'id', 'status'], 'mentions_found');
    table.index(['workspace_id', 'status', 'found_at', 'id'], 'mentions_status');
  });
  // Few rows of many belong here; knex writes neither their order nor all of their conditions.
  await db.raw(`CREATE INDEX mentions_post ON mentions (workspace_id, post_key)
    WHERE post_key IS NOT NULL`);
  await db.raw(`CREATE INDEX mentions_author ON mentions (workspace_id, author_hash)
    WHERE author_hash IS NOT NULL`);
  await db.raw(`CREATE INDEX mentions_claimed
    ON mentions (workspace_id, claimed_by, status, found_at, id)
    WHERE claimed_by IS NOT NULL`);
  await db.raw(`CREATE INDEX mentions_waiting
    ON mentions (workspace_id, negativity DESC, found_at, id) WHERE status = 'detected'`);
  await db.raw(`CREATE INDEX mentions_stale ON mentions (workspace_id, changed_at, id)
    WHERE card_version < version
    AND (card_ts IS NOT NULL OR status IN ('open', 'claimed', 'answered', 'dismissed'))`);

  await db.schema.createTable('events', (table) => {
    ofWorkspace(table);
    table.text('id').notNullable();
    table.text('mention_id').notNullable();
    table.text('at').notNullable();
    table.text('actor').notNullable();
    table.text('type').notNullable();
    table.text('body').notNullable();
    table.integer('version').notNullable();
    table.text('log_ts');
    table.boolean('line_due').notNullable();
    table.primary(['workspace_id', 'id']);
    table
      .foreign(['workspace_id', 'mention_id'])
      .references(['workspace_id', 'id'])
      .inTable('mentions')
      .onDelete('CASCADE');
    table.index(['workspace_id', 'mention_id', 'version', 'id'], 'events_mention');
    table.index(['workspace_id', 'at', 'id'], 'events_time');
    table.index(['workspace_id', 'actor', 'at', 'id'], 'events_actor');
  });
  await db.raw(`CREATE INDEX events_unlogged ON events (workspace_id, mention_id, at)
    WHERE line_due`);

  await db.schema.createTable('deliveries', (table) => {
    ofWorkspace(table);
    table.text('id').notNullable();
    table.text('at').notNullable();
    table.primary(['workspace_id', 'id']);
    table.index(['at'], 'deliveries_time');
  });
}

export async function down(db: Knex): Promise<void> {
  for (const table of [
    'deliveries',
    'events',
    'mentions',
    'sources',
    'keywords',
    'settings',
    'workspaces',
  ]) {
    await db.schema.dropTable(table);
  }
}

function ofWorkspace(table: Knex.CreateTableBuilder): void {
  table
    .text('workspace_id')
    .notNullable()
    .references('workspace_id')
    .inTable('workspaces')
    .onDelete('CASCADE');
}
