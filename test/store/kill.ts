import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Knex } from 'knex';
import type { Stores } from '../../src/core/ports.ts';
import { isSqlite } from '../../src/store/db.ts';
import { createStores } from '../../src/store/index.ts';
import { sampleSource, sampleWorkspace } from '../helpers/samples.ts';

const WRITER = ['--import', 'tsx', fileURLToPath(new URL('killed-writer.ts', import.meta.url))];

/** A process writes to the database until it dies by SIGKILL right before its n-th statement. */
async function killedBefore(n: number, url: string): Promise<void> {
  const writer = spawn(process.execPath, [...WRITER, url, String(n)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = (await once(writer, 'exit')) as [number | null, string | null];
  assert.equal(signal, 'SIGKILL', 'the writer ended by itself');
}

/** A process writes to the database until somebody kills it somewhere in its n-th statement. */
async function killedDuring(n: number, url: string): Promise<void> {
  const writer = spawn(process.execPath, [...WRITER, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let statements = 0;
  writer.stdout.on('data', (dots: Buffer) => {
    statements += dots.length;
    if (statements >= n) writer.kill('SIGKILL');
  });
  const [, signal] = (await once(writer, 'exit')) as [number | null, string | null];
  assert.equal(signal, 'SIGKILL', 'the writer ended by itself');
}

/** Of the writer: one reading, a poll, a change, and the beginning of the next. */
const STATEMENTS = 14;

/** The cursor says how many posts were taken, and every version of a mention has its event. */
async function assertConsistent({ mentions, sources }: Stores): Promise<void> {
  const all = await mentions.list('T1', {}, { order: 'oldest' });
  assert.equal(all.length, Number((await sources.find('T1', 's1'))!.cursor));
  for (const mention of all) {
    const events = await mentions.events('T1', mention.id);
    assert.deepEqual(
      events.map(({ version }) => version),
      Array.from({ length: mention.version - 1 }, (_, i) => i + 2),
    );
    const last = events.at(-1)?.type;
    const statusOf = {
      posted: 'open',
      claimed: 'claimed',
      released: 'open',
      withdrawn: 'withdrawn',
    };
    const expected = last === undefined ? 'detected' : statusOf[last as keyof typeof statusOf];
    assert.equal(mention.status, expected);
  }
}

/**
 * In one snapshot: what a killed writer had sent off may still be committed by Postgres while the
 * test reads.
 */
async function assertSoundSnapshot(db: Knex): Promise<void> {
  const config = isSqlite(db) ? {} : { isolationLevel: 'repeatable read' as const };
  await db.transaction((trx) => assertConsistent(createStores(trx)), config);
}

/** Deaths at every statement of a poll and of a change, then anywhere; nothing may be half written. */
export async function surviveKills(db: Knex, url: string): Promise<void> {
  const stores = createStores(db);
  await stores.workspaces.save(sampleWorkspace());
  await stores.sources.add(sampleSource({ id: 's1', cursor: '0' }));
  for (let n = 1; n <= STATEMENTS; n += 1) {
    await killedBefore(n, url);
    await assertSoundSnapshot(db);
  }
  for (const n of [20, 47, 90]) {
    await killedDuring(n, url);
    await assertSoundSnapshot(db);
  }
  assert.ok((await stores.mentions.count('T1', {})) > 0);
}
