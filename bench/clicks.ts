/**
 * A thousand clicks of fifty people on two hundred cards, against a Slack stand-in over a real
 * WebSocket, with the database on disk. Stand-in and Earshot share one process here, so the figures
 * hold the work of both.
 */
import type { TestContext } from 'node:test';
import { clickAll, percentile } from '../test/helpers/clicks.ts';
import { slackWorld } from '../test/helpers/slack-world.ts';

export interface ClickRow {
  'who clicks': string;
  clicks: number;
  'acknowledged, p50 ms': number;
  'p99 ms': number;
  'slowest ms': number;
  'all cards and lines done, s': number;
}

export async function run(): Promise<ClickRow[]> {
  return [await once('fifty at a time', false), await once('all thousand at once', true)];
}

async function once(who: string, hurry: boolean): Promise<ClickRow> {
  const ends: (() => unknown)[] = [];
  const after = (end: () => unknown) => void ends.push(end);
  try {
    const it = await slackWorld({ after } as unknown as TestContext);
    const { acknowledged, settled } = await clickAll(it, hurry);
    return {
      'who clicks': who,
      clicks: acknowledged.length,
      'acknowledged, p50 ms': Math.round(percentile(acknowledged, 0.5)),
      'p99 ms': Math.round(percentile(acknowledged, 0.99)),
      'slowest ms': Math.round(acknowledged.at(-1) ?? 0),
      'all cards and lines done, s': Math.round(settled / 100) / 10,
    };
  } finally {
    for (const end of ends.reverse()) await end();
  }
}
