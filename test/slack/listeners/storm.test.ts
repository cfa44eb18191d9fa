import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { drain } from '../../../src/flows/tell/outbox.ts';
import { buttonsIn, reading } from '../../helpers/blocks.ts';
import { slackWorld, type SlackWorld } from '../../helpers/slack-world.ts';

async function stormy(t: TestContext): Promise<{ it: SlackWorld; ts: string }> {
  const it = await slackWorld(t, { settings: { burstCards: 10, stormFrom: 15 } });
  await it.found(...Array.from({ length: 16 }, () => ({})));
  await drain(it, it.workspaceId);
  const [ts] = [...it.slack.messages.keys()];
  return { it, ts: ts! };
}

const shown = (it: SlackWorld, ts: string) => reading(it.slack.messages.get(ts)?.blocks);

test('the storm is claimed once, and its card says by whom at once', async (t) => {
  const { it, ts } = await stormy(t);
  assert.deepEqual(buttonsIn(it.slack.messages.get(ts)?.blocks), ['Claim the storm', 'Next 5']);
  const stale = structuredClone(it.slack.messages.get(ts));
  await it.slack.press('U1SAM', { message: ts }, 'Claim the storm');
  await it.slack.until('the card names Sam', () => /In the hands of Sam/u.test(shown(it, ts)));
  Object.assign(it.slack.messages.get(ts) ?? {}, stale);
  await it.slack.press('U2KIM', { message: ts }, 'Claim the storm');
  await it.slack.until('Kim is told', () => it.slack.ephemerals.length === 1);
  assert.match(it.slack.ephemerals[0]?.text ?? '', /in the hands of <@U1SAM>/u);
});

test('Next 5 posts five cards, each to be claimed on its own', async (t) => {
  const { it, ts } = await stormy(t);
  await it.slack.press('U1SAM', { message: ts }, 'Next 5');
  await it.slack.until('the card counts them', () => /11 wait for a card/u.test(shown(it, ts)));
  const cards = [...it.slack.messages.values()].filter(({ blocks }) =>
    buttonsIn(blocks).includes('Claim'),
  );
  assert.equal(cards.length, 5);
});

test('who is not in the channel takes nothing from behind the storm', async (t) => {
  const { it, ts } = await stormy(t);
  await it.slack.press('U4VISITOR', { message: ts }, 'Next 5');
  await it.slack.until('the visitor is told', () => it.slack.ephemerals.length === 1);
  assert.match(shown(it, ts), /16 wait for a card/u);
});
