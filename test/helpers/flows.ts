import type { TestContext } from 'node:test';
import type { Log, Settings } from '../../src/core/ports.ts';
import type { Mention } from '../../src/core/mention.ts';
import type { Source } from '../../src/core/source.ts';
import { createLearning, type LearnedOf } from '../../src/flows/hear/learn.ts';
import { createSerially, publishMention, type PublishDeps } from '../../src/flows/tell/publish.ts';
import { sources } from '../../src/sources/index.ts';
import { fakeStores } from './fake-stores/index.ts';
import { fakeChannel, type FakeChannel } from './channel.ts';
import {
  NOON,
  sampleId,
  sampleKeyword,
  sampleMention,
  samplePoll,
  sampleSource,
  sampleWorkspace,
} from './samples.ts';
import { sqliteStores } from './stores.ts';

/** A log that keeps what was said, for tests that ask what was said. */
export interface KeptLog extends Log {
  lines: { level: string; message: string; fields: object }[];
}

export function keptLog(): KeptLog {
  const lines: KeptLog['lines'] = [];
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, message, fields });
  };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** A workspace with one keyword, one source and a channel, on a real database and a set clock. */
export interface World extends PublishDeps {
  stores: Awaited<ReturnType<typeof sqliteStores>>['stores'];
  channel: FakeChannel;
  log: KeptLog;
  /** Every real kind. */
  sources: readonly Source[];
  learned: LearnedOf;
  workspaceId: string;
  sourceId: string;
  keywordId: string;
  path: string;
  /** Lets time pass. */
  later(minutes: number): void;
  /** Brings one mention's card up to date. */
  publish(workspaceId: string, mentionId: string): Promise<void>;
  /** Stores mentions as a poll would have found them. */
  found(...mentions: Partial<Mention>[]): Promise<Mention[]>;
}

export async function world(
  t: TestContext,
  settings: Partial<Settings> = {},
  kind: 'memory' | 'sqlite' = 'sqlite',
): Promise<World> {
  const { stores, path } =
    kind === 'sqlite' ? await sqliteStores(t) : { stores: fakeStores(), path: '' };
  const channel = fakeChannel();
  const log = keptLog();
  let now = NOON;
  const workspace = sampleWorkspace();
  const keyword = sampleKeyword();
  const source = sampleSource();
  await stores.workspaces.save(workspace);
  await stores.workspaces.changeSettings(workspace.id, {
    channelId: 'C1',
    burstCards: 1000,
    stormFrom: 1000,
    ...settings,
  });
  await stores.keywords.add(keyword);
  await stores.sources.add(source);
  const it: World = {
    stores,
    path,
    channel,
    notifier: channel,
    sources,
    log,
    clock: () => now,
    newId: () => sampleId(),
    learned: createLearning(stores, (id) => `sample key of ${id}`),
    serially: createSerially(),
    holder: 'this process',
    workspaceId: workspace.id,
    sourceId: source.id,
    keywordId: keyword.id,
    later(minutes) {
      now = new Date(now.getTime() + minutes * 60_000);
    },
    async publish(workspaceId, mentionId) {
      await publishMention(it, workspaceId, mentionId);
    },
    async found(...overs) {
      const record = await stores.sources.find(workspace.id, source.id);
      const mentions = overs.map((over) =>
        sampleMention({ keywordId: keyword.id, sourceId: source.id, foundAt: now, ...over }),
      );
      await stores.sources.commitPoll(
        samplePoll(
          { id: source.id, workspaceId: workspace.id, cursor: record?.cursor ?? null },
          mentions,
          { at: now },
        ),
      );
      return mentions;
    },
  };
  return it;
}
