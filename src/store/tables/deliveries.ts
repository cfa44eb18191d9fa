import type { Knex } from 'knex';
import type { DeliveryStore } from '../../core/ports.ts';
import { toText } from '../columns.ts';

interface DeliveryRow {
  workspace_id: string;
  id: string;
  at: string;
}

export function deliveryStore(db: Knex): DeliveryStore {
  return {
    async first(workspaceId, id, at) {
      const written = await db<DeliveryRow>('deliveries')
        .insert({ workspace_id: workspaceId, id, at: toText(at) })
        .onConflict(['workspace_id', 'id'])
        .ignore()
        .returning('id');
      return written.length > 0;
    },

    async prune(before) {
      return db<DeliveryRow>('deliveries').where('at', '<', toText(before)).delete();
    },
  };
}
