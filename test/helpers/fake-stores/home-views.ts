import type { HomeViewStore } from '../../../src/core/ports.ts';
import { key, mustHaveWorkspace, type FakeData } from './data.ts';

export function fakeHomeViewStore(data: FakeData): HomeViewStore {
  return {
    async drawn(workspaceId, userId, state) {
      mustHaveWorkspace(data, workspaceId);
      data.homeViews.set(key(workspaceId, userId), { workspaceId, userId, stale: false, state });
    },
    async noted(workspaceId, userId, state) {
      const view = data.homeViews.get(key(workspaceId, userId));
      if (view !== undefined) view.state = state;
    },
    async find(workspaceId, userId) {
      return data.homeViews.get(key(workspaceId, userId))?.state ?? null;
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
