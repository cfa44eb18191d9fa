import type { HomeViewStore } from '../../../src/core/ports.ts';
import { key, mustHaveWorkspace, type FakeData } from './data.ts';

export function fakeHomeViewStore(data: FakeData): HomeViewStore {
  return {
    async drawn(workspaceId, userId) {
      mustHaveWorkspace(data, workspaceId);
      data.homeViews.set(key(workspaceId, userId), { workspaceId, userId, stale: false });
    },
    async stale(workspaceId) {
      return [...data.homeViews.values()]
        .filter((one) => one.workspaceId === workspaceId && one.stale)
        .map(({ userId }) => userId)
        .sort();
    },
    async cleared(workspaceId, userId) {
      data.homeViews.delete(key(workspaceId, userId));
    },
  };
}
