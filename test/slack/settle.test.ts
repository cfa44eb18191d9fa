import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { WebClient } from '@slack/web-api';
import { cardKey, lineKey, type Sought } from '../../src/core/ports.ts';
import { drain } from '../../src/flows/tell/outbox.ts';
import { publishMention } from '../../src/flows/tell/publish.ts';
import { createCapabilities } from '../../src/slack/capabilities.ts';
import { createSettle, markOf } from '../../src/slack/settle.ts';
import { keptLog } from '../helpers/flows.ts';
import { NOON } from '../helpers/samples.ts';
import { CHANNEL, slackStandin } from '../helpers/slack-standin.ts';
import { slackWorld } from '../helpers/slack-world.ts';

/** A Slack that lets Earshot read, with a few messages in its channel. */
async function readable(t: TestContext, scopes: readonly string[] | null = ['channels:history']) {
  const slack = await slackStandin(t);
  slack.unknown.clear();
  const client = new WebClient('xoxb-test', {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  const capabilities = createCapabilities(() => NOON, keptLog());
  const settle = createSettle({ client, capabilities, scopes });
  async function post(key: string | null, thread: string | null = null): Promise<string> {
    const { ts } = await client.chat.postMessage({
      ...{ channel: CHANNEL, text: key ?? 'something else', blocks: [] },
      ...(key === null ? {} : { metadata: markOf(key) }),
      ...(thread === null ? {} : { thread_ts: thread }),
    });
    return String(ts);
  }
  const sought = (key: string, over: Partial<Sought> = {}) =>
    settle({ workspaceId: 'T1', channelId: CHANNEL, threadTs: null, key, since: NOON, ...over });
  return { slack, capabilities, post, sought };
}

test('a message is found by its mark, on whichever page it stands', async (t) => {
  const { post, sought, slack } = await readable(t);
  const card = await post(cardKey('m1'));
  const digest = await post('digest 09:00');
  for (let others = 0; others < 7; others += 1) await post(others % 2 === 0 ? null : cardKey('m2'));
  assert.deepEqual(await sought(cardKey('m1')), { state: 'there', ts: card });
  assert.deepEqual(await sought('digest 09:00'), { state: 'there', ts: digest });
  assert.deepEqual(await sought(cardKey('m3')), { state: 'missing' });
  const { args } = slack.of('conversations.history')[0]!;
  // The clocks may differ: it is looked for from some minutes before it was tried.
  assert.ok(Number(args['oldest']) <= NOON.getTime() / 1000 - 60);
});

test('a line is looked for in its own thread alone', async (t) => {
  const { post, sought } = await readable(t);
  const [card, other] = [await post(cardKey('m1')), await post(cardKey('m2'))];
  const line = await post(lineKey('e1'), card);
  assert.deepEqual(await sought(lineKey('e1'), { threadTs: card }), { state: 'there', ts: line });
  assert.deepEqual(await sought(lineKey('e1'), { threadTs: other }), { state: 'missing' });
  assert.deepEqual(await sought(lineKey('e1')), { state: 'missing' });
});

test('without the scope nobody looks', async (t) => {
  const { sought, slack } = await readable(t, ['chat:write']);
  assert.deepEqual(await sought(cardKey('m1')), { state: 'cannot' });
  assert.equal(slack.of('conversations.history').length, 0);
});

test('where Slack does not say which scopes there are, a refusal is remembered', async (t) => {
  const { sought, slack, capabilities } = await readable(t, null);
  slack.script('conversations.history', { error: 'missing_scope' });
  assert.deepEqual(await sought(cardKey('m1')), { state: 'cannot' });
  assert.deepEqual(await sought(cardKey('m1')), { state: 'cannot' });
  assert.equal(slack.of('conversations.history').length, 1);
  assert.deepEqual(
    capabilities.missing().map(({ capability }) => capability),
    ['history'],
  );
});

test('a Slack that is unwell, or says wait, is asked again later', async (t) => {
  const { sought, slack } = await readable(t);
  slack.script('conversations.history', { retryAfter: 30 }, { status: 500 });
  assert.deepEqual(await sought(cardKey('m1')), {
    ...{ state: 'later', cause: 'ratelimited', retryAfterSeconds: 30 },
  });
  assert.equal((await sought(cardKey('m1'))).state, 'later');
});

test('a card of which only the answer was lost is found, recorded and brought up to date, and not posted again', async (t) => {
  const it = await slackWorld(t);
  it.slack.unknown.clear();
  it.slack.script('chat.postMessage', 'half');
  const [mention] = await it.found({});
  const id = mention?.id ?? '';
  await drain(it, it.workspaceId);
  assert.equal((await it.now(id)).cardTs, null);
  assert.equal(it.slack.messages.size, 1);
  const [posted] = it.slack.messages.keys();

  await publishMention(it, it.workspaceId, id);
  const now = await it.now(id);
  assert.equal(now.cardTs, posted);
  assert.equal(now.cardVersion, now.version);
  const cards = [...it.slack.messages.values()].filter(({ threadTs }) => threadTs === null);
  assert.equal(cards.length, 1);
});

test('without the scope such a card comes twice rather than never', async (t) => {
  const it = await slackWorld(t);
  it.slack.script('chat.postMessage', 'half');
  const [mention] = await it.found({});
  await drain(it, it.workspaceId);
  await drain(it, it.workspaceId);
  assert.equal((await it.now(mention!.id)).cardTs, null, 'at first it is left alone');
  it.later(2);
  await drain(it, it.workspaceId);
  const cards = [...it.slack.messages.values()].filter(({ threadTs }) => threadTs === null);
  assert.equal(cards.length, 2);
  assert.equal((await it.now(mention?.id ?? '')).cardTs, cards[1]?.ts);
});
