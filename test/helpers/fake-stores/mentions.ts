import { isErased, type Mention, type MentionEvent } from '../../../src/core/mention.ts';
import type { MentionFilter, MentionStore, Without } from '../../../src/core/ports.ts';
import { by, copy, key, mustBeNew, type FakeData, type StoredMention } from './data.ts';
import { fakeHome } from './home.ts';
import { fakeArrivals } from './storms.ts';
import { fakeUpkeep } from './upkeep.ts';

export function fakeMentionStore(data: FakeData): MentionStore {
  const all = (workspaceId: string) =>
    [...data.mentions.values()].filter((one) => one.mention.workspaceId === workspaceId);
  const eventsOf = (workspaceId: string) =>
    [...data.events.values()].filter(({ event }) => event.workspaceId === workspaceId);
  const mentions = (stored: readonly StoredMention[]) => stored.map((one) => copy(one.mention));

  return {
    ...fakeUpkeep(data),
    ...fakeArrivals(data),
    ...fakeHome(data),

    async find(workspaceId, id) {
      return copy(data.mentions.get(key(workspaceId, id))?.mention ?? null);
    },

    async findByPosts(workspaceId, sourceId, externalIds) {
      const wanted = new Set(externalIds);
      const found = all(workspaceId).filter(
        ({ mention, externalKey }) => mention.sourceId === sourceId && wanted.has(externalKey),
      );
      return new Map(found.map((one) => [one.externalKey, copy(one.mention)]));
    },

    async findByPrefix(workspaceId, sourceId, prefix) {
      const found = all(workspaceId).filter(
        ({ mention }) => mention.sourceId === sourceId && mention.externalId.startsWith(prefix),
      );
      return found.map((one) => copy(one.mention));
    },

    async apply(next, events) {
      const stored = data.mentions.get(key(next.workspaceId, next.id));
      if (stored?.mention.version !== next.version - 1) return false;
      for (const event of events) mustBeNew(data.events, key(event.workspaceId, event.id));
      const { cardTs, cardVersion, channelId, upkeep } = stored.mention;
      stored.mention = {
        ...copy(next),
        cardTs,
        cardVersion,
        upkeep,
        channelId: cardTs === null ? next.channelId : channelId,
        externalId: isErased(next) ? '' : next.externalId,
      };
      stored.changedAt = events.at(-1)?.at ?? stored.changedAt;
      stored.step = undefined;
      for (const view of data.homeViews.values()) {
        if (isErased(next) && view.workspaceId === next.workspaceId) view.stale = true;
      }
      if (next.status === 'withdrawn') data.lessons.delete(key(next.workspaceId, next.id));
      for (const event of events) {
        const inThread = next.openedAt !== null;
        data.events.set(key(event.workspaceId, event.id), { event: copy(event), inThread });
      }
      return true;
    },

    async list(workspaceId, filter, { limit = Infinity, offset = 0, order = 'newest' } = {}) {
      const oldestFirst = mentions(all(workspaceId))
        .filter((mention) => passes(mention, filter))
        .sort(
          by(
            (mention) => mention.foundAt,
            (mention) => mention.id,
          ),
        );
      const sorted = order === 'oldest' ? oldestFirst : oldestFirst.reverse();
      return sorted.slice(offset, offset + limit);
    },

    async count(workspaceId, filter) {
      return all(workspaceId).filter(({ mention }) => passes(mention, filter)).length;
    },

    async recordCard(workspaceId, id, card) {
      const mention = data.mentions.get(key(workspaceId, id))?.mention;
      if (mention === undefined) return;
      mention.channelId = card.channelId;
      mention.cardTs = card.ts;
      mention.cardVersion = card.version;
    },

    async forgetCard(workspaceId, id) {
      const mention = data.mentions.get(key(workspaceId, id))?.mention;
      if (mention === undefined) return;
      mention.cardTs = null;
      mention.cardVersion = 0;
    },

    async toEscalate(workspaceId, rules, now, limit) {
      const running = all(workspaceId)
        .filter(({ mention }) => ['open', 'claimed'].includes(mention.status))
        .sort(by(({ step }) => step?.rules ?? ''));
      const due = running.filter(
        ({ step }) => step?.rules === rules && step.at !== null && step.at <= now,
      );
      const unknown = running.filter(({ step }) => step?.rules !== rules);
      return mentions([...due.sort(by(({ step }) => step!.at!)), ...unknown].slice(0, limit));
    },

    async noteSteps(workspaceId, rules, steps) {
      for (const { id, version, at } of steps) {
        const stored = data.mentions.get(key(workspaceId, id));
        if (stored?.mention.version === version) stored.step = { rules, at };
      }
    },

    async stale(workspaceId, limit, without) {
      const stale = all(workspaceId).filter(
        ({ mention }) => isStale(mention) && !isLeftAside(mention, without),
      );
      const sorted = stale.sort(
        by(
          (one) => one.changedAt,
          (one) => one.mention.id,
        ),
      );
      return mentions(sorted.slice(0, limit));
    },

    async unlogged(workspaceId, limit, without) {
      const events = eventsOf(workspaceId)
        .filter(({ event, inThread }) => inThread && event.logTs === null)
        .map(({ event }) => event)
        .filter((event) => {
          const mention = data.mentions.get(key(workspaceId, event.mentionId))?.mention;
          return typeof mention?.cardTs === 'string' && !isLeftAside(mention, without);
        })
        .sort(
          by(
            (event) => event.at,
            (event) => event.mentionId,
          ),
        );
      return [...new Set(events.map(({ mentionId }) => mentionId))].slice(0, limit);
    },

    async events(workspaceId, mentionId) {
      const events = eventsOf(workspaceId).map(({ event }) => event);
      return copy(events.filter((event) => event.mentionId === mentionId)).sort(
        by(
          (event) => event.version,
          (event) => event.id,
        ),
      );
    },

    async log(workspaceId, { from, to, actor, types }, limit) {
      const isWanted = (event: MentionEvent) =>
        (from === undefined || event.at >= from) &&
        (to === undefined || event.at < to) &&
        (actor === undefined || event.actor === actor) &&
        (types === undefined || types.includes(event.type));
      const events = eventsOf(workspaceId).map(({ event }) => event);
      const oldestFirst = copy(events.filter(isWanted)).sort(
        by(
          (event) => event.at,
          (event) => event.id,
        ),
      );
      return oldestFirst.reverse().slice(0, limit);
    },

    async recordLine(workspaceId, eventId, ts) {
      const stored = data.events.get(key(workspaceId, eventId));
      if (stored) stored.event.logTs = ts;
    },
  };
}

function isLeftAside({ id, channelId }: Mention, without: Without | undefined): boolean {
  if (without === undefined) return false;
  return (
    without.mentionIds.includes(id) ||
    (channelId !== null && without.channelIds.includes(channelId))
  );
}

function isStale({ status, cardTs, cardVersion, version }: Mention): boolean {
  const oughtToHaveCard = ['open', 'claimed', 'answered', 'dismissed'].includes(status);
  return cardVersion < version && (cardTs !== null || oughtToHaveCard);
}

function passes(mention: Mention, filter: MentionFilter): boolean {
  const { statuses, channelId, claimedBy, keywordId, awakeAt, from, to } = filter;
  return (
    (statuses === undefined || statuses.includes(mention.status)) &&
    (channelId === undefined || mention.channelId === channelId) &&
    (claimedBy === undefined || mention.claimedBy === claimedBy) &&
    (keywordId === undefined || mention.keywordId === keywordId) &&
    (awakeAt === undefined || (mention.snoozedUntil ?? awakeAt) <= awakeAt) &&
    (from === undefined || mention.foundAt >= from) &&
    (to === undefined || mention.foundAt < to)
  );
}
