import { DEFAULT_SETTINGS, type Settings } from '../../../src/core/ports.ts';
import type { DeliveryStore, KeywordStore, WorkspaceStore } from '../../../src/core/ports.ts';
import { assignGiven, by, copy, key, mustBeNew, mustHaveWorkspace, type FakeData } from './data.ts';

export function fakeWorkspaceStore(data: FakeData): WorkspaceStore {
  return {
    async save(workspace) {
      const createdAt = data.workspaces.get(workspace.id)?.createdAt ?? workspace.createdAt;
      data.workspaces.set(workspace.id, copy({ ...workspace, createdAt }));
    },
    async find(id) {
      return copy(data.workspaces.get(id) ?? null);
    },
    async list() {
      return copy([...data.workspaces.values()]).sort(
        by(
          (one) => one.createdAt,
          (one) => one.id,
        ),
      );
    },
    async settings(workspaceId) {
      return copy({ ...DEFAULT_SETTINGS, ...data.settings.get(workspaceId) });
    },
    async changeSettings(workspaceId, change) {
      mustHaveWorkspace(data, workspaceId);
      const settings: Partial<Settings> = data.settings.get(workspaceId) ?? {};
      assignGiven(settings, change);
      data.settings.set(workspaceId, settings);
    },
    async remove(id) {
      const isThere = data.workspaces.has(id);
      for (const table of Object.values(data) as Map<string, unknown>[]) {
        for (const name of table.keys()) {
          if (name === id || name.startsWith(`[${JSON.stringify(id)},`)) table.delete(name);
        }
      }
      return isThere;
    },
  };
}

export function fakeKeywordStore(data: FakeData): KeywordStore {
  return {
    async add(keyword) {
      mustHaveWorkspace(data, keyword.workspaceId);
      const id = key(keyword.workspaceId, keyword.id);
      mustBeNew(data.keywords, id);
      data.keywords.set(id, copy(keyword));
    },
    async find(workspaceId, id) {
      return copy(data.keywords.get(key(workspaceId, id)) ?? null);
    },
    async list(workspaceId) {
      const keywords = [...data.keywords.values()].filter((one) => one.workspaceId === workspaceId);
      return copy(keywords).sort(
        by(
          (one) => one.createdAt,
          (one) => one.id,
        ),
      );
    },
    async change(workspaceId, id, change) {
      const keyword = data.keywords.get(key(workspaceId, id));
      if (keyword) assignGiven(keyword, change);
      return keyword !== undefined;
    },
    async remove(workspaceId, id) {
      return data.keywords.delete(key(workspaceId, id));
    },
  };
}

export function fakeDeliveryStore(data: FakeData): DeliveryStore {
  return {
    async first(workspaceId, id, at) {
      mustHaveWorkspace(data, workspaceId);
      if (data.deliveries.has(key(workspaceId, id))) return false;
      data.deliveries.set(key(workspaceId, id), at);
      return true;
    },
    async prune(before) {
      const old = [...data.deliveries].filter(([, at]) => at < before);
      for (const [id] of old) data.deliveries.delete(id);
      return old.length;
    },
  };
}
