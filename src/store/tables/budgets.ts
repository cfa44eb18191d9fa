import type { Knex } from 'knex';
import type { Budget, BudgetStore } from '../../core/ports.ts';

export function budgetStore(db: Knex): BudgetStore {
  const one = (kind: string) => db<Budget>('purses').where({ kind });

  return {
    async take({ kind, month, most, spare, wanted, least }) {
      await db<Budget>('purses')
        .insert({ kind, month, used: 0, most })
        .onConflict(['kind'])
        .ignore();
      await one(kind).where('month', '<', month).update({ month, used: 0 });
      for (;;) {
        const row = await one(kind).first();
        if (row === undefined) return 0;
        const left = most - spare - row.used;
        const taken = left < least ? 0 : Math.min(wanted, left);
        // Whoever is faster changes `used`; then what is left is looked at anew.
        const won = await one(kind)
          .where({ month: row.month, used: row.used })
          .update({ used: row.used + taken, most });
        if (won > 0) return taken;
      }
    },

    async giveBack({ kind, month, unused }) {
      await one(kind)
        .where('month', '>=', month)
        .where('used', '>=', unused)
        .decrement('used', unused);
    },

    async list() {
      return db<Budget>('purses').orderBy('kind').select('kind', 'month', 'used', 'most');
    },
  };
}
