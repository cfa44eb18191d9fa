import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLICKS, clickAll, percentile } from './helpers/clicks.ts';
import { slackWorld } from './helpers/slack-world.ts';

/** Slack waits three seconds; a busy machine that also counts every promise is given more. */
const PATIENCE_MS = 30_000;

test('a thousand clicks of fifty people on two hundred cards: one winner each, nothing doubled', async (t) => {
  const it = await slackWorld(t);
  const { acknowledged, cards } = await clickAll(it);
  const [p50, p99] = [percentile(acknowledged, 0.5), percentile(acknowledged, 0.99)];
  t.diagnostic(`acknowledged after ${p50.toFixed(0)} ms (p50), ${p99.toFixed(0)} ms (p99)`);
  assert.equal(acknowledged.length, CLICKS.people * CLICKS.each);
  assert.ok((acknowledged.at(-1) ?? 0) < PATIENCE_MS, 'every click is acknowledged');

  const winners = new Map<string, string>();
  for (const { id, cardTs } of cards) {
    const mention = await it.now(id);
    assert.equal(mention.status, 'claimed');
    const events = await it.stores.mentions.events(it.workspaceId, id);
    const claims = events.filter(({ type }) => type === 'claimed');
    assert.deepEqual(
      claims.map(({ actor }) => actor),
      [mention.claimedBy],
    );
    const lines = it.thread(cardTs ?? '').filter((line) => line.startsWith('claimed by '));
    assert.equal(lines.length, 1, 'one line a card');
    winners.set(id, mention.claimedBy ?? '');
  }
  const posted = it.slack.of('chat.postMessage').length;
  assert.equal(
    posted,
    3 * cards.length,
    'a card, the line that it was found, and one of its claim',
  );
  const late = it.slack.ephemerals;
  assert.equal(late.length, CLICKS.people * CLICKS.each - cards.length);
  for (const { text } of late) assert.match(text, /already claimed by|by you already/u);
});
