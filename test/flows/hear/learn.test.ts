import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Command } from '../../../src/core/lifecycle.ts';
import type { Post } from '../../../src/core/post.ts';
import {
  createLearning,
  learnFrom,
  unlearn,
  whatWasLearned,
} from '../../../src/flows/hear/learn.ts';
import { pollSource } from '../../../src/flows/hear/poll.ts';
import { world } from '../../helpers/flows.ts';
import { pollDeps } from '../../helpers/poll-deps.ts';
import { fakePlace } from '../../helpers/place.ts';
import { minutesAfter } from '../../helpers/samples.ts';

const JOKE =
  'My sample cat hates the Acme Broadband jingle, it is awful and she hides every time it plays.';
const LIKE_IT =
  'The sample cat hates that Acme Broadband jingle. Awful, she hides each time it plays here.';
const COMPLAINT =
  'Acme Broadband has been down for three days and nobody answers the phone. Awful.';

async function listening(t: TestContext) {
  const it = await world(t);
  const place = fakePlace();
  const deps = pollDeps(it, [place.source]);
  await pollSource(deps, it.workspaceId, it.sourceId);
  let said = 0;
  async function hears(text: string) {
    said += 1;
    const post: Post = {
      externalId: `post-${said}`,
      url: `https://forum.example/${said}`,
      author: 'sample_user',
      title: null,
      text,
      publishedAt: minutesAfter(-1),
      editedAt: null,
      language: 'en',
    };
    place.posts.push(post);
    it.later(6);
    await pollSource(deps, it.workspaceId, it.sourceId);
    const { workspaceId: id, sourceId } = it;
    return (await it.stores.mentions.findByPosts(id, sourceId, [post.externalId])).get(
      post.externalId,
    );
  }
  return { ...it, deps, hears };
}

const notNegative: Command = {
  type: 'dismiss',
  reason: 'not-negative',
  note: null,
  actor: 'U1SAM',
};

test('a correction changes the verdict on the next similar post at once, and only on similar ones', async (t) => {
  const it = await listening(t);
  const first = (await it.hears(JOKE))!;
  const complaint = (await it.hears(COMPLAINT))!;
  assert.ok(first.verdict.negativity > 0.35, String(first.verdict.negativity));
  assert.ok(await learnFrom(it, first, notNegative));
  const next = await it.hears(LIKE_IT);
  assert.ok((next?.verdict.negativity ?? 0) < 0.35, String(next?.verdict.negativity));
  const again = (await it.hears(`${COMPLAINT} (again)`))!;
  assert.ok(Math.abs(again.verdict.negativity - complaint.verdict.negativity) < 0.05);
});

test('what is learnt of a post is what was judged of it, the part about the keyword', async (t) => {
  const it = await listening(t);
  const posts = await it.hears(
    'Acme Broadband is awful and hated by the sample cat, unlike Beta Telecom, whose museum opens in Leeds',
  );
  const lesson = (await learnFrom(it, posts!, notNegative))!;
  const whole = await it.hears('Hated by the sample cat, and awful: Acme Broadband.');
  assert.ok(lesson.correction.push < 0);
  const words = 'Acme Broadband is awful and hated by the sample cat'.split(' ').length;
  assert.ok(lesson.correction.buckets.length <= words + 1);
  assert.ok((whole?.verdict.negativity ?? 0) < 0.35, String(whole?.verdict.negativity));
});

test('a lesson taken back counts no more', async (t) => {
  const it = await listening(t);
  const { workspaceId } = it;
  const first = (await it.hears(JOKE))!;
  await learnFrom(it, first, notNegative);
  assert.equal((await unlearn(it, { workspaceId, id: first.id, actor: 'U1' }))?.by, 'U1SAM');
  assert.equal(await unlearn(it, { workspaceId, id: first.id, actor: 'U1' }), null);
  assert.ok(((await it.hears(LIKE_IT))?.verdict.negativity ?? 0) > 0.35);
});

test('reopening what was dismissed takes its lesson back', async (t) => {
  const it = await listening(t);
  const first = (await it.hears(JOKE))!;
  await learnFrom(it, first, notNegative);
  assert.equal(await learnFrom(it, first, { type: 'reopen', actor: 'U1' }), null);
  assert.deepEqual((await whatWasLearned(it, it.workspaceId)).lessons, []);
});

test('what one workspace taught is nothing to another, and no key but its own reads it', async (t) => {
  const it = await listening(t);
  const first = (await it.hears(JOKE))!;
  await learnFrom(it, first, notNegative);
  assert.equal((await it.learned(it.workspaceId)).corrections.length, 1);
  assert.equal((await it.learned('T2')).corrections.length, 0);
  const lesson = (await whatWasLearned(it, it.workspaceId)).lessons[0]!;
  assert.doesNotMatch(JSON.stringify(lesson), /cat|jingle|acme/iu);
});

test('claims, other reasons and erased texts teach nothing; an answer agrees', async (t) => {
  const it = await listening(t);
  const mention = (await it.hears(COMPLAINT))!;
  const actor = 'U1SAM';
  const spam: Command = { type: 'dismiss', reason: 'spam', note: null, actor };
  assert.equal(await learnFrom(it, mention, { type: 'claim', actor }), null);
  assert.equal(await learnFrom(it, mention, spam), null);
  assert.equal(await learnFrom(it, { ...mention, title: null, text: null }, notNegative), null);
  const answer: Command = { type: 'answer', url: 'https://forum.example/a', note: null, actor };
  const lesson = await learnFrom(it, mention, answer);
  assert.equal(lesson?.said, 'answered');
  assert.deepEqual((await whatWasLearned(it, it.workspaceId)).counts, {
    'not-negative': 0,
    'not-about-us': 0,
    negative: 0,
    answered: 1,
  });
});

test('what was taught is read once, and again when it changed elsewhere', async (t) => {
  const it = await listening(t);
  const first = (await it.hears(JOKE))!;
  const other = createLearning(it.stores, (id) => `sample key of ${id}`);
  const before = await other(it.workspaceId);
  assert.equal(await other(it.workspaceId), before);
  await learnFrom(it, first, notNegative);
  assert.equal((await other(it.workspaceId)).corrections.length, 1);
});

test('how negative the matched posts were is counted, also of those that leave no other trace', async (t) => {
  const it = await listening(t);
  await it.hears(COMPLAINT);
  assert.equal(await it.hears('Acme Broadband opens a new sample shop on Monday.'), undefined);
  const counts = await it.stores.verdictCounts.since(it.workspaceId, '2026-03-02');
  assert.equal(
    counts.reduce((sum, { posts }) => sum + posts, 0),
    2,
  );
  assert.ok(counts.every(({ keywordId }) => keywordId === it.keywordId));
});
