import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../helpers/stores.ts';
import { buildVictim } from './herd.ts';
import { killMany } from './kill.ts';

test('killed at steps of a mention’s way and in between, Earshot loses nothing and wins nothing twice', async (t) => {
  const report = await killMany({
    databaseUrl: `sqlite:${join(temporaryFolder(t), 'earshot.db')}`,
    forums: 1,
    history: true,
    runs: 6,
    steps: ['posted-not-recorded', 'claim-committed', 'swept'],
    seed: 1,
    program: await buildVictim(),
  });
  const { mentionsLost, linesLost, cardsDoubled, claimsWonTwice, brokenHistories } = report;
  assert.deepEqual(
    { mentionsLost, linesLost, cardsDoubled, claimsWonTwice, brokenHistories },
    { mentionsLost: 0, linesLost: 0, cardsDoubled: 0, claimsWonTwice: 0, brokenHistories: 0 },
  );
  const kills = Object.values(report.kills).reduce((sum, count) => sum + count, 0);
  assert.equal(kills, 6);
  assert.ok(report.mentions > 0 && report.events > 0);
});
