/**
 * A thousand clicks of fifty people on two hundred cards, against a Slack stand-in over a real
 * WebSocket, with the database on disk. Stand-in and Earshot share one process here, so the figures
 * hold the work of both.
 */
import type { TestContext } from 'node:test';
import { clickAll, CLICKS, percentile, type Clicked } from '../test/helpers/clicks.ts';
import { slackWorld } from '../test/helpers/slack-world.ts';
import type { Figure, Section } from './figures.ts';

const RUNS = 3;

export async function run(): Promise<Section> {
  const figures = [
    ...figuresOf('50 people, one click after the other', await repeated(false)),
    ...figuresOf('all thousand clicks at once', await repeated(true)),
  ];
  return {
    title: 'A rush of clicks',
    about: `${CLICKS.people} people claim ${CLICKS.each} cards each without a pause, five people the same card; of the five one wins. Stand-in and Earshot share one process and one core.`,
    figures,
    notes: [],
  };
}

async function repeated(hurry: boolean): Promise<Clicked[]> {
  const runs: Clicked[] = [];
  for (let turn = 0; turn < RUNS; turn += 1) runs.push(await once(hurry));
  return runs;
}

async function once(hurry: boolean): Promise<Clicked> {
  const ends: (() => unknown)[] = [];
  const after = (end: () => unknown) => void ends.push(end);
  try {
    // All that it wants of a test is to be told when that is over.
    return await clickAll(await slackWorld({ after } as unknown as TestContext), hurry);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

function figuresOf(what: string, runs: readonly Clicked[]): Figure[] {
  const common = { who: 'Earshot', better: 'less' as const };
  const at = (share: number) => runs.map(({ acknowledged }) => percentile(acknowledged, share));
  return [
    { ...common, what: `${what}: acknowledged, median`, unit: 'ms', runs: at(0.5) },
    { ...common, what: `${what}: acknowledged, p99`, unit: 'ms', runs: at(0.99) },
    {
      ...{ ...common, what: `${what}: every card and line there`, unit: 's' },
      runs: runs.map(({ settled }) => settled / 1000),
    },
  ];
}
