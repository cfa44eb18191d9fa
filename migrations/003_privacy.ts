import type { Knex } from 'knex';

/** Mentions that still hold what their author wrote; word for word also in the queries. */
const HELD = `status IN ('detected', 'quiet', 'open', 'claimed', 'answered', 'dismissed')`;

/**
 * What it takes to follow deletions, to look for answers, and never to hear somebody again. The
 * suppressions hold a keyed hash and no name.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('mentions', (table) => {
    table.text('follow_up');
    table.boolean('sensitive').notNullable().defaultTo(false);
    // Mentions of before are due at once; an empty text sorts before every instant.
    table.text('sweep_at').notNullable().defaultTo('');
    table.text('gone_since');
    table.text('look_at');
    table.integer('looks').notNullable().defaultTo(0);
    table.text('answer_gone_since');
  });
  await db('mentions').update({ sweep_at: db.ref('found_at') });
  await db.raw(`CREATE INDEX mentions_sweep ON mentions (workspace_id, source_id, sweep_at, id)
    WHERE ${HELD}`);
  await db.raw(`CREATE INDEX mentions_due ON mentions (workspace_id, sweep_at, source_id)
    WHERE ${HELD}`);
  await db.raw(`CREATE INDEX mentions_look ON mentions (workspace_id, look_at, id)
    WHERE look_at IS NOT NULL AND status IN ('open', 'claimed', 'answered')`);
  await db.raw(`CREATE INDEX mentions_held ON mentions (workspace_id, found_at, id)
    WHERE ${HELD}`);
  await db.raw(`CREATE INDEX mentions_ended ON mentions (workspace_id, changed_at, id)
    WHERE status IN ('answered', 'dismissed', 'quiet')`);

  await db.schema.createTable('suppressions', (table) => {
    table
      .text('workspace_id')
      .notNullable()
      .references('workspace_id')
      .inTable('workspaces')
      .onDelete('CASCADE');
    table.text('author_hash').notNullable();
    table.text('source_kind');
    table.text('created_by').notNullable();
    table.text('created_at').notNullable();
    table.primary(['workspace_id', 'author_hash']);
  });
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('suppressions');
  for (const index of ['sweep', 'due', 'look', 'held', 'ended']) {
    await db.raw(`DROP INDEX mentions_${index}`);
  }
  // Not knex's dropColumns: it copies the whole table on SQLite, and the partial indexes get lost.
  for (const column of [
    'follow_up',
    'sensitive',
    'sweep_at',
    'gone_since',
    'look_at',
    'looks',
    'answer_gone_since',
  ]) {
    await db.raw(`ALTER TABLE mentions DROP COLUMN ${column}`);
  }
}
