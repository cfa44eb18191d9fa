import type { Knex } from 'knex';
import type { Rota, Swap } from '../../core/escalation/rota.ts';
import type { RotaStore } from '../../core/ports.ts';
import { storable, toDate, toText } from '../columns.ts';
import { saveNamed } from './named.ts';

interface RotaRow {
  workspace_id: string;
  id: string;
  name: string;
  /** JSON of all but the other columns and the swaps. */
  body: string;
  created_by: string;
  created_at: string;
}

interface SwapRow {
  workspace_id: string;
  rota_id: string;
  id: string;
  takes: string;
  turn_of: string;
  from_at: string;
  to_at: string;
  created_by: string;
  created_at: string;
}

export function rotaStore(db: Knex): RotaStore {
  const all = (workspaceId: string) => db<RotaRow>('rotas').where({ workspace_id: workspaceId });
  const swapsOf = (workspaceId: string) =>
    db<SwapRow>('rota_swaps').where({ workspace_id: workspaceId });

  async function withSwaps(workspaceId: string, rows: readonly RotaRow[]): Promise<Rota[]> {
    if (rows.length === 0) return [];
    const swaps = await swapsOf(workspaceId).orderBy(['created_at', 'id']);
    return rows.map((row) =>
      fromRow(
        row,
        swaps.filter((swap) => swap.rota_id === row.id),
      ),
    );
  }

  return {
    save: (rota) => saveNamed(db, 'rotas', toRow(rota)),
    async find(workspaceId, id) {
      const rows = await all(workspaceId).where({ id });
      return (await withSwaps(workspaceId, rows))[0] ?? null;
    },
    async list(workspaceId) {
      return withSwaps(workspaceId, await all(workspaceId).orderBy(['created_at', 'id']));
    },
    async remove(workspaceId, id) {
      return (await all(workspaceId).where({ id }).delete()) > 0;
    },
    async addSwap(workspaceId, rotaId, swap) {
      return db.transaction(async (trx) => {
        const rota = await trx<RotaRow>('rotas')
          .where({ workspace_id: workspaceId, id: rotaId })
          .forShare()
          .first('id');
        if (rota === undefined) return false;
        await trx<SwapRow>('rota_swaps').insert(toSwapRow(workspaceId, rotaId, swap));
        return true;
      });
    },
    async removeSwap(workspaceId, rotaId, swapId) {
      return (await swapsOf(workspaceId).where({ rota_id: rotaId, id: swapId }).delete()) > 0;
    },
  };
}

function toRow(rota: Rota): RotaRow {
  const { workspaceId, id, name, createdBy, createdAt, swaps: _, ...body } = rota;
  return {
    workspace_id: workspaceId,
    id,
    name: storable(name),
    body: JSON.stringify(body),
    created_by: createdBy,
    created_at: toText(createdAt),
  };
}

function fromRow(row: RotaRow, swaps: readonly SwapRow[]): Rota {
  return {
    ...(JSON.parse(row.body) as Omit<Rota, 'id'>),
    workspaceId: row.workspace_id,
    id: row.id,
    name: row.name,
    swaps: swaps.map(fromSwapRow),
    createdBy: row.created_by,
    createdAt: toDate(row.created_at),
  };
}

function toSwapRow(workspaceId: string, rotaId: string, swap: Swap): SwapRow {
  return {
    workspace_id: workspaceId,
    rota_id: rotaId,
    id: swap.id,
    takes: swap.takes,
    turn_of: swap.turnOf,
    from_at: toText(swap.from),
    to_at: toText(swap.to),
    created_by: swap.createdBy,
    created_at: toText(swap.createdAt),
  };
}

function fromSwapRow(row: SwapRow): Swap {
  return {
    id: row.id,
    takes: row.takes,
    turnOf: row.turn_of,
    from: toDate(row.from_at),
    to: toDate(row.to_at),
    createdBy: row.created_by,
    createdAt: toDate(row.created_at),
  };
}
