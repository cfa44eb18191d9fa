import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { hashName } from '../../../src/core/privacy/suppression.ts';
import { BY_HAND } from '../../../src/core/mention.ts';
import type { Post } from '../../../src/core/post.ts';
import { change } from '../../../src/flows/change.ts';
import { drain } from '../../../src/flows/tell/outbox.ts';
import { createMatching } from '../../../src/flows/hear/matching.ts';
import { treatAsMention, type TreatDeps } from '../../../src/flows/hear/treat.ts';
import { world } from '../../helpers/flows.ts';
import { fakePlace, NO_HTTP } from '../../helpers/place.ts';
import { NOON, sampleSource } from '../../helpers/samples.ts';

const SAID =
  'Acme Broadband is a joke, third engineer visit cancelled, nobody answers. Write to sample_user@mail.example please.';

function post(id: string, over: Partial<Post> = {}): Post {
  return {
    externalId: id,
    url: `https://social.example/@sample_user/${id}`,
    author: '@sample_user',
    title: null,
    text: SAID,
    publishedAt: NOON,
    editedAt: null,
    language: 'en',
    ...over,
  };
}

/** A team, a social place that reads single posts, and a blog that only has a feed. */
async function team(t: TestContext) {
  const it = await world(t);
  const social = fakePlace();
  const public_ = new Map<string, Post>([['1', post('1')]]);
  const asked: string[] = [];
  Object.assign(social.source, {
    kind: 'social',
    name: 'Social (sample)',
    recognise: (input: string) =>
      input.includes('social.example') ? { address: input, label: 'social.example' } : null,
    async lookUp({ url }: { url: string }) {
      asked.push(url);
      const id = /^https:\/\/social\.example\/@\w+\/(\w+)$/u.exec(url.split('?')[0] ?? '')?.[1];
      return public_.get(id ?? '') ?? null;
    },
  });
  const blog = fakePlace();
  const deps: TreatDeps = {
    ...it,
    match: createMatching(),
    sources: [social.source, blog.source],
    http: NO_HTTP,
    sourceSettings: {},
    timeoutSeconds: 5,
    hashAuthor: (kind, author) => `hash of ${kind} ${author}`,
    closedPlace: (input) => (input.includes('closed.example') ? 'That place is closed.' : null),
  };
  const { workspaceId } = it;
  return {
    ...it,
    ...{ deps, public: public_, asked, blog },
    treat: (...links: string[]) => treatAsMention(deps, { workspaceId, links, actor: 'USAM' }),
    count: () => it.stores.mentions.count(workspaceId, {}),
  };
}

test('a public post becomes a card, redacted, judged and under the keyword that it matches', async (t) => {
  const it = await team(t);
  const treated = await it.treat('https://social.example/@sample_user/1');
  assert.ok(treated.ok && treated.isNew);
  const { mention } = treated;
  assert.equal(mention.keywordId, it.keywordId);
  assert.equal(mention.sourceKind, 'social');
  assert.equal(mention.sourceId, BY_HAND);
  assert.equal(mention.status, 'open');
  assert.ok(mention.verdict.negativity > 0.5);
  assert.doesNotMatch(mention.text ?? '', /mail\.example/u);
  const [card] = it.channel.cardsOf(mention.id);
  assert.ok(card !== undefined && mention.cardTs !== null);
  const [posted] = await it.stores.mentions.events(it.workspaceId, mention.id);
  assert.deepEqual([posted?.type, posted?.actor], ['posted', 'USAM']);
});

test('what no keyword matches is a mention all the same, brought by hand', async (t) => {
  const it = await team(t);
  it.public.set('2', post('2', { text: 'They cut me off for the third time this week.' }));
  const treated = await it.treat('https://social.example/@sample_user/2');
  assert.ok(treated.ok);
  assert.equal(treated.mention.keywordId, BY_HAND);
  assert.equal(it.channel.cardsOf(treated.mention.id).length, 1);
});

test('the same post is taken once, whoever asks, however the link is spelt', async (t) => {
  const it = await team(t);
  const links = [
    'https://social.example/@sample_user/1',
    'https://social.example/@sample_user/1?utm_source=chat',
  ];
  const all = await Promise.all([...links, ...links].map((link) => it.treat(link)));
  const ids = all.map((one) => (one.ok ? one.mention.id : 'refused'));
  assert.equal(new Set(ids).size, 1, ids.join());
  assert.equal(all.filter((one) => one.ok && one.isNew).length, 1);
  assert.equal(await it.count(), 1);
  assert.equal(it.channel.cardsOf(ids[0] ?? '').length, 1);
});

test('what a poll has brought already is pointed at; what stayed quiet is brought up', async (t) => {
  const it = await team(t);
  const source = sampleSource({ kind: 'social', address: 'social', cursor: null });
  await it.stores.sources.add(source);
  const heard = { sourceId: source.id, sourceKind: 'social' };
  const [loud, quiet] = await it.found(
    { ...heard, externalId: '1', url: 'https://social.example/@sample_user/1' },
    {
      ...{ ...heard, externalId: '3', url: 'https://social.example/@sample_user/3' },
      status: 'quiet',
    },
  );
  it.public.set('3', post('3'));
  await drain(it, it.workspaceId);
  const first = await it.treat('https://social.example/@sample_user/1');
  assert.ok(first.ok && !first.isNew);
  assert.equal(first.mention.id, loud?.id);
  const second = await it.treat('https://social.example/@sample_user/3');
  assert.ok(second.ok && second.isNew);
  assert.equal(second.mention.id, quiet?.id);
  assert.equal(second.mention.status, 'open');
  assert.equal(await it.count(), 2);
});

test('whoever objected, and places never to hear, are left alone, kindly', async (t) => {
  const it = await team(t);
  await it.stores.suppressions.add({
    ...{ workspaceId: it.workspaceId, sourceKind: 'social', createdBy: 'U1', createdAt: NOON },
    authorHash: hashName(it.deps.hashAuthor, { sourceKind: 'social', author: '@sample_user' }),
  });
  const objected = await it.treat('https://social.example/@sample_user/1');
  assert.ok(!objected.ok);
  assert.match(objected.message, /asked not to be heard/u);
  await it.stores.workspaces.changeSettings(it.workspaceId, { neverHear: ['never.example'] });
  const never = await it.treat('https://never.example/post/1');
  assert.ok(!never.ok);
  assert.match(never.message, /never listens there/u);
  assert.equal(await it.count(), 0);
});

test('a post that its author took back does not come back by a link', async (t) => {
  const it = await team(t);
  const treated = await it.treat('https://social.example/@sample_user/1');
  assert.ok(treated.ok);
  const { workspaceId } = it;
  await change(it, workspaceId, treated.mention.id, { type: 'withdraw', actor: 'system' });
  const again = await it.treat('https://social.example/@sample_user/1');
  assert.ok(!again.ok);
  assert.match(again.message, /gone for good/u);
  assert.equal(await it.count(), 1);
});

test('what cannot be read publicly is refused with the reason', async (t) => {
  const it = await team(t);
  const reasons: [string[], RegExp][] = [
    [['https://social.example/@sample_user/99'], /without logging in/u],
    [['https://closed.example/1'], /That place is closed/u],
    [['https://page.example/post'], /source add https:\/\/page\.example/u],
    [[], /no link in this message/u],
    [['mailto:somebody'], /no link in this message/u],
  ];
  for (const [links, reason] of reasons) {
    const treated = await it.treat(...links);
    assert.ok(!treated.ok);
    assert.match(treated.message, reason);
  }
  await it.stores.workspaces.changeSettings(it.workspaceId, { channelId: null });
  const nowhere = await it.treat('https://social.example/@sample_user/1');
  assert.ok(!nowhere.ok && /no support channel/u.test(nowhere.message));
  assert.equal(await it.count(), 0);
});

test('of several links the first that can be read counts', async (t) => {
  const it = await team(t);
  const treated = await it.treat(
    'https://page.example/about',
    'https://social.example/@sample_user/1',
  );
  assert.ok(treated.ok && treated.isNew);
});

test('a plain page is read through a feed of its site that the team listens to', async (t) => {
  const it = await team(t);
  const address = 'https://blog.example/feed';
  await it.stores.sources.add(sampleSource({ id: 'blog', kind: 'feed', address }));
  it.blog.posts.push(post('b1', { url: 'https://blog.example/2026/why-i-left/' }));
  const treated = await it.treat('https://www.blog.example/2026/why-i-left');
  assert.ok(!treated.ok, 'another host, as far as addresses tell');
  const right = await it.treat('https://blog.example/2026/why-i-left?utm_medium=chat');
  assert.ok(right.ok && right.isNew);
  assert.equal(right.mention.sourceId, 'blog');
});
