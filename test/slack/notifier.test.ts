import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { WebClient } from '@slack/web-api';
import type { CardView } from '../../src/core/ports.ts';
import { createCapabilities } from '../../src/slack/capabilities.ts';
import { createNotifier } from '../../src/slack/notifier.ts';
import { createLanes } from '../../src/slack/pace.ts';
import { createPeople } from '../../src/slack/people.ts';
import { reading } from '../helpers/blocks.ts';
import { keptLog } from '../helpers/flows.ts';
import { NOON, sampleEvent, sampleKeyword, sampleMention } from '../helpers/samples.ts';
import { CHANNEL, slackStandin } from '../helpers/slack-standin.ts';

const FAST = { calls: 1000, perMs: 1 };

async function setUp(t: TestContext) {
  const slack = await slackStandin(t);
  const client = new WebClient('xoxb-sample', {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  const clock = () => NOON;
  const people = createPeople(client, createCapabilities(clock, keptLog()), clock);
  const paces = { post: FAST, update: FAST };
  const notifier = createNotifier({
    ...{ client, people, lanes: createLanes(), clock, paces },
    teamUrl: 'https://acme-sample.slack.example/',
  });
  return { slack, notifier };
}

function open(): CardView {
  return {
    mention: sampleMention({ status: 'open', channelId: CHANNEL }),
    keyword: sampleKeyword(),
    sourceLabel: 'Hacker News',
    events: [],
    nextStep: null,
    answerDueAt: null,
    now: NOON,
  };
}

test('a card is posted with its fallback, its metadata, and no previews', async (t) => {
  const { slack, notifier } = await setUp(t);
  const view = open();
  const sent = await notifier.postCard(view, CHANNEL);
  assert.ok(sent.ok);
  const [call] = slack.of('chat.postMessage');
  assert.equal(call?.args['unfurl_links'], 'false');
  assert.equal(call?.args['unfurl_media'], 'false');
  assert.equal(call?.args['parse'], 'none');
  assert.ok(String(call?.args['text']).length > 0);
  assert.deepEqual(call?.args['metadata'], {
    event_type: 'earshot_card',
    event_payload: { mention_id: view.mention.id },
  });
});

test('an update names the people by their names, without pinging them', async (t) => {
  const { slack, notifier } = await setUp(t);
  const view = open();
  const sent = await notifier.postCard(view, CHANNEL);
  assert.ok(sent.ok);
  const claimed = { ...view.mention, claimedBy: 'U1SAM', claimedAt: NOON };
  Object.assign(claimed, { status: 'claimed' });
  await notifier.updateCard({ ...view, mention: claimed }, CHANNEL, sent.ts);
  const message = slack.messages.get(sent.ts);
  assert.match(reading(message?.blocks), /claimed by Sam/u);
  assert.ok(!JSON.stringify(message).includes('<@'));
});

test('a line goes into the thread of its card', async (t) => {
  const { slack, notifier } = await setUp(t);
  const mention = sampleMention();
  const event = sampleEvent(mention, { body: { type: 'claimed' }, actor: 'U1SAM' });
  const sent = await notifier.postLine(event, mention, CHANNEL, '1700000000.000001');
  assert.ok(sent.ok);
  const line = slack.messages.get(sent.ts);
  assert.equal(line?.threadTs, '1700000000.000001');
  assert.equal(line?.text, 'claimed by Sam');
});

test('a card that somebody deleted is gone for an update, and good for a removal', async (t) => {
  const { notifier } = await setUp(t);
  const updated = await notifier.updateCard(open(), CHANNEL, '1.1');
  assert.deepEqual(updated, { ok: false, outcome: 'gone', cause: 'message_not_found' });
  assert.deepEqual(await notifier.remove('T1', CHANNEL, '1.1'), { ok: true, ts: '1.1' });
});

test('a notice cannot ping, whatever the source is called', async (t) => {
  const { slack, notifier } = await setUp(t);
  await notifier.notice('T1', CHANNEL, '<!channel> feed cannot be heard');
  const [message] = slack.messages.values();
  assert.equal(message?.text, '&lt;!channel&gt; feed cannot be heard');
  assert.ok(!JSON.stringify(message?.blocks).includes('mrkdwn'));
});

test('a Slack that is unwell is an outcome, not an error', async (t) => {
  const { slack, notifier } = await setUp(t);
  slack.script('chat.postMessage', { status: 500 }, { error: 'not_in_channel' });
  const unwell = await notifier.postCard(open(), CHANNEL);
  assert.ok(!unwell.ok && unwell.outcome === 'later');
  const refused = await notifier.postCard(open(), CHANNEL);
  assert.ok(!refused.ok && refused.outcome === 'refused' && refused.cause === 'not_in_channel');
});

test('a rate limit is waited for, and the card then posted once', async (t) => {
  const { slack, notifier } = await setUp(t);
  slack.script('chat.postMessage', { retryAfter: 0 });
  const sent = await notifier.postCard(open(), CHANNEL);
  assert.ok(sent.ok);
  assert.equal(slack.messages.size, 1);
});

test('praise is an address under our own words, and neither can ping', async (t) => {
  const { slack, notifier } = await setUp(t);
  const praise = Array.from({ length: 7 }, (_, n) => ({
    query: 'acme <!channel>',
    url: `https://forum.example/${n}`,
  }));
  assert.ok((await notifier.praise('T1', CHANNEL, 'a <!here> forum', praise)).ok);
  const text = String(slack.of('chat.postMessage')[0]?.args['text']);
  assert.match(text, /Praise for acme &lt;!channel&gt; at a &lt;!here&gt; forum: <https:/u);
  assert.equal(text.split('\n').length, 5);
  assert.match(reading([...slack.messages.values()][0]?.blocks), /and 2 more/u);
});
