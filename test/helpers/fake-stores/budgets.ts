import type { BudgetStore } from '../../../src/core/ports.ts';
import { by, copy, type FakeData } from './data.ts';

export function fakeBudgetStore({ budgets }: Pick<FakeData, 'budgets'>): BudgetStore {
  return {
    async take({ kind, month, most, spare, wanted, least }) {
      const before = budgets.get(kind) ?? { kind, month, used: 0, most };
      const now = before.month < month ? { ...before, month, used: 0 } : before;
      const left = most - spare - now.used;
      const taken = left < least ? 0 : Math.min(wanted, left);
      budgets.set(kind, { ...now, used: now.used + taken, most });
      return taken;
    },
    async giveBack({ kind, month, unused }) {
      const budget = budgets.get(kind);
      if (budget && budget.month >= month && budget.used >= unused) budget.used -= unused;
    },
    async list() {
      return copy([...budgets.values()]).sort(by((one) => one.kind));
    },
  };
}
