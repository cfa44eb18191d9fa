import type { Knex } from 'knex';
import type { BudgetStore } from '../core/ports.ts';

interface BudgetRow {
  workspace_id: string;
  kind: string;
  month: string;
  used: number;
  most: number;
}

export function budgetStore(db: Knex): BudgetStore {
  const one = (workspaceId: string, kind: string) =>
    db<BudgetRow>('budgets').where({ workspace_id: workspaceId, kind });

  return {
    async take({ workspaceId, kind, month, most, spare, wanted, least }) {
      await db<BudgetRow>('budgets')
        .insert({ workspace_id: workspaceId, kind, month, used: 0, most })
        .onConflict(['workspace_id', 'kind'])
        .ignore();
      await one(workspaceId, kind).where('month', '<', month).update({ month, used: 0 });
      for (;;) {
        const row = await one(workspaceId, kind).first();
        // The workspace went meanwhile.
        if (row === undefined) return 0;
        const left = most - spare - row.used;
        const taken = left < least ? 0 : Math.min(wanted, left);
        // Whoever is faster changes `used`; then what is left is looked at anew.
        const won = await one(workspaceId, kind)
          .where({ month: row.month, used: row.used })
          .update({ used: row.used + taken, most });
        if (won > 0) return taken;
      }
    },

    async giveBack({ workspaceId, kind, month, unused }) {
      await one(workspaceId, kind)
        .where('month', '>=', month)
        .where('used', '>=', unused)
        .decrement('used', unused);
    },

    async list(workspaceId) {
      const rows = await db<BudgetRow>('budgets')
        .where({ workspace_id: workspaceId })
        .orderBy('kind');
      return rows.map(({ kind, month, used, most }) => ({ workspaceId, kind, month, used, most }));
    },
  };
}
