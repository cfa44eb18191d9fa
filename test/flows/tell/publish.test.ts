import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act } from '../../../src/flows/act/act.ts';
import { createOutbox, drain } from '../../../src/flows/tell/outbox.ts';
import { publishMention } from '../../../src/flows/tell/publish.ts';
import { world } from '../../helpers/flows.ts';
import { sampleKeyword } from '../../helpers/samples.ts';

const OUTAGE = {
  ok: false,
  outcome: 'later',
  cause: 'ratelimited',
  retryAfterSeconds: 30,
} as const;

test('a found mention becomes one card with its first line, however often the outbox is drained', async (t) => {
  const it = await world(t);
  const [mention] = await it.found({});
  await drain(it, it.workspaceId);
  await drain(it, it.workspaceId);
  assert.deepEqual(it.channel.cardsOf(mention!.id), [
    { mentionId: mention!.id, status: 'open', version: 2, lines: ['posted by system'] },
  ]);
});

test('the most negative comes first', async (t) => {
  const it = await world(t);
  const verdict = (negativity: number) => ({
    label: 'negative' as const,
    negativity,
    reasons: [],
    severity: null,
    question: false,
    judged: true,
  });
  const mentions = await it.found(
    { verdict: verdict(0.7) },
    { verdict: verdict(0.95) },
    { verdict: verdict(0.8) },
  );
  await drain(it, it.workspaceId);
  assert.deepEqual(
    [...it.channel.cards.values()].map(({ mentionId }) => mentionId),
    [mentions[1]!.id, mentions[2]!.id, mentions[0]!.id],
  );
});

test('an outage of Slack delays and loses nothing', async (t) => {
  const it = await world(t);
  const mentions = await it.found({}, {}, {});
  it.channel.trouble = OUTAGE;
  await drain(it, it.workspaceId);
  await act(it, {
    workspaceId: it.workspaceId,
    mentionId: (await it.stores.mentions.list(it.workspaceId, { statuses: ['open'] }))[0]!.id,
    command: { type: 'claim', actor: 'USAM' },
  });
  assert.equal(it.channel.cards.size, 0);
  it.channel.trouble = null;
  await drain(it, it.workspaceId);
  assert.equal(it.channel.cards.size, 3);
  const claimed = [...it.channel.cards.values()].filter(({ status }) => status === 'claimed');
  assert.deepEqual(
    claimed.map(({ lines }) => lines),
    [['posted by system', 'claimed by USAM']],
  );
  for (const { id } of mentions) assert.equal(it.channel.cardsOf(id).length, 1);
});

test('a mention without a channel waits until the team has chosen one', async (t) => {
  const it = await world(t, { channelId: null });
  const [mention] = await it.found({});
  await drain(it, it.workspaceId);
  assert.equal(it.channel.cards.size, 0);
  assert.equal((await it.stores.mentions.find(it.workspaceId, mention!.id))?.status, 'detected');
  await it.stores.workspaces.changeSettings(it.workspaceId, { channelId: 'C2' });
  await drain(it, it.workspaceId);
  assert.equal(it.channel.cards.size, 1);
});

test('where Earshot may not look, a crash loses no card, and its duplicate goes at the next touch', async (t) => {
  const it = await world(t);
  it.channel.maySettle = false;
  const [mention] = await it.found({});
  it.channel.afterPost = () => {
    throw new Error('the plug');
  };
  await assert.rejects(drain(it, it.workspaceId), /the plug/u);
  it.channel.afterPost = () => undefined;
  await drain(it, it.workspaceId);
  assert.equal(it.channel.cardsOf(mention!.id).length, 2, 'the first one has no record');
  const [unrecorded] = [...it.channel.cards.keys()];
  const outcome = await act(it, {
    workspaceId: it.workspaceId,
    mentionId: mention!.id,
    command: { type: 'claim', actor: 'USAM' },
    card: { channelId: 'C1', ts: unrecorded! },
  });
  assert.ok(outcome.ok, 'the click counts');
  assert.deepEqual(
    it.channel.cardsOf(mention!.id).map(({ status }) => status),
    ['claimed'],
  );
});

test('a click on a card without a record adopts it, and no second card is posted', async (t) => {
  const it = await world(t);
  const [mention] = await it.found({});
  it.channel.afterPost = () => {
    throw new Error('the plug');
  };
  await assert.rejects(drain(it, it.workspaceId), /the plug/u);
  it.channel.afterPost = () => undefined;
  const [ts] = [...it.channel.cards.keys()];
  await act(it, {
    workspaceId: it.workspaceId,
    mentionId: mention!.id,
    command: { type: 'claim', actor: 'USAM' },
    card: { channelId: 'C1', ts: ts! },
  });
  await drain(it, it.workspaceId);
  assert.deepEqual(it.channel.cardsOf(mention!.id), [
    {
      mentionId: mention!.id,
      status: 'claimed',
      version: 3,
      lines: ['posted by system', 'claimed by USAM'],
    },
  ]);
});

test('an open mention whose card somebody deleted gets a new one', async (t) => {
  const it = await world(t);
  const [mention] = await it.found({});
  await drain(it, it.workspaceId);
  it.channel.cards.clear();
  await act(it, {
    workspaceId: it.workspaceId,
    mentionId: mention!.id,
    command: { type: 'claim', actor: 'USAM' },
  });
  await drain(it, it.workspaceId);
  assert.equal(it.channel.cardsOf(mention!.id).length, 1);
});

test('publishing one mention from many places at once posts each line once', async (t) => {
  const it = await world(t);
  const [mention] = await it.found({});
  await drain(it, it.workspaceId);
  await act(it, {
    workspaceId: it.workspaceId,
    mentionId: mention!.id,
    command: { type: 'claim', actor: 'USAM' },
  });
  await Promise.all(
    Array.from({ length: 10 }, () => publishMention(it, it.workspaceId, mention!.id)),
  );
  assert.deepEqual(it.channel.cardsOf(mention!.id)[0]?.lines, [
    'posted by system',
    'claimed by USAM',
  ]);
});

test('what only a person can mend is told as an error and does not hold up other channels', async (t) => {
  const it = await world(t);
  await it.found({}, {});
  it.channel.trouble = { ok: false, outcome: 'refused', cause: 'not_in_channel' };
  await drain(it, it.workspaceId);
  assert.ok(it.log.lines.some(({ level }) => level === 'error'));
});

test('a channel that Earshot was removed from holds up no other, and is asked for little', async (t) => {
  const it = await world(t);
  const dead = sampleKeyword({ id: 'k-dead', channelId: 'C9DEAD' });
  await it.stores.keywords.add(dead);
  const opened = { status: 'open', openedAt: it.clock(), channelId: 'C9DEAD' } as const;
  await it.found(...Array.from({ length: 520 }, () => opened));
  await it.found(...Array.from({ length: 30 }, () => ({ keywordId: dead.id })));
  const tried: string[] = [];
  const { postCard } = it.channel;
  it.channel.postCard = async (view, channelId) => {
    tried.push(channelId);
    if (channelId !== 'C9DEAD') return postCard(view, channelId);
    return { ok: false, outcome: 'refused', cause: 'not_in_channel' };
  };
  const outbox = createOutbox(it);
  it.later(1);
  const [alive] = await it.found({});
  await outbox(it.workspaceId);
  assert.equal(it.channel.cardsOf(alive!.id).length, 1);
  await outbox(it.workspaceId);
  assert.equal(tried.filter((one) => one === 'C9DEAD').length, 3);

  it.later(6);
  await outbox(it.workspaceId);
  assert.equal(
    tried.filter((one) => one === 'C9DEAD').length,
    4,
    'and asked once more after a while',
  );
});

test('one message that Slack does not take holds up none of its channel', async (t) => {
  const it = await world(t);
  const found = await it.found(...Array.from({ length: 4 }, () => ({})));
  const odd = found.slice(0, 3).map(({ id }) => id);
  const { postCard } = it.channel;
  it.channel.postCard = async (view, channelId) =>
    odd.includes(view.mention.id)
      ? { ok: false, outcome: 'refused', cause: 'invalid_blocks' }
      : postCard(view, channelId);
  const outbox = createOutbox(it);
  await outbox(it.workspaceId);
  it.later(6);
  const [later] = await it.found({});
  await outbox(it.workspaceId);
  it.later(6);
  await outbox(it.workspaceId);
  assert.equal(it.channel.cardsOf(later!.id).length, 1);
  assert.equal(it.channel.cardsOf(found[3]!.id).length, 1);
});
