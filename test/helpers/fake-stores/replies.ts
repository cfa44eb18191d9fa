import type { ReplyStore } from '../../../src/core/ports.ts';
import { by, copy, key, mustHaveWorkspace, type FakeData } from './data.ts';

export function fakeReplyStore(data: FakeData): ReplyStore {
  return {
    async save(reply) {
      mustHaveWorkspace(data, reply.workspaceId);
      data.replies.set(key(reply.workspaceId, reply.name), copy(reply));
    },
    async list(workspaceId) {
      const found = [...data.replies.values()].filter((one) => one.workspaceId === workspaceId);
      return copy(found).sort(
        by(
          (one) => one.createdAt,
          (one) => one.name,
        ),
      );
    },
    async remove(workspaceId, name) {
      return data.replies.delete(key(workspaceId, name));
    },
  };
}
