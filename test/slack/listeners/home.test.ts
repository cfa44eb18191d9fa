import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertWithinLimits, buttonsIn, reading, textsIn } from '../../helpers/blocks.ts';
import { minutesAfter, NOON, sampleSource } from '../../helpers/samples.ts';
import { createSlackApp } from '../../../src/slack/app.ts';
import { slackFlows, slackWorld, type SlackWorld } from '../../helpers/slack-world.ts';

async function open(it: SlackWorld, userId: string): Promise<void> {
  const before = it.slack.of('views.publish').length;
  await it.slack.openHome(userId);
  await it.slack.until('Home is drawn', () => it.slack.of('views.publish').length > before);
}

const homeOf = (it: SlackWorld, userId: string) => it.slack.homes.get(userId)?.blocks ?? [];
const readingOf = (it: SlackWorld, userId: string) => reading(homeOf(it, userId));

/** The ids of the mentions whose rows are shown, in order. */
function shown(it: SlackWorld, userId: string): string[] {
  return homeOf(it, userId)
    .map(({ block_id: id }) => String(id ?? '').split(' '))
    .filter(([word]) => word === 'tick')
    .map(([, , id]) => id ?? '');
}

async function go(it: SlackWorld, userId: string, button: string, says: RegExp): Promise<void> {
  await it.slack.press(userId, { home: true }, button);
  await it.slack.until(`Home says ${says}`, () => says.test(readingOf(it, userId)));
}

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

test('how long answers took today is the one in the middle', async (t) => {
  const it = await slackWorld(t);
  const answered = async (minutes: number) => {
    const { mention } = await it.carded({ foundAt: it.clock() });
    it.later(minutes);
    const next = await it.now(mention.id);
    const event = { at: it.clock(), actor: 'U1SAM', url: 'https://a.example/1', note: null };
    await it.stores.mentions.apply(
      { ...next, version: next.version + 1, status: 'answered', answeredAt: it.clock() },
      [
        {
          ...{ type: 'answered', ...event, id: it.newId(), workspaceId: 'T1' },
          ...{ mentionId: mention.id, version: next.version + 1, logTs: null },
        },
      ],
    );
  };
  for (const minutes of [10, 90, 20]) await answered(minutes);
  await open(it, 'U1SAM');
  assert.match(readingOf(it, 'U1SAM'), /answered 20 min after they were found \(median\)/u);
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

test('who comes too late on Home reads there who was faster', async (t) => {
  const it = await slackWorld(t);
  const { ts } = await it.carded();
  await open(it, 'U2KIM');
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await it.slack.until('it is claimed', () => it.thread(ts).includes('claimed by Sam'));
  await go(it, 'U2KIM', 'Claim', /already claimed by <@U1SAM>/u);
});

test('only those who may change the settings find their button', async (t) => {
  const it = await slackWorld(t);
  await open(it, 'U1SAM');
  await open(it, 'U3ALEX');
  assert.ok(!buttonsIn(homeOf(it, 'U1SAM')).includes('Settings'));
  await it.slack.press('U3ALEX', { home: true }, 'Settings');
  await it.slack.until('the settings open', () => it.slack.modals.has('U3ALEX'));
});

test('every list is turned page by page, and a busy Home stays within what Slack takes', async (t) => {
  const it = await slackWorld(t);
  for (let n = 0; n < 45; n++) await it.carded({ text: `long ${n} `.repeat(400) });
  const oldest = await it.stores.mentions.list('T1', {}, { order: 'oldest' });
  const ids = oldest.map(({ id }) => id);
  await open(it, 'U1SAM');
  assert.match(readingOf(it, 'U1SAM'), /Oldest unclaimed · 1-5 of 45/u);
  assert.deepEqual(shown(it, 'U1SAM'), ids.slice(0, 5));
  await go(it, 'U1SAM', 'All 45', /1-20 of 45/u);
  assertWithinLimits(homeOf(it, 'U1SAM'), 100);
  await go(it, 'U1SAM', 'Next', /21-40 of 45/u);
  assert.deepEqual(shown(it, 'U1SAM'), ids.slice(20, 40));
  assertWithinLimits(homeOf(it, 'U1SAM'), 100);
  await go(it, 'U1SAM', 'Next', /41-45 of 45/u);
  assert.deepEqual(shown(it, 'U1SAM'), ids.slice(40));
  assert.ok(!buttonsIn(homeOf(it, 'U1SAM')).includes('Next'));
  await go(it, 'U1SAM', 'Previous', /21-40 of 45/u);
  await go(it, 'U1SAM', 'At a glance', /1-5 of 45/u);
});

test('a page that has emptied meanwhile shows the last one that has rows', async (t) => {
  const it = await slackWorld(t);
  for (let n = 0; n < 21; n++) await it.carded();
  await open(it, 'U1SAM');
  await go(it, 'U1SAM', 'All 21', /1-20 of 21/u);
  await go(it, 'U1SAM', 'Next', /21-21 of 21/u);
  await it.slack.press('U1SAM', { home: true }, 'Claim');
  await it.slack.until('the page before is shown', () => shown(it, 'U1SAM').length === 20);
});

test('what is snoozed has a list of its own, and is not among the unclaimed', async (t) => {
  const it = await slackWorld(t);
  const { mention } = await it.carded({ title: null, text: 'The sleeping one' });
  const now = await it.now(mention.id);
  await it.stores.mentions.apply(
    { ...now, version: now.version + 1, snoozedUntil: minutesAfter(60) },
    [],
  );
  await open(it, 'U1SAM');
  const read = readingOf(it, 'U1SAM');
  assert.match(read, /Unclaimed \(0\)/u);
  assert.match(read, /Snoozed \(1\)/u);
  assert.ok(read.indexOf('The sleeping one') > read.lastIndexOf('Snoozed'));
  await go(it, 'U1SAM', 'End the snooze', /Unclaimed \(1\)/u);
  assert.equal((await it.now(mention.id)).snoozedUntil, null);
});

test('a source that fails, or is far quieter than usual, is on Home', async (t) => {
  const it = await slackWorld(t);
  const ailing = { failure: 'does not answer', failingSince: NOON, failures: 3 };
  await it.stores.sources.add(sampleSource({ label: 'The broken forum', ...ailing }));
  const quiet = { posts: 9, usualGapSeconds: 60, lastPostAt: NOON, quietSince: NOON };
  await it.stores.sources.add(sampleSource({ label: 'The quiet forum', rhythm: quiet }));
  await open(it, 'U1SAM');
  const read = readingOf(it, 'U1SAM');
  assert.match(read, /The broken forum\ncannot be heard: does not answer/u);
  assert.match(read, /The quiet forum/u);
  assert.match(read, /Sources \(2\)/u);
});

test('a newcomer’s Home leads to the first steps, and they go once they are done', async (t) => {
  const it = await slackWorld(t);
  await it.stores.keywords.remove('T1', it.keywordId);
  await open(it, 'U1SAM');
  assert.match(readingOf(it, 'U1SAM'), /First steps[\s\S]*earshot watch "your company"/u);
  await it.stores.keywords.add({
    ...{ id: 'k9', workspaceId: 'T1', query: 'acme', channelId: null, paused: false },
    ...{ postThreshold: 0.5, digestThreshold: 0.35, createdBy: 'U1', createdAt: NOON },
  });
  await open(it, 'U1SAM');
  assert.doesNotMatch(readingOf(it, 'U1SAM'), /First steps/u);
});

test('a title that was cut at its source does not end in two ellipses', async (t) => {
  const it = await slackWorld(t);
  const text = 'Third engineer visit cancelled by Acme Broadband and nobody picks up the phone.';
  await it.carded({ title: `${text.slice(0, 40)}…`, text });
  const long = `${'word '.repeat(38)}end... and more of it that is cut off here`;
  await it.carded({ title: null, text: long });
  await open(it, 'U1SAM');
  const read = readingOf(it, 'U1SAM');
  assert.ok(read.includes(text), read);
  assert.doesNotMatch(read, /(?:…|\.\.)\s*…/u);
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

test('what somebody does by way of one process shows on the Home that another has drawn, where they left it', async (t) => {
  const it = await slackWorld(t);
  const { ts } = await it.carded();
  for (let number = 0; number < 6; number += 1) await it.carded();
  const quick = { calls: 1000, perMs: 1 };
  const other = await createSlackApp({
    ...{ mode: 'socket', botToken: 'xoxb-sample', appToken: 'xapp-sample' },
    apiUrl: it.slack.apiUrl,
    ...{ clock: it.clock, log: it.log, paces: { post: quick, update: quick } },
  });
  t.after(() => other.stop());
  await other.start(slackFlows({ ...it, notifier: other.notifier }));
  await it.slack.until('both are connected', () => it.slack.connections() === 2);

  // Slack tells each in its turn: the tab goes to one, the list to the other, the click to the first.
  await open(it, 'U1SAM');
  await it.slack.press('U1SAM', { home: true }, 'All 7');
  await it.slack.until('all are there', () => shown(it, 'U1SAM').length === 7);
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await it.slack.until('its Home shows one less', () => shown(it, 'U1SAM').length === 6);
  assert.match(readingOf(it, 'U1SAM'), /At a glance/u, 'it is still the one list');
});
