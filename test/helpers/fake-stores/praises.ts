import type { PraiseStore } from '../../../src/core/ports.ts';
import { by, copy, mustHaveWorkspace, type FakeData } from './data.ts';

export function fakePraiseStore(data: FakeData): PraiseStore {
  const all = (workspaceId: string) =>
    data.praises.filter((one) => one.workspaceId === workspaceId);
  return {
    async add(praise) {
      mustHaveWorkspace(data, praise.workspaceId);
      if (praise.authorHashes.length === 0) return;
      const { authorHashes, ...rest } = copy(praise);
      data.praises.push(...[...new Set(authorHashes)].map((hash) => ({ ...rest, hash })));
    },
    async end(workspaceId, authorHashes, at) {
      for (const one of all(workspaceId)) if (authorHashes.includes(one.hash)) one.endsAt = at;
    },
    async ended(workspaceId, now) {
      const found = all(workspaceId).filter(({ endsAt }) => endsAt <= now);
      const messages = found.map(({ channelId, ts }) => ({ channelId, ts }));
      const distinct = new Map(messages.map((one) => [JSON.stringify(one), one]));
      return [...distinct.values()].sort(
        by(
          ({ channelId }) => channelId,
          ({ ts }) => ts,
        ),
      );
    },
    async remove(workspaceId, channelId, ts) {
      data.praises = data.praises.filter(
        (one) => one.workspaceId !== workspaceId || one.channelId !== channelId || one.ts !== ts,
      );
    },
  };
}
