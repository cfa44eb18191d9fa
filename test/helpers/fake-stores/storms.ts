import { severityRank } from '../../../src/core/storm/storm.ts';
import type { HeldNoteStore, MentionStore, StormStore } from '../../../src/core/ports.ts';
import { assignGiven, by, copy, key, mustHaveWorkspace, type FakeData } from './data.ts';

export function fakeStormStore(data: FakeData): StormStore {
  return {
    async add(storm) {
      mustHaveWorkspace(data, storm.workspaceId);
      const id = key(storm.workspaceId, storm.id);
      const lasts = [...data.storms.values()].some(
        ({ workspaceId, channelId, endedAt }) =>
          workspaceId === storm.workspaceId && channelId === storm.channelId && endedAt === null,
      );
      if (data.storms.has(id) || (lasts && storm.endedAt === null)) return false;
      data.storms.set(id, copy(storm));
      return true;
    },
    async find(workspaceId, id) {
      return copy(data.storms.get(key(workspaceId, id)) ?? null);
    },
    async since(workspaceId, endedAfter) {
      const found = [...data.storms.values()].filter(
        (storm) =>
          storm.workspaceId === workspaceId &&
          (storm.endedAt === null || storm.endedAt > endedAfter),
      );
      return copy(found).sort(
        by(
          (storm) => storm.startedAt,
          (storm) => storm.id,
        ),
      );
    },
    async note(workspaceId, id, change) {
      const storm = data.storms.get(key(workspaceId, id));
      if (storm) assignGiven(storm, change);
    },
    async claim(workspaceId, id, who) {
      const storm = data.storms.get(key(workspaceId, id));
      if (storm === undefined || storm.claimedBy !== null) return false;
      storm.claimedBy = who;
      return true;
    },
  };
}

export function fakeHeldNoteStore(data: FakeData): HeldNoteStore {
  return {
    async list(workspaceId) {
      const found = [...data.heldNotes.values()].filter((one) => one.workspaceId === workspaceId);
      return copy(found).sort(by((one) => one.channelId));
    },
    async save(note) {
      mustHaveWorkspace(data, note.workspaceId);
      data.heldNotes.set(key(note.workspaceId, note.channelId), copy(note));
    },
    async remove(workspaceId, channelId) {
      data.heldNotes.delete(key(workspaceId, channelId));
    },
  };
}

const TEN_MINUTES = 600_000;

export function fakeArrivals(
  data: FakeData,
): Pick<MentionStore, 'arrivals' | 'posted' | 'waiting'> {
  const all = (workspaceId: string) =>
    [...data.mentions.values()]
      .map(({ mention }) => mention)
      .filter((mention) => mention.workspaceId === workspaceId);
  return {
    async arrivals(workspaceId, from) {
      const counts = new Map<string, { keywordId: string; at: Date; count: number }>();
      for (const { keywordId, foundAt, status } of all(workspaceId)) {
        if (status === 'quiet' || foundAt < from) continue;
        const at = new Date(Math.floor(foundAt.getTime() / TEN_MINUTES) * TEN_MINUTES);
        const id = JSON.stringify([keywordId, at]);
        const count = (counts.get(id)?.count ?? 0) + 1;
        counts.set(id, { keywordId, at, count });
      }
      return [...counts.values()].sort(
        by(
          (one) => one.at,
          (one) => one.keywordId,
        ),
      );
    },
    async posted(workspaceId, from) {
      const counts = new Map<string, number>();
      for (const { event } of data.events.values()) {
        const isOne = event.type === 'posted' && event.actor === 'system' && event.at >= from;
        if (!isOne || event.workspaceId !== workspaceId) continue;
        const mention = data.mentions.get(key(workspaceId, event.mentionId))?.mention;
        const channelId = mention?.channelId ?? null;
        if (channelId !== null) counts.set(channelId, (counts.get(channelId) ?? 0) + 1);
      }
      return counts;
    },
    async waiting(workspaceId, limit) {
      const waiting = all(workspaceId).filter(({ status }) => status === 'detected');
      const sorted = copy(waiting).sort(
        by(
          (mention) => severityRank(mention.verdict.severity),
          (mention) => -mention.verdict.negativity,
          (mention) => mention.foundAt,
          (mention) => mention.id,
        ),
      );
      return sorted.slice(0, limit);
    },
  };
}
