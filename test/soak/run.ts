/**
 * `npm run soak`: a week of simulated time in a few minutes, and what it left behind, day by day.
 * `npm run soak -- DAYS FEEDS STEP_MINUTES` for another length.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { soak, type DayFigures } from './soak.ts';

const [days = 7, feeds = 20, stepMinutes = 15] = process.argv.slice(2).map(Number);
const RETENTION_DAYS = 2;
const MEGABYTE = 2 ** 20;

const HEADS = [
  'day',
  'polls',
  'mentions',
  'text kept KB',
  'database MB',
  'heap MB',
  'files',
  'busy',
];

function row(cells: readonly (string | number)[]): string {
  return cells.map((cell, index) => String(cell).padStart(HEADS[index]!.length + 2)).join('');
}

function show(one: DayFigures): void {
  const { day, polls, mentions, textKept, databaseBytes, heapBytes, files, resources } = one;
  const megabytes = (bytes: number) => (bytes / MEGABYTE).toFixed(2);
  const cells = [day, polls, mentions, Math.round(textKept / 1024), megabytes(databaseBytes)];
  console.log(row([...cells, megabytes(heapBytes), files, resources]));
}

const folder = mkdtempSync(join(tmpdir(), 'earshot-soak-'));
try {
  console.log(
    `${days} days of simulated time, ${feeds} feeds with a post every two hours, a round of all work every ${stepMinutes} minutes; text is kept for ${RETENTION_DAYS} days after a mention's end.`,
  );
  console.log(row(HEADS));
  const started = performance.now();
  const {
    days: figures,
    warnings,
    failures,
  } = await soak({
    ...{ path: join(folder, 'earshot.db'), days, feeds, stepMinutes, postHours: 2 },
    retentionDays: RETENTION_DAYS,
    onDay: show,
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  const settled = figures[Math.min(RETENTION_DAYS, figures.length - 1)]!;
  const last = figures.at(-1)!;
  const rows = last.mentions - settled.mentions;
  const growth = last.databaseBytes - settled.databaseBytes;
  console.log(`It took ${seconds} s; ${failures} failures, ${warnings.length} warnings.`);
  for (const warning of new Set(warnings)) console.log(warning);
  if (rows > 0) {
    console.log(
      `From day ${settled.day} on the database grew by ${Math.round(growth / rows)} bytes for each of ${rows} mentions whose figures and log are kept, and kept text by ${last.textKept - settled.textKept} characters.`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
