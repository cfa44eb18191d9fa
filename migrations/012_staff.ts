import type { Knex } from 'knex';

/** All of an event but what concerns its line in the thread. */
const FIXED = 'workspace_id, id, mention_id, at, actor, type, body, version';
/** Of these columns nothing may ever change. */
const KEPT = ['workspace_id', 'id', 'mention_id', 'at', 'type', 'version'];
/** What may give way when an event is old: who did it, and who else is named in it. */
const KEPT_COLUMNS = KEPT.map((column) => `NEW.${column} = OLD.${column}`).join(' AND ');
const SAME_ACTOR = `(NEW.actor = OLD.actor OR (NEW.actor = 'somebody' AND OLD.actor <> 'system'))`;

/** Names are taken out of an event that is by a person, or of a kind that names one. */
const NAMED = `NOT (actor IN ('system', 'somebody') AND type NOT IN ('assigned', 'released', 'escalated'))`;

/**
 * Who of the team did something is kept for a time, what was done for good. The guard of the log
 * lets one change through, and no other: a name becomes `somebody`, a note goes.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('events', (table) => {
    table.boolean('named').notNullable().defaultTo(true);
  });
  await db('events').update({ named: db.raw(`(${NAMED})`) });
  await db.raw('CREATE INDEX events_named ON events (workspace_id, at, id) WHERE named');
  await db.raw(`CREATE INDEX mentions_claimer ON mentions (workspace_id, claimed_at)
    WHERE claimed_by IS NOT NULL AND claimed_by <> 'somebody'`);
  await db.raw(`CREATE INDEX mentions_answerer ON mentions (workspace_id, answered_at)
    WHERE answered_by IS NOT NULL AND answered_by NOT IN ('system', 'somebody')`);
  if (isSqlite(db)) {
    await db.raw('DROP TRIGGER events_fixed');
    await db.raw(`CREATE TRIGGER events_fixed BEFORE UPDATE OF ${FIXED} ON events
      WHEN NOT (${KEPT_COLUMNS} AND ${SAME_ACTOR} AND (NEW.body = OLD.body OR (
        json_remove(NEW.body, '$.to', '$.from', '$.note', '$.quietly')
          = json_remove(OLD.body, '$.to', '$.from', '$.note', '$.quietly')
        AND json_extract(NEW.body, '$.quietly') IS NULL
        AND coalesce(json_extract(NEW.body, '$.from'), 'somebody') = 'somebody'
        AND json_extract(NEW.body, '$.note') IS NULL
        AND NOT EXISTS (SELECT 1 FROM json_each(NEW.body, '$.to')
          WHERE value <> 'somebody' AND value NOT GLOB 'S*'))))
      BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END`);
    return;
  }
  await db.raw(`CREATE OR REPLACE FUNCTION refuse_event_change() RETURNS trigger
    LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' AND NOT EXISTS
        (SELECT 1 FROM workspaces WHERE workspace_id = OLD.workspace_id) THEN RETURN OLD;
      END IF;
      IF TG_OP = 'UPDATE' AND ${KEPT_COLUMNS} AND ${SAME_ACTOR} AND (NEW.body = OLD.body OR (
        NEW.body::jsonb - 'to' - 'from' - 'note' - 'quietly'
          = OLD.body::jsonb - 'to' - 'from' - 'note' - 'quietly'
        AND (NEW.body::jsonb -> 'quietly') IS NULL
        AND coalesce(NEW.body::jsonb ->> 'from', 'somebody') = 'somebody'
        AND (NEW.body::jsonb ->> 'note') IS NULL
        AND NOT jsonb_path_exists(NEW.body::jsonb,
          '$.to[*] \\? (@ != "somebody" && !(@ starts with "S"))'))) THEN RETURN NEW;
      END IF;
      RAISE EXCEPTION 'the log is append-only';
    END $$`);
}

export async function down(db: Knex): Promise<void> {
  if (isSqlite(db)) {
    await db.raw('DROP TRIGGER events_fixed');
    await db.raw(`CREATE TRIGGER events_fixed BEFORE UPDATE OF ${FIXED} ON events
      BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END`);
  } else {
    await db.raw(`CREATE OR REPLACE FUNCTION refuse_event_change() RETURNS trigger
      LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' AND NOT EXISTS
          (SELECT 1 FROM workspaces WHERE workspace_id = OLD.workspace_id) THEN RETURN OLD;
        END IF;
        RAISE EXCEPTION 'the log is append-only';
      END $$`);
  }
  for (const index of ['events_named', 'mentions_claimer', 'mentions_answerer']) {
    await db.raw(`DROP INDEX ${index}`);
  }
  // Not knex's dropColumn: it copies the whole table on SQLite, and the partial indexes get lost.
  await db.raw('ALTER TABLE events DROP COLUMN named');
}

function isSqlite(db: Knex): boolean {
  return db.client.config.client === 'sqlite3';
}
