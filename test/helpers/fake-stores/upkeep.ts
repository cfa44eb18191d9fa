import { isErased, type Status } from '../../../src/core/mention.ts';
import type { MentionStore } from '../../../src/core/ports.ts';
import { assignGiven, by, copy, key, type FakeData, type StoredMention } from './data.ts';

type Upkeep = Pick<
  MentionStore,
  | 'note'
  | 'sourcesToSweep'
  | 'nextSweep'
  | 'toSweep'
  | 'toLookAt'
  | 'toExpire'
  | 'byAuthors'
  | 'settle'
>;

const ENDED: readonly Status[] = ['answered', 'dismissed', 'quiet'];
const LOOKED_AT: readonly Status[] = ['open', 'claimed', 'answered'];

export function fakeUpkeep(data: FakeData): Upkeep {
  const all = (workspaceId: string) =>
    [...data.mentions.values()].filter((one) => one.mention.workspaceId === workspaceId);
  const held = (workspaceId: string) =>
    all(workspaceId).filter(({ mention }) => !isErased(mention));
  const oldestFirst = by<StoredMention>(
    ({ mention }) => mention.foundAt,
    ({ mention }) => mention.id,
  );
  const mentions = (stored: readonly StoredMention[]) => stored.map((one) => copy(one.mention));

  function due(workspaceId: string, now: Date) {
    return held(workspaceId).filter(({ mention }) => mention.upkeep.sweepAt <= now);
  }

  return {
    async note(workspaceId, id, change) {
      const mention = data.mentions.get(key(workspaceId, id))?.mention;
      if (mention) assignGiven(mention.upkeep, change);
    },

    async sourcesToSweep(workspaceId, now) {
      return [...new Set(due(workspaceId, now).map(({ mention }) => mention.sourceId))].sort();
    },

    async nextSweep(workspaceId) {
      const times = held(workspaceId).map(({ mention }) => mention.upkeep.sweepAt.getTime());
      return times.length === 0 ? null : new Date(Math.min(...times));
    },

    async toSweep(workspaceId, sourceId, now, limit) {
      const found = due(workspaceId, now).filter(({ mention }) => mention.sourceId === sourceId);
      const sorted = found.sort(
        by(
          ({ mention }) => mention.upkeep.sweepAt,
          ({ mention }) => mention.id,
        ),
      );
      return mentions(sorted.slice(0, limit));
    },

    async toLookAt(workspaceId, now, limit) {
      const found = all(workspaceId).filter(({ mention: { status, upkeep } }) => {
        const isDue = upkeep.lookAt !== null && upkeep.lookAt <= now;
        return isDue && LOOKED_AT.includes(status);
      });
      const sorted = found.sort(
        by(
          ({ mention }) => mention.upkeep.lookAt!,
          ({ mention }) => mention.id,
        ),
      );
      return mentions(sorted.slice(0, limit));
    },

    async toExpire(workspaceId, { endedBefore, foundBefore, foundBeforeByKind }, limit) {
      const ended = held(workspaceId)
        .filter(
          ({ mention, changedAt }) => ENDED.includes(mention.status) && changedAt < endedBefore,
        )
        .sort(
          by(
            (one) => one.changedAt,
            ({ mention }) => mention.id,
          ),
        );
      const old = held(workspaceId)
        .filter(({ mention: { foundAt } }) => foundAt < foundBefore)
        .sort(oldestFirst);
      const sooner = Object.entries(foundBeforeByKind).flatMap(([kind, before]) =>
        held(workspaceId)
          .filter(({ mention }) => mention.sourceKind === kind && mention.foundAt < before)
          .sort(oldestFirst),
      );
      return mentions([...new Set([...ended, ...old, ...sooner])].slice(0, limit));
    },

    async byAuthors(workspaceId, authorHashes) {
      const found = all(workspaceId).filter(
        ({ mention: { authorHash } }) => authorHash !== null && authorHashes.includes(authorHash),
      );
      return mentions(found.sort(oldestFirst));
    },

    async settle() {},
  };
}
