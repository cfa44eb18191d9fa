import type { Knex } from 'knex';
import { SOMEBODY, SYSTEM, type EventBody } from '../../core/mention.ts';
import type { StaffStore } from '../../core/ports.ts';
import { withoutNames } from '../../core/privacy/staff.ts';
import { toText } from '../columns.ts';
import { isSqlite } from '../db.ts';
import type { EventRow } from '../mentions/event-row.ts';
import type { MentionRow } from '../mentions/mention-row.ts';

/** Word for word the conditions of the indexes; without that, neither database would use them. */
const CLAIMER = `claimed_by IS NOT NULL AND claimed_by <> 'somebody'`;
const ANSWERER = `answered_by IS NOT NULL AND answered_by NOT IN ('system', 'somebody')`;

/** Where something of people stands besides the mentions, which are vacuumed after each erasure. */
const OF_PEOPLE = [
  ...['events', 'lessons', 'suppressions', 'storms', 'policies', 'rotas', 'rota_swaps', 'keywords'],
  ...['saved_replies', 'writers', 'home_views', 'praises', 'installations', 'settings'],
];

/** The part of the store that lets go of who of the team did what. */
export function staffStore(db: Knex): StaffStore {
  return {
    async forget(workspaceId, before, limit) {
      const until = toText(before);
      return db.transaction(async (trx) => {
        const events = () => trx<EventRow>('events').where({ workspace_id: workspaceId });
        const old = await events()
          .whereRaw('named')
          .where('at', '<', until)
          .orderBy(['at', 'id'])
          .limit(limit);
        for (const { id, actor, type, body } of old) {
          const event = { ...(JSON.parse(body) as object), type } as EventBody;
          const { type: _, ...rest } = withoutNames(event);
          await events()
            .where({ id })
            .update({
              actor: actor === SYSTEM ? SYSTEM : SOMEBODY,
              body: JSON.stringify(rest),
              named: false,
            });
        }
        await forgetBesideTheLog(trx, workspaceId, until);
        return old.length;
      });
    },

    async settle() {
      // SQLite overwrites at once.
      if (isSqlite(db)) return [];
      const tables = await db('pg_stat_user_tables')
        .whereRaw('schemaname = current_schema()')
        .whereIn('relname', OF_PEOPLE)
        .where('n_dead_tup', '>', 0)
        .whereRaw(`coalesce(last_vacuum, '-infinity') < now() - interval '1 day'`)
        .orderBy('relname')
        .pluck<string[]>('relname');
      for (const table of tables) await db.raw('VACUUM ??', [table]);
      return tables;
    },
  };
}

async function forgetBesideTheLog(trx: Knex, workspaceId: string, until: string): Promise<void> {
  const mentions = () => trx<MentionRow>('mentions').where({ workspace_id: workspaceId });
  await mentions()
    .whereRaw(CLAIMER)
    .where('claimed_at', '<', until)
    .whereNot('status', 'claimed')
    .update({ claimed_by: SOMEBODY });
  await mentions()
    .whereRaw(ANSWERER)
    .where('answered_at', '<', until)
    .update({ answered_by: SOMEBODY });
  for (const table of ['lessons', 'suppressions']) {
    await trx(table)
      .where({ workspace_id: workspaceId })
      .where('created_at', '<', until)
      .whereNotIn('created_by', [SYSTEM, SOMEBODY])
      .update({ created_by: SOMEBODY });
  }
  await trx('storms')
    .where({ workspace_id: workspaceId })
    .where('ended_at', '<', until)
    .whereNotNull('claimed_by')
    .whereNot({ claimed_by: SOMEBODY })
    .update({ claimed_by: SOMEBODY });
}
