import type { SuppressionStore } from '../../../src/core/ports.ts';
import { copy, key, mustHaveWorkspace, type FakeData } from './data.ts';

export function fakeSuppressionStore(data: FakeData): SuppressionStore {
  return {
    async add(suppression) {
      const { workspaceId, authorHash } = suppression;
      mustHaveWorkspace(data, workspaceId);
      const id = key(workspaceId, authorHash);
      if (data.suppressions.has(id)) return false;
      data.suppressions.set(id, copy(suppression));
      return true;
    },
    async among(workspaceId, authorHashes) {
      return new Set(authorHashes.filter((hash) => data.suppressions.has(key(workspaceId, hash))));
    },
    async count(workspaceId) {
      return [...data.suppressions.values()].filter((one) => one.workspaceId === workspaceId)
        .length;
    },
  };
}
