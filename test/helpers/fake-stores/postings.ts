import type { PostingStore } from '../../../src/core/ports.ts';
import { key, mustHaveWorkspace, type FakeData } from './data.ts';

const NEVER = new Date('9999-12-31T00:00:00.000Z');

export function fakePostingStore({ postings, ...data }: FakeData): PostingStore {
  const stuckIn = (workspaceId: string) =>
    [...postings.values()]
      .filter((one) => one.workspaceId === workspaceId && one.nextAt === NEVER && one.ts === null)
      .sort((a, b) => a.since.getTime() - b.since.getTime());
  return {
    async take({ workspaceId, key: name }, holder, now, busyAfter) {
      mustHaveWorkspace({ postings, ...data }, workspaceId);
      const id = key(workspaceId, name);
      const known = postings.get(id);
      if (known === undefined) {
        const fresh = { ts: null, tries: 0, nextAt: null };
        postings.set(id, { workspaceId, key: name, since: now, at: now, holder, ...fresh });
        return { state: 'free' };
      }
      if (known.ts !== null) return { state: 'sent', ts: known.ts };
      if (known.holder !== holder && known.at > busyAfter) return { state: 'busy' };
      Object.assign(known, { holder, at: now });
      const { since, tries, nextAt } = known;
      return { state: 'uncertain', since, tries, nextAt };
    },
    async doubted({ workspaceId, key: name }, tries, nextAt) {
      const known = postings.get(key(workspaceId, name));
      if (known !== undefined) Object.assign(known, { tries, nextAt: nextAt ?? NEVER });
    },
    async stuck(workspaceId) {
      return stuckIn(workspaceId).map(({ key: name, since }) => ({
        ...{ workspaceId, key: name, since },
      }));
    },
    async retry(workspaceId) {
      const found = stuckIn(workspaceId);
      for (const one of found) Object.assign(one, { tries: 0, nextAt: null });
      return found.length;
    },
    async sent({ workspaceId, key: name }, ts) {
      const known = postings.get(key(workspaceId, name));
      if (known !== undefined) known.ts = ts;
    },
    async release({ workspaceId, key: name }) {
      postings.delete(key(workspaceId, name));
    },
    async prune(before) {
      const old = [...postings].filter(([, { at }]) => at < before);
      for (const [id] of old) postings.delete(id);
      return old.length;
    },
  };
}
