import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { forgetWriters } from '../../../src/flows/act/writing.ts';
import { buttonsIn, reading } from '../../helpers/blocks.ts';
import { slackWorld, type SlackWorld } from '../../helpers/slack-world.ts';

const WRITING = /Sam is writing an answer/u;

/** Sam has claimed a card and opened the modal of an answer. */
async function writing(t: TestContext): Promise<{ it: SlackWorld; id: string; ts: string }> {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await it.slack.until('it is claimed', () =>
    buttonsIn(it.slack.messages.get(ts)?.blocks).includes('Log answer'),
  );
  await it.slack.press('U1SAM', { message: ts }, 'Log answer');
  await it.slack.until('the card says who writes', () => WRITING.test(shown(it, ts)));
  return { it, id: mention.id, ts };
}

const shown = (it: SlackWorld, ts: string) => reading(it.slack.messages.get(ts)?.blocks);

test('the card says who is writing, until they close their modal', async (t) => {
  const { it, ts } = await writing(t);
  assert.equal(it.slack.modals.get('U1SAM')?.['notify_on_close'], true);
  await it.slack.close('U1SAM');
  await it.slack.until('the card is as before', () => !WRITING.test(shown(it, ts)));
  assert.deepEqual(await it.stores.writers.list('T1'), []);
});

test('a second one is told before they write as well, and closing theirs changes nothing', async (t) => {
  const { it, ts } = await writing(t);
  await it.slack.press('U2KIM', { message: ts }, 'Log answer');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U2KIM'));
  assert.match(reading(it.slack.modals.get('U2KIM')), /Sam is writing an answer already/u);
  await it.slack.close('U2KIM');
  assert.match(shown(it, ts), WRITING);
});

test('who says nothing for a quarter of an hour is believed no longer', async (t) => {
  const { it, ts } = await writing(t);
  it.later(14);
  await forgetWriters(it, it.workspaceId);
  assert.match(shown(it, ts), WRITING);
  it.later(1);
  await forgetWriters(it, it.workspaceId);
  assert.doesNotMatch(shown(it, ts), WRITING);
});

test('nobody writes any more once the answer is logged', async (t) => {
  const { it, id, ts } = await writing(t);
  await it.slack.submit('U1SAM', { url: { value: 'https://forum.example/posts/1#reply' } });
  await it.slack.until('it is answered', () => /Answered in public/u.test(shown(it, ts)));
  assert.equal((await it.now(id)).status, 'answered');
  assert.deepEqual(await it.stores.writers.list('T1'), []);
});
