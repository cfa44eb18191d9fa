/**
 * Moves a database in small batches, and kills itself after some of them, so that a test sees what a
 * SIGKILL leaves. Arguments: from, to, after how many batches.
 */
import { nameOf, openDatabase } from '../../../src/store/db.ts';
import { moveDatabase } from '../../../src/store/move/move.ts';

const [from, to, last] = process.argv.slice(2) as [string, string, string];
const source = await openDatabase(from, { alone: true });
const target = await openDatabase(to, { alone: true });
let batches = 0;
await moveDatabase(source, target, {
  sourceName: nameOf(from),
  batch: 7,
  onProgress() {
    batches += 1;
    if (batches === Number(last)) process.kill(process.pid, 'SIGKILL');
  },
});
await target.destroy();
await source.destroy();
