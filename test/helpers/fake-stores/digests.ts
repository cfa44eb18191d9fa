import type { Digest, DigestStore } from '../../../src/core/ports.ts';
import { by, copy, key, mustHaveWorkspace, type FakeData } from './data.ts';

export function fakeDigestStore(data: FakeData): DigestStore {
  const keyOf = ({ workspaceId, dueAt }: Digest) => key(workspaceId, dueAt.toISOString());
  const list = (workspaceId: string) =>
    [...data.digests.values()]
      .filter((digest) => digest.workspaceId === workspaceId)
      .sort(by((digest) => digest.dueAt));
  return {
    async last(workspaceId) {
      return copy(list(workspaceId).at(-1) ?? null);
    },
    async add(digest) {
      mustHaveWorkspace(data, digest.workspaceId);
      if (data.digests.has(keyOf(digest))) return false;
      data.digests.set(keyOf(digest), copy(digest));
      return true;
    },
    async stale(workspaceId) {
      const isOld = ({ mentionId, version }: Digest['lines'][number]) =>
        version < (data.mentions.get(key(workspaceId, mentionId))?.mention.version ?? 0);
      return copy(list(workspaceId).filter(({ lines }) => lines.some(isOld)));
    },
    async record(digest) {
      const stored = data.digests.get(keyOf(digest));
      if (stored) Object.assign(stored, copy({ ts: digest.ts, lines: digest.lines }));
    },
  };
}
