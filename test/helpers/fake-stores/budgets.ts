import type { BudgetStore } from '../../../src/core/ports.ts';
import { by, copy, key, mustHaveWorkspace, type FakeData } from './data.ts';

export function fakeBudgetStore(data: FakeData): BudgetStore {
  return {
    async take({ workspaceId, kind, month, most, spare, wanted, least }) {
      mustHaveWorkspace(data, workspaceId);
      const id = key(workspaceId, kind);
      const before = data.budgets.get(id) ?? { workspaceId, kind, month, used: 0, most };
      const now = before.month < month ? { ...before, month, used: 0 } : before;
      const left = most - spare - now.used;
      const taken = left < least ? 0 : Math.min(wanted, left);
      data.budgets.set(id, { ...now, used: now.used + taken, most });
      return taken;
    },
    async giveBack({ workspaceId, kind, month, unused }) {
      const budget = data.budgets.get(key(workspaceId, kind));
      if (budget && budget.month >= month && budget.used >= unused) budget.used -= unused;
    },
    async list(workspaceId) {
      const found = [...data.budgets.values()].filter((one) => one.workspaceId === workspaceId);
      return copy(found).sort(by((one) => one.kind));
    },
  };
}
