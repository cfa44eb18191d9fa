/** What happens to posts between a source and the database, with a real database in a folder that goes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Post } from '../src/core/post.ts';
import { DEFAULT_SETTINGS, type Keyword, type SourceRecord } from '../src/core/ports.ts';
import { NEW_RHYTHM } from '../src/core/rhythm.ts';
import { keep, type KeepDeps } from '../src/flows/keep.ts';
import { createLearning } from '../src/flows/learn.ts';
import { createMatching } from '../src/flows/matching.ts';
import { openDatabase } from '../src/store/db.ts';
import { createStores } from '../src/store/index.ts';
import { migrateUp } from '../src/store/migrate.ts';
import { authorHasher, createIds } from '../src/secret.ts';

export interface Pipeline {
  /** Matches, judges, redacts and stores the posts of one poll; the sources take turns. */
  take(posts: readonly Post[]): Promise<void>;
  /** Mentions stored so far. */
  stored(): Promise<number>;
  close(): Promise<void>;
}

const WORKSPACE = 'T1';
/** More than are ever under way at once. */
const SOURCES = 200;

/**
 * A workspace with this many keywords. `wanted` are the words that the posts really hold; the others
 * are made up and match nothing. With thresholds of 0, all that matches is stored.
 */
export async function openPipeline(options: {
  keywords: number;
  wanted: readonly string[];
  databaseUrl?: string;
}): Promise<Pipeline> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  const db = await openDatabase(options.databaseUrl ?? `sqlite:${join(folder, 'bench.db')}`);
  await migrateUp(db);
  const stores = createStores(db);
  const now = new Date();
  await stores.workspaces.save({ id: WORKSPACE, name: 'Bench', botUserId: 'U1', createdAt: now });
  await stores.workspaces.changeSettings(WORKSPACE, { ...DEFAULT_SETTINGS, channelId: 'C1' });
  for (let index = 0; index < options.keywords; index += 1) {
    await stores.keywords.add(keyword(index, options.wanted[index] ?? `sampleword${index}`, now));
  }
  const newId = createIds(() => new Date());
  const deps: KeepDeps = {
    stores,
    match: createMatching(),
    learned: createLearning(stores, () => 'a key for the bench only'),
    hashAuthor: authorHasher('a key for the bench only, of no worth'),
    clock: () => new Date(),
    newId,
    jitter: () => 1,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    notice: async () => undefined,
  };
  const sources = Array.from({ length: SOURCES }, () => sourceRecord(newId()));
  for (const source of sources) await stores.sources.add(source);
  let turn = 0;
  return {
    async take(posts) {
      turn += 1;
      const source = sources[turn % SOURCES]!;
      const cursor = String(turn);
      const heard = {
        posts: [...posts],
        deleted: [],
        cursor,
        gap: null,
        movedTo: null,
        nextPollAt: new Date(),
      };
      const report = await keep(deps, source, heard, false);
      if (report.outcome !== 'polled') throw new Error('the bench lost a poll');
      source.cursor = cursor;
    },
    stored: () => stores.mentions.count(WORKSPACE, {}),
    async close() {
      await db.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function sourceRecord(id: string): SourceRecord {
  const at = new Date();
  return {
    id,
    workspaceId: WORKSPACE,
    kind: 'feed',
    address: `https://bench.example/${id}`,
    label: 'bench',
    intervalSeconds: 900,
    paused: false,
    cursor: '0',
    nextPollAt: at,
    lastSuccessAt: at,
    failures: 0,
    failure: null,
    failingSince: null,
    gap: null,
    gapAt: null,
    rhythm: NEW_RHYTHM,
    createdBy: 'U1',
    createdAt: at,
  };
}

function keyword(index: number, query: string, createdAt: Date): Keyword {
  return {
    id: `k${index}`,
    workspaceId: WORKSPACE,
    query,
    channelId: null,
    postThreshold: 0.5,
    digestThreshold: 0,
    paused: false,
    createdBy: 'U1',
    createdAt,
  } as Keyword;
}
