/** A process that has nothing to do: how soon it is there, its memory, its share of a core. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Section } from './figures.ts';
import { openPlace } from './process.ts';

const STARTS = 5;
const SETTLING_MS = 60_000;
const RUNS = 3;
const RUN_MS = 20_000;

export async function run(): Promise<Section> {
  const starts: number[] = [];
  for (let turn = 0; turn < STARTS; turn += 1) {
    const place = await openPlace();
    starts.push((await place.start('../src/cli.ts', ['start'])).startSeconds);
    await place.end();
  }
  const place = await openPlace();
  const running = await place.start('../src/cli.ts', ['start']);
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
  return {
    title: 'At rest',
    about: `\`npm start\` on an empty SQLite database and a stand-in for Slack. Started until it says that it listens; then left alone for a minute, and watched for the next.`,
    figures: [
      { ...common, what: 'start', unit: 's', runs: starts },
      { ...common, what: 'memory', unit: 'MB', runs: sizes },
      { ...common, what: 'processor', unit: '% of a core', runs: shares },
    ],
    notes: [],
  };
}
