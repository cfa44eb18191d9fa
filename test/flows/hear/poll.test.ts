import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Post } from '../../../src/core/post.ts';
import type { Settings } from '../../../src/core/ports.ts';
import { backoffSeconds } from '../../../src/flows/hear/keep.ts';
import { drain } from '../../../src/flows/tell/outbox.ts';
import { pollSource } from '../../../src/flows/hear/poll.ts';
import { world } from '../../helpers/flows.ts';
import { pollDeps } from '../../helpers/poll-deps.ts';
import { fakePlace } from '../../helpers/place.ts';
import { minutesAfter, sampleKeyword } from '../../helpers/samples.ts';

const COMPLAINT =
  'Third engineer visit cancelled by Acme Broadband. Still waiting, nobody answers, this is awful.';

let made = 0;
function post(over: Partial<Post> = {}): Post {
  made += 1;
  return {
    externalId: `post-${made}`,
    url: `https://forum.example/posts/${made}`,
    author: 'sample_user',
    title: null,
    text: `${COMPLAINT} (sample ${made})`,
    publishedAt: minutesAfter(-1),
    editedAt: null,
    language: 'en',
    ...over,
  };
}

/** A world with a made-up place whose silent baseline is done. */
async function listening(t: TestContext, settings: Partial<Settings> = {}) {
  const it = await world(t, settings);
  const place = fakePlace();
  const deps = pollDeps(it, [place.source], {
    notice: async (_workspaceId, text) => {
      await it.channel.notice(it.workspaceId, 'C1', text);
    },
  });
  const poll = () => pollSource(deps, it.workspaceId, it.sourceId);
  const mentions = () => it.stores.mentions.list(it.workspaceId, {}, { order: 'oldest' });
  const source = async () => (await it.stores.sources.find(it.workspaceId, it.sourceId))!;
  return { ...it, place, deps, poll, mentions, source };
}

test('the first poll is a silent baseline, the next brings up what is new', async (t) => {
  const it = await listening(t);
  it.place.posts.push(post(), post());
  await it.poll();
  assert.equal((await it.mentions()).length, 0);
  it.place.posts.push(post());
  const report = await it.poll();
  assert.ok(report.outcome === 'polled');
  assert.deepEqual([report.posts, report.stored], [1, 1]);
  assert.equal((await it.mentions())[0]?.status, 'detected');
});

test('a post that matches nothing leaves no trace', async (t) => {
  const it = await listening(t);
  await it.poll();
  it.place.posts.push(post({ text: 'Beta Telecom is awful, still waiting.' }));
  await it.poll();
  assert.equal((await it.mentions()).length, 0);
});

test('polling again what was polled already stores nothing twice', async (t) => {
  const it = await listening(t);
  await it.poll();
  it.place.posts.push(post());
  await it.poll();
  it.place.edited = [it.place.posts[0]!];
  await it.poll();
  assert.equal((await it.mentions()).length, 1);
});

test('contact data never reaches the database', async (t) => {
  const it = await listening(t);
  await it.poll();
  it.place.posts.push(
    post({ text: `${COMPLAINT} Write to sample@acme.example or 020 7946 0018.` }),
  );
  await it.poll();
  const [mention] = await it.mentions();
  assert.doesNotMatch(JSON.stringify(mention), /sample@acme|7946/u);
});

test('an edit at the source changes the open card', async (t) => {
  const it = await listening(t);
  await it.poll();
  it.place.posts.push(post());
  await it.poll();
  await drain(it, it.workspaceId);
  it.place.edited = [{ ...it.place.posts[0]!, text: `${COMPLAINT} Edit: it gets worse.` }];
  await it.poll();
  await drain(it, it.workspaceId);
  const [mention] = await it.mentions();
  assert.match(mention?.text ?? '', /it gets worse/u);
  assert.equal(it.channel.cardsOf(mention!.id)[0]?.version, mention?.version);
});

test('a deletion at the source takes the text out of the database and off the card', async (t) => {
  const it = await listening(t);
  await it.poll();
  it.place.posts.push(post());
  await it.poll();
  await drain(it, it.workspaceId);
  it.place.deleted = [it.place.posts[0]!.externalId];
  await it.poll();
  await drain(it, it.workspaceId);
  const [mention] = await it.mentions();
  assert.equal(mention?.status, 'withdrawn');
  assert.equal(mention?.text, null);
  assert.equal(it.channel.cardsOf(mention!.id)[0]?.status, 'withdrawn');
});

test('a feed that moved does not bring up years of old posts', async (t) => {
  const it = await listening(t, { maximumAgeHours: 72 });
  await it.poll();
  it.place.posts.push(post({ publishedAt: minutesAfter(-60 * 24 * 365) }), post());
  const report = await it.poll();
  assert.ok(report.outcome === 'polled');
  assert.equal(report.stored, 1);
});

test('after a week without Earshot the posts of that week are brought up', async (t) => {
  const it = await listening(t, { maximumAgeHours: 72 });
  await it.poll();
  it.place.posts.push(post({ publishedAt: minutesAfter(60) }));
  it.later(7 * 24 * 60);
  await it.poll();
  assert.equal((await it.mentions()).length, 1);
});

test('a failing source backs off, keeps its cursor, and is told of once', async (t) => {
  const it = await listening(t);
  await it.poll();
  const { cursor } = await it.source();
  it.place.failure = { kind: 'unavailable', cause: 'HTTP 503', message: 'answers with an error' };
  for (let round = 0; round < 5; round += 1) await it.poll();
  const failing = await it.source();
  assert.equal(failing.cursor, cursor);
  assert.equal(failing.failures, 5);
  assert.equal(failing.failure, 'answers with an error');
  assert.equal(failing.nextPollAt.getTime() - it.clock().getTime(), 16 * 60_000);
  assert.equal(it.channel.notices.length, 1);
  it.place.failure = null;
  it.place.posts.push(post());
  await it.poll();
  assert.deepEqual([(await it.source()).failures, (await it.source()).failure], [0, null]);
  assert.equal((await it.mentions()).length, 1, 'what came meanwhile is heard');
});

test('a place that asks for time gets it', async (t) => {
  const it = await listening(t);
  await it.poll();
  it.place.failure = {
    kind: 'rate-limited',
    cause: 'HTTP 429',
    message: 'asks for a pause',
    retryAfterSeconds: 4000,
  };
  const pause = async () => (await it.source()).nextPollAt.getTime() - it.clock().getTime();
  await it.poll();
  assert.equal(await pause(), 4_000_000);
  it.deps.jitter = () => 0.9;
  await it.poll();
  assert.equal(await pause(), 4_000_000, 'never sooner, whatever chance says');
});

test('a place that is gone for good is paused and told of', async (t) => {
  const it = await listening(t);
  await it.poll();
  it.place.failure = { kind: 'gone', cause: 'HTTP 410', message: 'says that it is gone' };
  await it.poll();
  assert.equal((await it.source()).paused, true);
  assert.equal(it.channel.notices.length, 1);
});

test('a gap is written down and told', async (t) => {
  const it = await listening(t);
  await it.poll();
  it.place.gap = { from: minutesAfter(-60), to: minutesAfter(0), reason: 'posts were missed' };
  await it.poll();
  assert.match((await it.source()).gap ?? '', /posts were missed/u);
  assert.equal(it.channel.notices.length, 1);
});

test('a post about two keywords is one mention, for the one that wants a card', async (t) => {
  const it = await listening(t);
  const strict = sampleKeyword({ query: 'acme', postThreshold: 1, digestThreshold: 1 });
  await it.stores.keywords.add(strict);
  await it.poll();
  it.place.posts.push(post());
  await it.poll();
  const mentions = await it.mentions();
  assert.deepEqual(
    mentions.map(({ keywordId }) => keywordId),
    [it.keywordId],
  );
});

test('a paused keyword hears nothing', async (t) => {
  const it = await listening(t);
  await it.stores.keywords.change(it.workspaceId, it.keywordId, { paused: true });
  await it.poll();
  it.place.posts.push(post());
  await it.poll();
  assert.equal((await it.mentions()).length, 0);
});

test('what only a person can mend is tried hourly at most, the rest is doubled up to six hours', () => {
  const failure = (kind: 'rejected' | 'unavailable') => ({ kind, cause: '', message: '' });
  assert.equal(backoffSeconds(failure('unavailable'), 1), 60);
  assert.equal(backoffSeconds(failure('unavailable'), 3), 240);
  assert.equal(backoffSeconds(failure('unavailable'), 30), 6 * 3600);
  assert.equal(backoffSeconds(failure('rejected'), 1), 3600);
});

test('gaps that come at every poll are told once a day', async (t) => {
  const it = await listening(t);
  await it.poll();
  it.place.gap = { from: null, to: minutesAfter(0), reason: 'posts were missed' };
  for (let round = 0; round < 4; round += 1) {
    it.later(10);
    await it.poll();
  }
  assert.equal(it.channel.notices.length, 1);
  it.later(25 * 60);
  await it.poll();
  assert.equal(it.channel.notices.length, 2);
});

test('an account that is gone takes all its posts with it', async (t) => {
  const it = await listening(t);
  await it.poll();
  it.place.posts.push(
    post({ externalId: 'at://did:x/1' }),
    post({ externalId: 'at://did:x/2' }),
    post({ externalId: 'at://did:y/1' }),
  );
  await it.poll();
  it.place.deleted = ['at://did:x/'];
  await it.poll();
  const statuses = (await it.mentions()).map(({ status }) => status);
  assert.deepEqual(statuses.sort(), ['detected', 'withdrawn', 'withdrawn']);
});
