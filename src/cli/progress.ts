import type { WriteStream } from 'node:tty';
import type { MoveProgress } from '../store/move/move.ts';

const BAR = 30;
/** Where nobody watches, a line each so many rows is enough. */
const ROWS_A_LINE = 100_000;

/** A bar that is drawn over itself on a terminal; elsewhere a line a table, and now and then one. */
export function showProgress(
  out: Pick<WriteStream, 'write'> & { isTTY?: boolean },
): (progress: MoveProgress) => void {
  return out.isTTY ? (progress) => void out.write(bar(progress)) : plain(out);
}

function bar({ step, table, rows, total }: MoveProgress): string {
  const part = total === 0 ? 1 : Math.min(1, rows / total);
  const full = Math.round(part * BAR);
  const percent = String(Math.floor(part * 100)).padStart(3);
  const text = `${step} ${table.padEnd(16)} [${'#'.repeat(full)}${'-'.repeat(BAR - full)}] ${percent} %`;
  return `\r\u001b[K${text} of ${total}${rows >= total ? '\n' : ''}`;
}

function plain(out: Pick<WriteStream, 'write'>): (progress: MoveProgress) => void {
  let told = 0;
  return ({ step, table, rows, total }) => {
    if (rows < told) told = 0;
    if (rows < total && rows - told < ROWS_A_LINE) return;
    told = rows < total ? rows : 0;
    out.write(`${step} ${table}: ${rows} of ${total}\n`);
  };
}
