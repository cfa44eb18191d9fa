import type { InstallationStore } from '../../../src/core/ports.ts';
import { copy, mustHaveWorkspace, type FakeData } from './data.ts';

export function fakeInstallationStore(data: FakeData): InstallationStore {
  return {
    async save(installation) {
      mustHaveWorkspace(data, installation.workspaceId);
      data.installations.set(installation.workspaceId, copy(installation));
    },
    async find(workspaceId) {
      return copy(data.installations.get(workspaceId) ?? null);
    },
  };
}
