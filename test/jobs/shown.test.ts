import assert from 'node:assert/strict';
import { test } from 'node:test';
import { status } from '../../src/flows/report/report.ts';
import { createMatching } from '../../src/flows/hear/matching.ts';
import { createMetrics } from '../../src/metrics.ts';
import { statusMessage } from '../../src/slack/blocks/status.ts';
import { reading } from '../helpers/blocks.ts';
import { world } from '../helpers/flows.ts';
import { NOON } from '../helpers/samples.ts';

test('the status of a workspace names the jobs that were given up, and says that nothing is lost by it', async (t) => {
  const it = await world(t);
  const asked: string[] = [];
  const figures = await status(
    {
      ...{ ...it, match: createMatching() },
      async deadLetters(workspaceId) {
        asked.push(workspaceId);
        return [{ chore: 'poll', count: 3, lastAt: NOON }];
      },
    },
    it.workspaceId,
  );
  assert.deepEqual(asked, [it.workspaceId]);
  const read = reading(statusMessage(figures, null).blocks);
  assert.match(read, /3 jobs \(poll\) failed to the last retry.*What is due is tried again/u);
});

test('jobs are counted by chore and outcome, dead letters as they stand', async () => {
  const metrics = createMetrics();
  metrics.job('poll', 'done');
  metrics.job('poll', 'failed');
  metrics.deadJobs(2);
  const text = await metrics.text();
  assert.match(text, /earshot_jobs_total\{chore="poll",outcome="failed"\} 1/u);
  assert.match(text, /earshot_dead_jobs 2/u);
});
