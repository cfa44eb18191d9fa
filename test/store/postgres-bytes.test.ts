import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Knex } from 'knex';
import { eventually } from '../helpers/eventually.ts';
import { startPostgres } from '../helpers/postgres.ts';
import { minutesAfter, NOON, sampleEvent, sampleMention } from '../helpers/samples.ts';
import { furnished, store } from './contract/open.ts';

const postgres = await startPostgres();

test(
  'names that the log let go are not left in the file of its table on Postgres, and it is vacuumed once a day',
  { skip: typeof postgres === 'string' ? postgres : false },
  async (t) => {
    if (typeof postgres === 'string') return;
    const { stores, db } = await postgres.stores();
    await furnished(async () => stores, t);
    for (let number = 0; number < 20; number += 1) {
      const [actor, at] = number % 2 === 0 ? ['UOLDNAME', NOON] : ['UNEWNAME', minutesAfter(90)];
      const mention = sampleMention();
      await store(stores, mention);
      const next = { ...mention, version: 2, status: 'open' as const, openedAt: NOON };
      await stores.mentions.apply(next, [sampleEvent(next, { actor, at: at as Date })]);
    }
    assert.deepEqual([await inFile(db, 'UOLDNAME'), await inFile(db, 'UNEWNAME')], [10, 10]);
    assert.equal(await stores.staff.forget('T1', minutesAfter(60), 100), 10);
    const settled: string[] = [];
    // The server counts what is to be vacuumed a moment later.
    await eventually('the log is vacuumed', async () => {
      settled.push(...(await stores.staff.settle()));
      return settled.includes('events');
    });
    assert.deepEqual([await inFile(db, 'UOLDNAME'), await inFile(db, 'UNEWNAME')], [0, 10]);

    assert.equal(await stores.staff.forget('T1', minutesAfter(100), 100), 10);
    assert.equal((await stores.staff.settle()).includes('events'), false, 'not twice a day');
  },
);

/** How often a word stands in the file of the log's table. */
async function inFile(db: Knex, word: string): Promise<number> {
  await db.raw('CHECKPOINT');
  const { rows } = (await db.raw(
    `SELECT current_setting('data_directory') AS folder, pg_relation_filepath('events') AS file`,
  )) as { rows: [{ folder: string; file: string }] };
  const [{ folder, file }] = rows;
  return readFileSync(join(folder, file)).toString('latin1').split(word).length - 1;
}
