import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { publishDigests } from '../../../src/flows/tell/digest.ts';
import { buttonsIn, reading } from '../../helpers/blocks.ts';
import { slackWorld, type SlackWorld } from '../../helpers/slack-world.ts';

async function withDigest(t: TestContext): Promise<{ it: SlackWorld; id: string; ts: string }> {
  const it = await slackWorld(t, { settings: { digestTimes: ['16:00'] } });
  const [mention] = await it.found({ status: 'quiet' });
  it.later(5 * 60);
  await publishDigests(it, it.workspaceId);
  const [ts] = [...it.slack.messages.keys()];
  return { it, id: mention!.id, ts: ts! };
}

test('"It is negative" makes a card of a line, and the line says so', async (t) => {
  const { it, id, ts } = await withDigest(t);
  assert.deepEqual(buttonsIn(it.slack.messages.get(ts)?.blocks), ['It is negative', 'Open']);
  await it.slack.press('U1SAM', { message: ts }, 'It is negative');
  await it.slack.until('the line has changed', () =>
    /A card now \(open\)/u.test(reading(it.slack.messages.get(ts)?.blocks)),
  );
  const { cardTs, status } = await it.now(id);
  assert.equal(status, 'open');
  await it.slack.until('the thread names who did it', () =>
    it.thread(cardTs ?? '').some((line) => line === 'brought up by Sam'),
  );
});

test('who is not in the channel cannot make a card', async (t) => {
  const { it, id, ts } = await withDigest(t);
  await it.slack.press('U4VISITOR', { message: ts }, 'It is negative');
  await it.slack.until('the visitor is told', () => it.slack.ephemerals.length === 1);
  assert.equal((await it.now(id)).status, 'quiet');
});

test('/earshot digest shows all of it privately, and a line there works like one in the channel', async (t) => {
  const { it, id } = await withDigest(t);
  await it.slack.command('U1SAM', 'digest');
  await it.slack.until('the list is shown', () => it.slack.ephemerals.length === 1);
  const [ephemeral] = it.slack.ephemerals;
  assert.match(reading(ephemeral?.blocks), /1 to 1 of 1/u);
  await it.slack.press('U1SAM', { ephemeral: ephemeral! }, 'It is negative');
  await it.slack.until('there is a card', () => it.slack.messages.size >= 2);
  assert.equal((await it.now(id)).status, 'open');
});
