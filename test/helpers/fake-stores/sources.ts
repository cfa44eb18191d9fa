import { postKey } from '../../../src/core/canonical-url.ts';
import type { Mention } from '../../../src/core/mention.ts';
import type { SourceStore } from '../../../src/core/ports.ts';
import { addFakeCounts } from './learned.ts';
import { gapSentence } from '../../../src/store/mentions/polls.ts';
import {
  assignGiven,
  by,
  copy,
  key,
  mustBeNew,
  mustHaveWorkspace,
  type FakeData,
  type StoredMention,
} from './data.ts';

export function fakeSourceStore(data: FakeData): SourceStore {
  const inWorkspace = (workspaceId: string) =>
    [...data.sources.values()].filter((source) => source.workspaceId === workspaceId);
  const isTaken = (workspaceId: string, kind: string, address: string) =>
    inWorkspace(workspaceId).some((one) => one.kind === kind && one.address === address);

  return {
    async add(source) {
      const { workspaceId, id, kind, address } = source;
      mustHaveWorkspace(data, workspaceId);
      if (isTaken(workspaceId, kind, address)) return false;
      mustBeNew(data.sources, key(workspaceId, id));
      data.sources.set(key(workspaceId, id), copy(source));
      return true;
    },

    async find(workspaceId, id) {
      return copy(data.sources.get(key(workspaceId, id)) ?? null);
    },

    async list(workspaceId) {
      return copy(inWorkspace(workspaceId)).sort(
        by(
          (source) => source.createdAt,
          (source) => source.id,
        ),
      );
    },

    async recall(now) {
      const wrong = [...data.sources.values()].filter(
        ({ nextPollAt, lastSuccessAt: heard }) =>
          nextPollAt > now && heard !== null && heard.getTime() > now.getTime() + 60_000,
      );
      for (const source of wrong) source.nextPollAt = now;
      return wrong.length;
    },

    async due(now, limit) {
      const due = [...data.sources.values()].filter(
        ({ paused, nextPollAt }) => !paused && nextPollAt <= now,
      );
      const sorted = copy(due).sort(
        by(
          (source) => source.nextPollAt,
          (source) => source.id,
        ),
      );
      return sorted.slice(0, limit);
    },

    async change(workspaceId, id, change) {
      const source = data.sources.get(key(workspaceId, id));
      if (source) assignGiven(source, change);
      return source !== undefined;
    },

    async remove(workspaceId, id) {
      return data.sources.delete(key(workspaceId, id));
    },

    async commitPoll(result) {
      const { workspaceId, sourceId, movedTo } = result;
      const source = data.sources.get(key(workspaceId, sourceId));
      if (source?.cursor !== result.was) return null;
      const added = newMentions(data, sourceId, result.mentions);
      // Nothing below throws: all or nothing.
      addFakeCounts(data, workspaceId, result.at, result.counts ?? []);
      for (const one of added) {
        data.mentions.set(key(workspaceId, one.mention.id), one);
      }
      Object.assign(source, {
        cursor: result.cursor,
        nextPollAt: result.nextPollAt,
        lastSuccessAt: result.at,
        failures: 0,
        failure: null,
        failingSince: null,
        rhythm: result.rhythm,
        gap: result.gap === null ? source.gap : gapSentence(result.gap),
        gapAt: result.gap === null ? source.gapAt : result.at,
      });
      if (movedTo !== null && !isTaken(workspaceId, source.kind, movedTo)) source.address = movedTo;
      return added.map(({ mention }) => copy(mention));
    },

    async commitFailure({ workspaceId, sourceId, at, nextPollAt, failure }) {
      const source = data.sources.get(key(workspaceId, sourceId));
      if (source === undefined) return;
      source.nextPollAt = nextPollAt;
      source.failures += 1;
      source.failure = failure.message;
      source.failingSince ??= at;
    },
  };
}

export function newMentions(
  data: FakeData,
  sourceId: string,
  mentions: readonly Mention[],
): StoredMention[] {
  const added: StoredMention[] = [];
  for (const given of mentions) {
    const mention = withoutNul(given);
    const one = {
      mention,
      externalKey: given.externalId,
      postKey: postKey(given),
      changedAt: given.foundAt,
    };
    const known = [...data.mentions.values(), ...added].filter(
      (other) => other.mention.workspaceId === mention.workspaceId,
    );
    if (known.some((other) => isSamePost(one, other, sourceId))) continue;
    if (known.some((other) => other.mention.id === mention.id)) {
      throw new Error(`${mention.id} is there already`);
    }
    added.push(one);
  }
  return added;
}

function isSamePost(one: StoredMention, other: StoredMention, sourceId: string): boolean {
  return other.mention.sourceId === sourceId
    ? other.externalKey === one.externalKey
    : other.postKey !== null && other.postKey === one.postKey;
}

function withoutNul(mention: Mention): Mention {
  const entries = Object.entries(mention).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.replaceAll('\0', '') : copy(value),
  ]);
  return Object.fromEntries(entries) as Mention;
}
