import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drain } from '../../src/flows/outbox.ts';
import { buttonsIn } from '../helpers/blocks.ts';
import { eventually } from '../helpers/eventually.ts';
import type { Fate } from '../helpers/slack-standin.ts';
import { slackWorld, type SlackWorld } from '../helpers/slack-world.ts';

/** What Slack may do for an hour. */
const WEATHER: Readonly<Record<string, Fate>> = {
  'asks to wait a quarter of an hour (429)': { retryAfter: 900 },
  'answers 500': { status: 500 },
  'answers ratelimited': { error: 'ratelimited', response_metadata: { retryAfter: 900 } },
  'answers fatal_error': { error: 'fatal_error' },
  'breaks off in the middle of every answer': 'half',
  'is silent': 'silence',
};

/** Cards of one mention that stand in the channel. */
function cardsOf(it: SlackWorld, id: string) {
  return [...it.slack.messages.values()].filter(
    ({ threadTs, metadata }) => threadTs === null && JSON.stringify(metadata).includes(id),
  );
}

for (const [what, fate] of Object.entries(WEATHER)) {
  test(`when Slack ${what} for an hour, all comes out once afterwards, clicks too`, async (t) => {
    const it = await slackWorld(t, { timeoutMs: 1000 });
    for (const method of ['history', 'replies']) it.slack.unknown.delete(`conversations.${method}`);
    const { mention, ts } = await it.carded();
    await it.slack.press('U1SAM', { message: ts }, 'Claim');
    await it.slack.until('Sam has it', () => it.thread(ts).includes('claimed by Sam'));

    it.slack.weather = fate;
    const found = await it.found({}, {}, {});
    await it.slack.press('U1SAM', { message: ts }, 'Release');
    for (let minutes = 0; minutes < 60; minutes += 20) {
      await drain(it, it.workspaceId);
      it.later(20);
    }
    await eventually('the click counts', async () => (await it.now(mention.id)).status === 'open');
    if (fate !== 'half') for (const { id } of found) assert.equal(cardsOf(it, id).length, 0);

    it.slack.weather = null;
    const { mentions } = it.stores;
    await eventually('all is out', async () => {
      // What was under way in the bad weather ends in it, and needs one more round.
      it.later(1);
      await drain(it, it.workspaceId);
      const left = await Promise.all([
        mentions.stale(it.workspaceId, 10),
        mentions.waiting(it.workspaceId, 10),
        mentions.unlogged(it.workspaceId, 10),
      ]);
      return left.every((rows) => rows.length === 0);
    });
    for (const { id } of found) {
      const [card, ...more] = cardsOf(it, id);
      assert.ok(card !== undefined && more.length === 0, `${1 + more.length} cards`);
      assert.equal(it.thread(card.ts).length, 1, 'one line under it');
    }
    const shown = buttonsIn(it.slack.messages.get(ts)?.blocks);
    assert.deepEqual(shown, ['Claim', 'Open post', 'Dismiss']);
    const lines = it.thread(ts).slice(-2);
    assert.ok(/^claimed by Sam$/u.test(lines[0] ?? '') && /^released by Sam/u.test(lines[1] ?? ''));
    const errors = it.log.lines.filter(({ level }) => level === 'error');
    assert.deepEqual(errors, [], 'nothing that a person must see to');
  });
}
