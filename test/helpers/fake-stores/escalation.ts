import type { NamedPolicy, Rota } from '../../../src/core/escalation/index.ts';
import type { PolicyStore, RotaStore } from '../../../src/core/ports.ts';
import { by, copy, key, mustBeNew, mustHaveWorkspace, type FakeData } from './data.ts';

export function fakePolicyStore(data: FakeData): PolicyStore {
  return {
    ...named(data.policies),
    save: async (policy) => save(data, data.policies, policy),
  };
}

export function fakeRotaStore(data: FakeData): RotaStore {
  const { rotas } = data;
  return {
    ...named(rotas),
    async save(rota) {
      const stored = rotas.get(key(rota.workspaceId, rota.id));
      return save(data, rotas, { ...rota, swaps: stored?.swaps ?? [] });
    },
    async addSwap(workspaceId, rotaId, swap) {
      const rota = rotas.get(key(workspaceId, rotaId));
      if (rota === undefined) return false;
      mustBeNew(new Map(rota.swaps.map(({ id }) => [id, id])), swap.id);
      const order = by<typeof swap>(
        (one) => one.createdAt,
        (one) => one.id,
      );
      rotas.set(key(workspaceId, rotaId), {
        ...rota,
        swaps: [...rota.swaps, copy(swap)].sort(order),
      });
      return true;
    },
    async removeSwap(workspaceId, rotaId, swapId) {
      const rota = rotas.get(key(workspaceId, rotaId));
      const swaps = (rota?.swaps ?? []).filter(({ id }) => id !== swapId);
      if (rota === undefined || swaps.length === rota.swaps.length) return false;
      rotas.set(key(workspaceId, rotaId), { ...rota, swaps });
      return true;
    },
  };
}

function named<T extends NamedPolicy | Rota>(table: Map<string, T>) {
  return {
    async find(workspaceId: string, id: string): Promise<T | null> {
      return copy(table.get(key(workspaceId, id)) ?? null);
    },
    async list(workspaceId: string): Promise<T[]> {
      const found = [...table.values()].filter((one) => one.workspaceId === workspaceId);
      return copy(found).sort(
        by(
          (one) => one.createdAt,
          (one) => one.id,
        ),
      );
    },
    async remove(workspaceId: string, id: string): Promise<boolean> {
      return table.delete(key(workspaceId, id));
    },
  };
}

function save<T extends NamedPolicy | Rota>(
  data: FakeData,
  table: Map<string, T>,
  value: T,
): boolean {
  const { workspaceId, id, name } = value;
  mustHaveWorkspace(data, workspaceId);
  const isTaken = [...table.values()].some(
    (one) => one.workspaceId === workspaceId && one.name === name && one.id !== id,
  );
  if (isTaken) return false;
  const { createdBy, createdAt } = table.get(key(workspaceId, id)) ?? value;
  table.set(key(workspaceId, id), copy({ ...value, createdBy, createdAt }));
  return true;
}
