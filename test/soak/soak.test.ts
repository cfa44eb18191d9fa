import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../helpers/stores.ts';
import { soak } from './soak.ts';

const MEGABYTE = 2 ** 20;

test('days of work leave nothing behind but what is kept: memory, files, sockets and text are flat', async (t) => {
  const retentionDays = 1;
  const { days, warnings, failures } = await soak({
    ...{ path: join(temporaryFolder(t), 'earshot.db'), days: 4, feeds: 3, retentionDays },
    ...{ stepMinutes: 120, postHours: 2 },
  });
  assert.deepEqual([warnings, failures], [[], 0]);
  const [, early, , last] = days;
  assert.ok(early !== undefined && last !== undefined);
  assert.ok(last.mentions > early.mentions && early.mentions > 0, 'it has work to do');
  assert.ok(last.heapBytes - early.heapBytes < 10 * MEGABYTE, JSON.stringify(days));
  assert.ok(last.files <= early.files + 4, JSON.stringify(days));
  assert.ok(last.resources <= early.resources + 4, JSON.stringify(days));
  // Text goes when its time is over, so two days of it are the most that there is.
  assert.ok(last.textKept <= early.textKept * 1.5, JSON.stringify(days));
  const growth = last.databaseBytes - early.databaseBytes;
  assert.ok(growth / (last.mentions - early.mentions) < 10_000, `${growth} bytes`);
});
