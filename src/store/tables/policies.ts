import type { Knex } from 'knex';
import type { NamedPolicy } from '../../core/escalation/policy.ts';
import type { PolicyStore } from '../../core/ports.ts';
import { storable, toDate, toText } from '../columns.ts';
import { saveNamed } from './named.ts';

interface PolicyRow {
  workspace_id: string;
  id: string;
  name: string;
  /** JSON of all but the other columns. */
  body: string;
  created_by: string;
  created_at: string;
}

export function policyStore(db: Knex): PolicyStore {
  const all = (workspaceId: string) =>
    db<PolicyRow>('policies').where({ workspace_id: workspaceId });
  return {
    save: (policy) => saveNamed(db, 'policies', toRow(policy)),
    async find(workspaceId, id) {
      const row = await all(workspaceId).where({ id }).first();
      return row ? fromRow(row) : null;
    },
    async list(workspaceId) {
      return (await all(workspaceId).orderBy(['created_at', 'id'])).map(fromRow);
    },
    async remove(workspaceId, id) {
      return (await all(workspaceId).where({ id }).delete()) > 0;
    },
  };
}

function toRow(policy: NamedPolicy): PolicyRow {
  const { workspaceId, id, name, createdBy, createdAt, ...body } = policy;
  return {
    workspace_id: workspaceId,
    id,
    name: storable(name),
    body: JSON.stringify(body),
    created_by: createdBy,
    created_at: toText(createdAt),
  };
}

function fromRow(row: PolicyRow): NamedPolicy {
  return {
    ...(JSON.parse(row.body) as Omit<NamedPolicy, 'id'>),
    workspaceId: row.workspace_id,
    id: row.id,
    name: row.name,
    createdBy: row.created_by,
    createdAt: toDate(row.created_at),
  };
}
