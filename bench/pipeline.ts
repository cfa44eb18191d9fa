/** What happens to posts between a source and the database, with a real database in a folder that goes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Post } from '../src/core/post.ts';
import { DEFAULT_SETTINGS, type Keyword, type SourceRecord } from '../src/core/ports.ts';
import { NEW_RHYTHM } from '../src/core/rhythm.ts';
import type { Http } from '../src/core/source.ts';
import { keep } from '../src/flows/hear/keep.ts';
import { createLearning } from '../src/flows/hear/learn.ts';
import { createMatching } from '../src/flows/hear/matching.ts';
import { pollSource, type PollDeps } from '../src/flows/hear/poll.ts';
import { feed } from '../src/sources/feed.ts';
import { openDatabase } from '../src/store/db.ts';
import { createStores } from '../src/store/index.ts';
import { migrateUp } from '../src/store/migrate.ts';
import { authorHasher, createIds } from '../src/secret.ts';

export interface Pipeline {
  /** Polls the source of an address that was given, as the schedule does; answers with its posts. */
  poll(address: string, signal: AbortSignal): Promise<number>;
  /** Matches, judges, redacts and stores posts as if a poll had brought them; sources take turns. */
  take(posts: readonly Post[]): Promise<void>;
  /** Mentions stored so far. */
  stored(): Promise<number>;
  close(): Promise<void>;
}

export interface PipelineOptions {
  keywords: number;
  /** The words that the posts really hold; the other keywords are made up and match nothing. */
  wanted: readonly string[];
  addresses: readonly string[];
  http?: Http;
  databaseUrl?: string;
}

const WORKSPACE = 'T1';
const SECRET = 'a key for the bench only, of no worth';

/**
 * A workspace with keywords and sources. Each source has been heard before, so that nothing is a
 * silent first look, and with thresholds of 0 all that matches is stored.
 */
export async function openPipeline(options: PipelineOptions): Promise<Pipeline> {
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
  const clock = () => new Date();
  const deps: PollDeps = {
    stores,
    clock,
    match: createMatching(),
    learned: createLearning(stores, () => SECRET),
    hashAuthor: authorHasher(SECRET),
    newId: createIds(clock),
    jitter: () => 1,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    notice: async () => undefined,
    sources: [feed],
    http: options.http ?? NO_NETWORK,
    sourceSettings: {},
    timeoutSeconds: 60,
  };
  const records = options.addresses.map((address) => sourceRecord(deps.newId(), address));
  for (const record of records) await stores.sources.add(record);
  const idOf = new Map(records.map(({ address, id }) => [address, id]));
  let turn = 0;
  return {
    async poll(address, signal) {
      const report = await pollSource(deps, WORKSPACE, idOf.get(address) ?? '', signal);
      if (report.outcome !== 'polled') throw new Error(`${address}: ${report.outcome}`);
      return report.posts;
    },
    async take(posts) {
      turn += 1;
      const record = records[turn % records.length]!;
      const cursor = String(turn);
      const heard = {
        ...{ posts: [...posts], deleted: [], cursor, gap: null, movedTo: null },
        nextPollAt: clock(),
      };
      const report = await keep(deps, record, heard, false);
      if (report.outcome !== 'polled') throw new Error('the bench lost a poll');
      record.cursor = cursor;
    },
    stored: () => stores.mentions.count(WORKSPACE, {}),
    async close() {
      await db.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function refuse(): never {
  throw new Error('this bench uses no network');
}
const NO_NETWORK: Http = { get: refuse, guard: refuse };

function sourceRecord(id: string, address: string): SourceRecord {
  const at = new Date();
  return {
    ...{ id, workspaceId: WORKSPACE, kind: 'feed', address, label: 'bench', paused: false },
    ...{ intervalSeconds: 900, cursor: '0', nextPollAt: at, lastSuccessAt: at },
    ...{ failures: 0, failure: null, failingSince: null, gap: null, gapAt: null },
    ...{ rhythm: NEW_RHYTHM, createdBy: 'U1', createdAt: at },
  };
}

function keyword(index: number, query: string, createdAt: Date): Keyword {
  return {
    ...{ id: `k${index}`, workspaceId: WORKSPACE, query, channelId: null, paused: false },
    ...{ postThreshold: 0.5, digestThreshold: 0, createdBy: 'U1', createdAt },
  };
}
