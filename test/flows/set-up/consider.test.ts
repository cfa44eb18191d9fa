import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Post } from '../../../src/core/post.ts';
import { considerKeyword, FLOOD, type ConsiderDeps } from '../../../src/flows/set-up/consider.ts';
import { newDraft, type Draft } from '../../../src/flows/set-up/keywords.ts';
import { createHearing } from '../../../src/flows/set-up/preview.ts';
import { world } from '../../helpers/flows.ts';
import { fakePlace, NO_HTTP } from '../../helpers/place.ts';
import { sampleSource } from '../../helpers/samples.ts';

const ANGRY = 'Acme Fibre is down again and nobody answers. Third day, this is awful.';
const MILD = 'Acme Fibre opens a sample shop on Monday.';
const ADVERT = 'Acme Fibre jobs: we are looking for a sample engineer.';

let made = 0;
function post(text: string, over: Partial<Post> = {}): Post {
  made += 1;
  return {
    externalId: `post-${made}`,
    url: `https://forum.example/posts/${made}`,
    author: 'sample_user',
    title: null,
    text,
    publishedAt: null,
    editedAt: null,
    language: 'en',
    ...over,
  };
}

async function team(t: TestContext) {
  const it = await world(t);
  const place = fakePlace();
  let polls = 0;
  const poll = place.source.poll!;
  place.source.poll = async (request) => {
    polls += 1;
    return poll(request);
  };
  const deps: ConsiderDeps = {
    ...it,
    sources: [place.source],
    http: NO_HTTP,
    sourceSettings: {},
    hearNow: createHearing(),
    hashAuthor: (kind, author) => `hash of ${kind} ${author}`,
  };
  const { workspaceId } = it;
  const consider = async (draft: Draft) => {
    const outcome = await considerKeyword(deps, { workspaceId, draft, actor: 'UALEX' });
    if (!outcome.ok) assert.fail(outcome.message);
    return outcome;
  };
  const keywords = () => it.stores.keywords.list(workspaceId);
  return { ...it, deps, place, consider, keywords, polls: () => polls };
}

test('a harmless query is saved at once, with what it would have heard and why', async (t) => {
  const it = await team(t);
  it.place.posts.push(post(ANGRY), post(MILD), post(ADVERT), post('Beta Telecom is awful.'));
  const seen = await it.consider(newDraft('"acme fibre" -jobs', null));
  assert.equal(seen.saved?.query, '"acme fibre" -jobs');
  const { posts, card, digest, nothing, excluded, posted, leftOut } = seen.preview;
  assert.deepEqual([posts, card, digest, nothing, excluded], [4, 1, 0, 1, 1]);
  assert.equal(posted[0]?.text, ANGRY);
  assert.ok((posted[0]?.verdict.reasons.length ?? 0) > 0);
  assert.deepEqual(
    leftOut.map(({ fate, excludedBy }) => [fate, excludedBy]),
    [
      ['excluded', '-jobs'],
      ['nothing', null],
    ],
  );
});

test('nothing of a preview is stored: no mention, no count, no cursor', async (t) => {
  const it = await team(t);
  it.place.posts.push(post(ANGRY));
  await it.consider(newDraft('"acme fibre"', null));
  assert.equal(await it.stores.mentions.count(it.workspaceId, {}), 0);
  assert.deepEqual(await it.stores.verdictCounts.since(it.workspaceId, '2020-01-01'), []);
  assert.equal((await it.stores.sources.find(it.workspaceId, it.sourceId))?.cursor, null);
});

test('a short word is not saved until somebody says so, and comes with a better query', async (t) => {
  const it = await team(t);
  const seen = await it.consider(newDraft('BT', null));
  assert.equal(seen.saved, null);
  assert.match(seen.warnings[0]?.proposal ?? '', /bt NEAR\/8/iu);
  assert.equal((await it.keywords()).length, 1);
});

test('the better query asks for what the posts about this team have in common', async (t) => {
  const it = await team(t);
  const tell = (text: string) => it.place.posts.push(post(text));
  tell('The Acme Broadband landline is dead, bt says so');
  tell('Acme Broadband: my landline and my modem are broken');
  tell('Landline and modem of Acme Broadband, both silent');
  tell('bt headphones with a hedge');
  tell('The hedge grows');
  tell('A museum opens in Leeds');
  const [warning] = (await it.consider(newDraft('bt', null))).warnings;
  assert.equal(warning?.proposal, 'bt NEAR/8 (broadband OR landline OR modem)');
});

test('a query that would flood the channel is not saved at once', async (t) => {
  const it = await team(t);
  for (let n = 0; n < FLOOD; n++) it.place.posts.push(post(`${ANGRY} (${n})`));
  const seen = await it.consider(newDraft('"acme fibre"', null));
  assert.equal(seen.saved, null);
  assert.match(seen.warnings[0]?.message ?? '', /20 would be cards/u);
});

test('an adjusted keyword is compared with what it was, and the places are asked once', async (t) => {
  const it = await team(t);
  it.place.posts.push(post(ANGRY), post(MILD), post(ADVERT));
  const first = await it.consider(newDraft('"acme fibre"', null));
  assert.ok(first.saved);
  const { id, channelId } = first.saved;
  const query = '"acme fibre" -jobs';
  const seen = await it.consider({ id, channelId, query, postThreshold: 1, digestThreshold: 0.5 });
  assert.equal(seen.before?.query, '"acme fibre"');
  assert.deepEqual([seen.previous?.card, seen.preview.card], [1, 0]);
  assert.deepEqual([seen.previous?.excluded, seen.preview.excluded], [0, 1]);
  assert.equal(seen.saved?.query, query);
  assert.equal(it.polls(), 1);
  it.later(3);
  await it.consider({ ...newDraft(query, null), id, query: '"acme fibre" -shop' });
  assert.equal(it.polls(), 2);
});

test('sources that fail, are paused or count every request are not asked', async (t) => {
  const it = await team(t);
  await it.stores.sources.add(sampleSource({ paused: true }));
  await it.stores.sources.add(sampleSource({ failures: 2 }));
  assert.equal((await it.consider(newDraft('"acme fibre"', null))).asked, 1);
  it.place.source.needs = { settings: ['PLACE_KEY'], how: '' };
  it.later(3);
  assert.equal((await it.consider(newDraft('"acme router"', null))).asked, 0);
});

test('a place that does not answer is told apart from one that is silent', async (t) => {
  const it = await team(t);
  it.place.failure = { kind: 'unavailable', cause: 'down', message: 'is down' };
  const seen = await it.consider(newDraft('"acme fibre"', null));
  assert.deepEqual([seen.asked, seen.answered, seen.preview.posts], [1, 0, 0]);
  assert.ok(seen.saved);
});

test('who objected is not shown, and contact data is taken out of what is', async (t) => {
  const it = await team(t);
  it.place.posts.push(post(`${ANGRY} Write to sample@mail.example.`));
  it.place.posts.push(post(ANGRY, { author: 'sample_objector' }));
  await it.stores.suppressions.add({
    workspaceId: it.workspaceId,
    sourceKind: 'feed',
    authorHash: 'hash of feed sample_objector',
    createdBy: 'U1',
    createdAt: it.clock(),
  });
  const { preview } = await it.consider(newDraft('"acme fibre"', null));
  assert.equal(preview.posts, 1);
  assert.doesNotMatch(preview.posted[0]?.text ?? '', /sample@mail/u);
});
