/** A process that has nothing to do: how soon it is there, its memory, its share of a core. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Figure, Section } from './figures.ts';
import { openPlace, ROOT } from './process.ts';

const STARTS = 5;
const SETTLING_MS = 120_000;
const RUNS = 3;
const RUN_MS = 20_000;

export async function run(): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-built-'));
  try {
    const built = build(folder);
    return {
      title: 'At rest',
      about: `On an empty SQLite database and a stand-in for Slack, from JavaScript (\`npm run build\`, as the container and the unit of systemd run it) and from TypeScript (\`npm start\` in a checkout). Started until it says that it listens; then left alone for ${SETTLING_MS / 60_000} minutes, and watched for the next.`,
      figures: [
        ...(await watch('built', [built, 'start'])),
        ...(await watch('checkout', ['--import', 'tsx', 'src/cli.ts', 'start'])),
      ],
      notes: [],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As `npm run build` does it, but elsewhere; answers with the path of the program. */
function build(folder: string): string {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', folder], {
    cwd: ROOT,
  });
  for (const path of ['src/sandbox/page', 'src/slack/manifest.json', 'package.json']) {
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'src/cli.js');
}

async function watch(what: string, command: readonly string[]): Promise<Figure[]> {
  const starts: number[] = [];
  for (let turn = 0; turn < STARTS; turn += 1) {
    const place = await openPlace();
    starts.push((await place.start(command)).startSeconds);
    await place.end();
  }
  const place = await openPlace();
  const running = await place.start(command);
  await pause(SETTLING_MS);
  const shares: number[] = [];
  const sizes: number[] = [];
  for (let turn = 0; turn < RUNS; turn += 1) {
    const before = running.processorSeconds();
    await pause(RUN_MS);
    shares.push(((running.processorSeconds() - before) / RUN_MS) * 1000 * 100);
    sizes.push(running.megabytes());
  }
  await place.end();
  const common = { who: 'Earshot', better: 'less' as const };
  return [
    { ...common, what: `${what}, start`, unit: 's', runs: starts },
    { ...common, what: `${what}, memory`, unit: 'MB', runs: sizes },
    { ...common, what: `${what}, processor`, unit: '% of a core', runs: shares },
  ];
}
