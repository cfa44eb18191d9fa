import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { sources } from '../../../src/sources/index.ts';
import { buttonsIn, elementsIn, reading } from '../../helpers/blocks.ts';
import { slackWorld, type SlackWorld } from '../../helpers/slack-world.ts';

/** A claimed card of a post on Bluesky, whose replies are short. */
async function claimed(t: TestContext): Promise<{ it: SlackWorld; ts: string }> {
  const it = await slackWorld(t, { sources });
  const { ts } = await it.carded({
    sourceKind: 'bluesky',
    title: 'Router & line',
    author: 'sample',
  });
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await it.slack.until('it is claimed', () =>
    buttonsIn(it.slack.messages.get(ts)?.blocks).includes('Log answer'),
  );
  return { it, ts };
}

async function openAnswer(it: SlackWorld, ts: string): Promise<void> {
  await it.slack.press('U1SAM', { message: ts }, 'Log answer');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U1SAM'));
}

const shown = (it: SlackWorld) => reading(it.slack.modals.get('U1SAM'));

async function saved(it: SlackWorld, text: string): Promise<void> {
  const reply = { workspaceId: 'T1', name: 'Outage', text, createdBy: 'U1SAM' };
  await it.stores.replies.save({ ...reply, createdAt: it.clock() });
}

test('a member adds a saved reply, sees it in the list, and removes it', async (t) => {
  const it = await slackWorld(t);
  await it.slack.command('U1SAM', 'replies');
  await it.slack.until('the list is shown', () => it.slack.ephemerals.length === 1);
  await it.slack.press('U1SAM', { ephemeral: it.slack.ephemerals[0]! }, 'Add a reply');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U1SAM'));
  const bad = (await it.slack.submit('U1SAM', { name: { value: ' ' } })) as { errors: object };
  assert.deepEqual(Object.keys(bad.errors), ['name', 'text']);
  await it.slack.submit('U1SAM', { name: { value: 'Outage' }, text: { value: 'Sorry, {name}.' } });
  await it.slack.until('it is confirmed', () => it.slack.ephemerals.length === 2);
  assert.match(it.slack.ephemerals[1]?.text ?? '', /Saved: Outage/u);
  await it.slack.command('U1SAM', 'replies');
  await it.slack.until('the list is shown', () => it.slack.ephemerals.length === 3);
  assert.match(reading(it.slack.ephemerals[2]?.blocks), /Outage: Sorry, \{name\}\./u);
  await it.slack.press('U1SAM', { ephemeral: it.slack.ephemerals[2]! }, 'Remove');
  await it.slack.until('the list is shorter', () => it.slack.ephemerals.length === 4);
  assert.deepEqual(await it.stores.replies.list('T1'), []);
});

test('who is not in the channel changes no saved reply', async (t) => {
  const it = await slackWorld(t);
  await saved(it, 'Sorry');
  await it.slack.command('U4VISITOR', 'replies');
  await it.slack.until('the list is shown', () => it.slack.ephemerals.length === 1);
  await it.slack.press('U4VISITOR', { ephemeral: it.slack.ephemerals[0]! }, 'Remove');
  await it.slack.until('the visitor is told', () => it.slack.ephemerals.length === 2);
  assert.equal((await it.stores.replies.list('T1')).length, 1);
});

test('a saved reply becomes the draft, with the handle and the title filled in', async (t) => {
  const { it, ts } = await claimed(t);
  await saved(it, 'Sorry, {name}. We look into {topic}.');
  await openAnswer(it, ts);
  const typed = { reply: { selected_option: { value: 'Outage' } }, draft_0: { value: 'old' } };
  await it.slack.press('U1SAM', { typed }, 'Use the saved reply');
  const draft = () =>
    elementsIn(it.slack.modals.get('U1SAM'), 'plain_text_input').map(
      (element) => element['initial_value'],
    );
  await it.slack.until('the draft is there', () =>
    draft().includes('Sorry, sample. We look into Router & line.'),
  );
});

test('a draft is looked at on request, beside the rules of the place', async (t) => {
  const { it, ts } = await claimed(t);
  await openAnswer(it, ts);
  assert.match(shown(it), /Reply to the post itself/u);
  const long = `DM us at help@acme-broadband.example ${'a'.repeat(300)}`;
  await it.slack.press('U1SAM', { typed: { draft_0: { value: long } } }, 'Check the draft');
  await it.slack.until('it is looked at', () => /private channel/u.test(shown(it)));
  assert.match(shown(it), /holds contact data/u);
  assert.match(shown(it), /has 337 characters, and the place takes 300/u);
  const good = { draft_0: { value: 'The line is being mended.' } };
  await it.slack.press('U1SAM', { typed: good }, 'Check the draft');
  await it.slack.until('it is fine', () => /Nothing speaks against it/u.test(shown(it)));
});

test('who was answered lately is named before they are answered again', async (t) => {
  const { it, ts } = await claimed(t);
  await it.found({ status: 'answered', answeredBy: 'U2KIM', answeredAt: it.clock() });
  await openAnswer(it, ts);
  assert.match(shown(it), /The same author was answered <!date.*> by Kim/u);
});

test('another author, and an answer of long ago, bring no warning', async (t) => {
  const { it, ts } = await claimed(t);
  const long = new Date(it.clock().getTime() - 8 * 24 * 3_600_000);
  await it.found(
    { status: 'answered', answeredBy: 'U2KIM', answeredAt: long },
    { status: 'answered', answeredBy: 'U2KIM', answeredAt: it.clock(), authorHash: 'other' },
  );
  await openAnswer(it, ts);
  assert.doesNotMatch(shown(it), /The same author/u);
});
