import type { Knex } from 'knex';
import type { MentionStore } from '../core/ports.ts';
import { toText } from './columns.ts';
import { fromRow, type MentionRow } from './mentions/mention-row.ts';

/** Word for word the condition of the index `mentions_step`. */
const RUNNING = `status IN ('open', 'claimed')`;

/** The part of the mentions that the clock of the escalation reads. */
export function steps(db: Knex): Pick<MentionStore, 'toEscalate' | 'noteSteps'> {
  return {
    async toEscalate(workspaceId, rules, now, limit) {
      const running = () =>
        db<MentionRow>('mentions')
          .where({ workspace_id: workspaceId })
          .whereRaw(RUNNING)
          .orderBy(['step_rules', 'step_at', 'id']);
      // Two ranges instead of "not equal", which no index answers.
      const queries = [
        running().where({ step_rules: rules }).where('step_at', '<=', toText(now)),
        running().where('step_rules', '<', rules),
        running().where('step_rules', '>', rules),
      ];
      const found: MentionRow[] = [];
      for (const query of queries) {
        if (found.length < limit) found.push(...(await query.limit(limit - found.length)));
      }
      return found.map(fromRow);
    },

    async noteSteps(workspaceId, rules, noted) {
      await db.transaction(async (trx) => {
        for (const { id, version, at } of noted) {
          await trx<MentionRow>('mentions')
            .where({ workspace_id: workspaceId, id, version })
            .update({ step_rules: rules, step_at: toText(at) });
        }
      });
    },
  };
}
