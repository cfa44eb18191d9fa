import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createChores } from '../src/chores.ts';
import { createMetrics } from '../src/metrics.ts';
import { forgetNames } from '../src/flows/erase.ts';
import { fakePlace } from './helpers/place.ts';
import { slackFlows, slackWorld } from './helpers/slack-world.ts';

const DAY = 24 * 60;

test('sweeps, erasures, answers and the lag of the sweep are counted, without a name', async (t) => {
  const place = fakePlace();
  const settings = { brandAccounts: ['feed:acme_care'] };
  const it = await slackWorld(t, { sources: [place.source], settings });
  const flows = { ...slackFlows(it, [place.source]), notice: async () => {}, jitter: () => 1 };
  const metrics = createMetrics();
  const chores = createChores(flows, async () => {}, metrics, null);
  const { signal } = new AbortController();
  const shown = async (name: string) =>
    (await metrics.text()).split('\n').filter((line) => line.startsWith(name));
  const [gone, answered] = [await it.carded(), await it.carded()];
  const url = 'https://forum.example/answers/1';
  const reply = { externalId: 'r1', url, author: 'acme_care', text: 'On it.' };
  place.replies?.set(answered.mention.externalId, [{ ...reply, publishedAt: it.clock() }]);
  it.later(20);
  await chores.verify(it.workspaceId, signal);
  assert.deepEqual(await shown('earshot_answers_total'), [
    'earshot_answers_total{outcome="waiting"} 1',
    'earshot_answers_total{outcome="verified"} 1',
  ]);
  place.existence.set(gone.mention.externalId, 'gone');
  await chores.sweep(it.workspaceId, signal);
  it.later(6);
  await chores.sweep(it.workspaceId, signal);
  const swept = (await shown('earshot_swept_total')).map((line) => line.replace(/.*outcome=/u, ''));
  assert.deepEqual(swept, ['"there"} 1', '"missed"} 1', '"gone"} 1', '"unknown"} 0']);
  assert.deepEqual(await shown('earshot_erased_total'), [
    'earshot_erased_total{reason="age"} 0',
    'earshot_erased_total{reason="gone"} 1',
  ]);
  await chores.observe();
  await chores.observe();
  assert.deepEqual(await shown('earshot_sweep_lag_seconds'), ['earshot_sweep_lag_seconds 0']);
  it.later(DAY + 60);
  await chores.observe();
  const [, lag] = /earshot_sweep_lag_seconds (\d+)/u.exec(await metrics.text()) ?? [];
  assert.ok(Number(lag) > 0, 'a sweep that does not come is late');
  assert.doesNotMatch(await metrics.text(), /sample_user|forum\.example/u);
});

test('the log forgets by whom after the days that the settings say; the figures stay', async (t) => {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await it.slack.until('the thread says who claimed it', () =>
    it.thread(ts).some((line) => line.includes('claimed by Sam')),
  );
  await it.slack.press('U1SAM', { message: ts }, 'Release');
  await it.slack.until('the thread says who released it', () =>
    it.thread(ts).some((line) => line.includes('released by Sam')),
  );
  const held = () => readFileSync(it.path).includes('U1SAM');
  it.later(179 * DAY);
  assert.equal(await forgetNames(it, it.workspaceId), 0);
  await it.stores.mentions.settle();
  assert.ok(held());
  it.later(2 * DAY);
  assert.equal(await forgetNames(it, it.workspaceId), 2);
  assert.ok(!held(), 'no byte of the file names them');
  const events = await it.stores.mentions.events(it.workspaceId, mention.id);
  assert.deepEqual(
    events.map(({ type, actor }) => [type, actor]),
    [
      ['posted', 'system'],
      ['claimed', 'somebody'],
      ['released', 'somebody'],
    ],
  );
});
