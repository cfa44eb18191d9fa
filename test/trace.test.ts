import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drain } from '../src/flows/tell/outbox.ts';
import { pollSource } from '../src/flows/hear/poll.ts';
import { verifyMention } from '../src/flows/answer/verify.ts';
import { fakePlace } from './helpers/place.ts';
import { minutesAfter } from './helpers/samples.ts';
import { slackFlows, slackWorld } from './helpers/slack-world.ts';

const TEXT = 'Acme Broadband is down again, still waiting, nobody answers. Awful service.';
const HANDLE = 'sample_user';

test('the way of one mention can be followed in the log by its id, without a word or a name of its author', async (t) => {
  const place = fakePlace();
  const it = await slackWorld(t, {
    sources: [place.source],
    settings: { brandAccounts: ['feed:acme_care'] },
  });
  const flows = { ...slackFlows(it, [place.source]), jitter: () => 1, notice: async () => {} };
  const poll = () => pollSource(flows, it.workspaceId, it.sourceId);
  await poll();
  place.posts.push({
    ...{ externalId: 'post-1', url: 'https://forum.example/posts/1', author: HANDLE, title: null },
    ...{ text: TEXT, publishedAt: minutesAfter(-1), editedAt: null, language: 'en' },
  });
  await poll();
  const [mention] = await it.stores.mentions.list(it.workspaceId, {});
  assert.ok(mention);
  await drain(it, it.workspaceId);
  const { cardTs } = await it.now(mention.id);
  await it.slack.press('U1SAM', { message: cardTs ?? '' }, 'Claim');
  const isTold = () =>
    it.log.lines.some(({ fields }) => (fields as { type?: string }).type === 'claimed');
  while (!isTold()) await new Promise((resolve) => setImmediate(resolve));
  const url = 'https://forum.example/posts/1#reply-1';
  const reply = { externalId: 'r1', url, author: 'acme_care', text: 'On it.' };
  place.replies?.set('post-1', [{ ...reply, publishedAt: it.clock() }]);
  await verifyMention(flows, it.workspaceId, mention.id);

  const said = it.log.lines.filter(
    ({ fields }) => (fields as { mentionId?: string }).mentionId === mention.id,
  );
  const way = said.map(({ message, fields }) => {
    const { command, outcome } = fields as { command?: string; outcome?: string };
    return [message, command ?? outcome].filter(Boolean).join(': ');
  });
  const wanted = [
    'a mention was stored',
    'a mention was changed: post',
    'a card was posted',
    'a mention was changed: claim',
    'a card was brought up to date',
    'a line was posted',
    'a mention was changed: verify',
    'an answer was looked for: verified',
  ];
  // In this order; between them, lines of other steps may stand.
  let from = 0;
  for (const step of wanted) {
    const at = way.indexOf(step, from);
    assert.ok(at >= 0, `${step}, after ${way.slice(0, from).join(', ')}, in ${way.join(', ')}`);
    from = at + 1;
  }
  const all = JSON.stringify(it.log.lines);
  for (const word of ['still waiting', 'Awful', HANDLE, 'forum.example']) {
    assert.ok(!all.includes(word), word);
  }
});
