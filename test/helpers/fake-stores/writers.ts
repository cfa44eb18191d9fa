import type { WriterStore } from '../../../src/core/ports.ts';
import { by, copy, key, mustHaveWorkspace, type FakeData } from './data.ts';

export function fakeWriterStore(data: FakeData): WriterStore {
  return {
    async save(writing) {
      mustHaveWorkspace(data, writing.workspaceId);
      data.writers.set(key(writing.workspaceId, writing.mentionId), copy(writing));
    },
    async list(workspaceId) {
      const found = [...data.writers.values()].filter((one) => one.workspaceId === workspaceId);
      return copy(found).sort(by((one) => one.mentionId));
    },
    async remove(workspaceId, mentionId, writer) {
      const id = key(workspaceId, mentionId);
      return data.writers.get(id)?.writer === writer && data.writers.delete(id);
    },
  };
}
