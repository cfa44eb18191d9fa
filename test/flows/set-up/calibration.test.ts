import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibrate } from '../../../src/flows/set-up/calibration.ts';
import { world } from '../../helpers/flows.ts';
import { minutesAfter, sampleMention, samplePoll } from '../../helpers/samples.ts';

const verdict = (negativity: number, judged = true) => ({
  ...sampleMention().verdict,
  negativity,
  judged,
});

test('each threshold is shown with what it would have let through and what the team made of it', async (t) => {
  const it = await world(t);
  const { workspaceId, keywordId, sourceId } = it;
  const old = { foundAt: minutesAfter(-29 * 24 * 60), verdict: verdict(0.9) };
  await it.found(
    { verdict: verdict(0.9), status: 'answered', answeredAt: it.clock() },
    { verdict: verdict(0.62), status: 'dismissed', dismissedReason: 'not-negative' },
    { verdict: verdict(0.85), status: 'expired', dismissedReason: 'spam' },
    { verdict: verdict(0.9, false), status: 'answered', answeredAt: it.clock() },
    { ...old, status: 'answered', answeredAt: it.clock() },
  );
  const source = (await it.stores.sources.find(workspaceId, sourceId))!;
  const counts = [
    { keywordId, step: 18, posts: 1 },
    { keywordId, step: 17, posts: 1 },
    { keywordId, step: 12, posts: 1 },
    { keywordId, step: 7, posts: 4 },
    { keywordId, step: 0, posts: 30 },
    { keywordId: 'another', step: 19, posts: 9 },
  ];
  await it.stores.sources.commitPoll(samplePoll(source, [], { counts }));
  const table = await calibrate(it, {
    workspaceId,
    keywordId,
    thresholds: [0.35, 0.8, 0.5, 0.5, 0.2],
  });
  assert.equal(table?.matched, 37);
  assert.deepEqual(table?.rows, [
    { from: 0.8, posts: 2, answered: 1, notNegative: 0 },
    { from: 0.5, posts: 3, answered: 1, notNegative: 1 },
    { from: 0.35, posts: 7, answered: 1, notNegative: 1 },
    { from: 0.2, posts: 7, answered: 1, notNegative: 1 },
  ]);
});

test('without such a keyword there is no table', async (t) => {
  const it = await world(t);
  const request = { workspaceId: it.workspaceId, keywordId: 'nothing', thresholds: [0.5] };
  assert.equal(await calibrate(it, request), null);
});
