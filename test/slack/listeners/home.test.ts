import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertWithinLimits, buttonsIn, reading, textsIn } from '../../helpers/blocks.ts';
import { slackWorld, type SlackWorld } from '../../helpers/slack-world.ts';

async function open(it: SlackWorld, userId: string): Promise<void> {
  const before = it.slack.of('views.publish').length;
  await it.slack.openHome(userId);
  await it.slack.until('Home is drawn', () => it.slack.of('views.publish').length > before);
}

const homeOf = (it: SlackWorld, userId: string) => it.slack.homes.get(userId)?.blocks ?? [];

test('Home shows my claims, the oldest unclaimed, and the figures of today', async (t) => {
  const it = await slackWorld(t);
  const { ts } = await it.carded({ title: null, text: 'The first one' });
  await it.carded({ title: null, text: 'MARK<!channel> the second one' });
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await it.slack.until('it is claimed', () => it.thread(ts).includes('claimed by Sam'));
  await open(it, 'U1SAM');
  const blocks = homeOf(it, 'U1SAM');
  assertWithinLimits(blocks, 100);
  const read = reading(blocks);
  assert.ok(read.indexOf('The first one') < read.indexOf('Oldest unclaimed'));
  assert.ok(read.indexOf('the second one') > read.indexOf('Oldest unclaimed'));
  assert.match(read, /2 found, 1 claimed, 0 answered, 0 dismissed/u);
  for (const { kind, text } of textsIn(blocks)) {
    if (kind === 'mrkdwn') assert.ok(!text.includes('MARK'), text);
  }
});

test('a mention is claimed from Home, and Home follows', async (t) => {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  await open(it, 'U1SAM');
  await it.slack.press('U1SAM', { home: true }, 'Claim');
  await it.slack.until('Home follows', () => buttonsIn(homeOf(it, 'U1SAM')).includes('Log answer'));
  assert.equal((await it.now(mention.id)).claimedBy, 'U1SAM');
  assert.ok(buttonsIn(it.slack.messages.get(ts)?.blocks).includes('Release'));
});

test('only those who may change the settings find their button', async (t) => {
  const it = await slackWorld(t);
  await open(it, 'U1SAM');
  await open(it, 'U3ALEX');
  assert.ok(!buttonsIn(homeOf(it, 'U1SAM')).includes('Settings'));
  await it.slack.press('U3ALEX', { home: true }, 'Settings');
  await it.slack.until('the settings open', () => it.slack.modals.has('U3ALEX'));
});

test('a busy Home stays within what Slack takes', async (t) => {
  const it = await slackWorld(t);
  for (let n = 0; n < 15; n++) await it.carded({ text: 'long '.repeat(900) });
  await open(it, 'U1SAM');
  const blocks = homeOf(it, 'U1SAM');
  assertWithinLimits(blocks, 100);
  assert.match(reading(blocks), /and more, in the channel/u);
});

test('a Slack without a Home tab takes nothing else away', async (t) => {
  const it = await slackWorld(t, { unknown: ['views.publish'] });
  const { ts } = await it.carded();
  await it.slack.openHome('U1SAM');
  await it.slack.until('it was tried', () => it.slack.of('views.publish').length > 0);
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await it.slack.until('it is claimed', () => it.thread(ts).includes('claimed by Sam'));
  assert.deepEqual(it.slack.ephemerals, []);
});
