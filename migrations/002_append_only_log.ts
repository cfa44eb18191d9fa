import type { Knex } from 'knex';

/** All of an event but what concerns its line in the thread. */
const FIXED = 'workspace_id, id, mention_id, at, actor, type, body, version';

/**
 * The log only grows: the database itself refuses to change an event, and to delete one unless its
 * workspace goes. Triggers are the one thing that SQLite and Postgres spell differently.
 */
export async function up(db: Knex): Promise<void> {
  if (db.client.config.client === 'sqlite3') {
    await db.raw(`CREATE TRIGGER events_fixed BEFORE UPDATE OF ${FIXED} ON events
      BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END`);
    await db.raw(`CREATE TRIGGER events_kept BEFORE DELETE ON events
      WHEN EXISTS (SELECT 1 FROM workspaces WHERE workspace_id = OLD.workspace_id)
      BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END`);
    return;
  }
  await db.raw(`CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' AND NOT EXISTS
        (SELECT 1 FROM workspaces WHERE workspace_id = OLD.workspace_id) THEN RETURN OLD;
      END IF;
      RAISE EXCEPTION 'the log is append-only';
    END $$`);
  await db.raw(`CREATE TRIGGER events_fixed BEFORE UPDATE OF ${FIXED} ON events
    FOR EACH ROW EXECUTE FUNCTION refuse_event_change()`);
  await db.raw(`CREATE TRIGGER events_kept BEFORE DELETE ON events
    FOR EACH ROW EXECUTE FUNCTION refuse_event_change()`);
}

export async function down(db: Knex): Promise<void> {
  const onTable = db.client.config.client === 'sqlite3' ? '' : ' ON events';
  await db.raw(`DROP TRIGGER events_fixed${onTable}`);
  await db.raw(`DROP TRIGGER events_kept${onTable}`);
  if (onTable !== '') await db.raw('DROP FUNCTION refuse_event_change()');
}
