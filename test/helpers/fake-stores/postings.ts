import type { PostingStore } from '../../../src/core/ports.ts';
import { key, mustHaveWorkspace, type FakeData } from './data.ts';

export function fakePostingStore({ postings, ...data }: FakeData): PostingStore {
  return {
    async take({ workspaceId, key: name }, holder, now, busyAfter) {
      mustHaveWorkspace({ postings, ...data }, workspaceId);
      const id = key(workspaceId, name);
      const known = postings.get(id);
      if (known === undefined) {
        postings.set(id, { since: now, at: now, holder, ts: null });
        return { state: 'free' };
      }
      if (known.ts !== null) return { state: 'sent', ts: known.ts };
      if (known.holder !== holder && known.at > busyAfter) return { state: 'busy' };
      Object.assign(known, { holder, at: now });
      return { state: 'uncertain', since: known.since };
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
