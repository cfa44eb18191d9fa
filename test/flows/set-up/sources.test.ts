import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Post } from '../../../src/core/post.ts';
import type { Http, Source } from '../../../src/core/source.ts';
import {
  addSource,
  pauseSource,
  removeSource,
  type SourceDeps,
} from '../../../src/flows/set-up/sources.ts';
import { world } from '../../helpers/flows.ts';
import { fakePlace } from '../../helpers/place.ts';
import { minutesAfter } from '../../helpers/samples.ts';

const ACTOR = 'UALEX';

/** A door behind which nothing answers. */
const NOWHERE: Http = {
  async get() {
    return {
      ok: false,
      failure: { kind: 'unavailable', cause: 'nobody', message: 'is not there' },
    };
  },
  guard: () => assert.fail('nothing but requests is made here'),
};

async function team(t: TestContext, others: Source[] = []) {
  const it = await world(t);
  const place = fakePlace();
  const deps: SourceDeps = {
    ...it,
    sources: [...others, place.source],
    http: NOWHERE,
    sourceSettings: {},
    timeoutSeconds: 5,
    hashAuthor: (kind, author) => `hash of ${kind} ${author}`,
    closedPlace: (input) => (input.includes('closed') ? 'That place is closed. Do this.' : null),
    isOwn: (address) => address.startsWith('https://own.example'),
  };
  const { workspaceId } = it;
  return {
    ...it,
    deps,
    place,
    listen: (input: string, sure = false) =>
      addSource(deps, { workspaceId, input, actor: ACTOR, sure }),
  };
}

function sample(text: string, day = 1): Post {
  return {
    externalId: `p${day}`,
    url: null,
    author: null,
    title: null,
    text,
    publishedAt: minutesAfter(day * 1440),
    editedAt: null,
    language: null,
  };
}

/** A place of another kind, which knows its own hosts only when it is asked. */
function forumAt(host: string, found = `https://${host}/latest`) {
  const forum = fakePlace();
  forum.source.kind = 'forum';
  forum.source.name = 'Made-up forums';
  forum.source.recognise = () => null;
  forum.source.probe = async ({ url }) =>
    new URL(url).host === host ? { address: found, label: `${host}, newest posts` } : null;
  forum.posts.push(sample('Said in the forum'));
  return forum;
}

test('a new source is looked at once and added at once; three samples are shown', async (t) => {
  const it = await team(t);
  for (let day = 1; day <= 5; day += 1) it.place.posts.push(sample(`Sample of day ${day}`, day));
  const outcome = await it.listen('https://forum.example/feed');
  assert.ok(outcome.ok);
  assert.deepEqual(outcome.doubts, []);
  assert.deepEqual(
    outcome.hearing.samples.map(({ text }) => text),
    ['Sample of day 5', 'Sample of day 4', 'Sample of day 3'],
  );
  assert.equal(outcome.hearing.everySeconds, 300);
  assert.equal(outcome.added?.cursor, '5');
  assert.equal(outcome.added?.intervalSeconds, 300);
});

test('contact data, and who objected, are not among the samples', async (t) => {
  const it = await team(t);
  it.place.posts.push(sample('Write to sample@mail.example', 1));
  it.place.posts.push({ ...sample('Leave me alone', 2), author: 'sample_objector' });
  await it.stores.suppressions.add({
    workspaceId: it.workspaceId,
    sourceKind: 'feed',
    authorHash: 'hash of feed sample_objector',
    createdBy: ACTOR,
    createdAt: minutesAfter(0),
  });
  const outcome = await it.listen('https://forum.example/feed');
  assert.ok(outcome.ok);
  assert.equal(outcome.hearing.samples.length, 1);
  assert.doesNotMatch(outcome.hearing.samples[0]?.text ?? '', /sample@mail/u);
});

test('a source on a machine of one’s own is asked at every tick', async (t) => {
  const it = await team(t);
  const outcome = await it.listen('https://own.example/feed', true);
  assert.ok(outcome.ok);
  assert.equal(outcome.added?.intervalSeconds, 0);
});

test('where nothing can be heard, the person is asked first, and a yes adds it', async (t) => {
  const it = await team(t);
  const asked = await it.listen('https://forum.example/feed');
  assert.ok(asked.ok && asked.added === null);
  assert.deepEqual(asked.doubts, ['nothing-heard']);
  assert.equal((await it.stores.sources.list(it.workspaceId)).length, 1, 'only the one before');
  const added = await it.listen('https://forum.example/feed', true);
  assert.ok(added.ok && added.added !== null);
});

test('a feed that was found through a page is asked about, since it is another address', async (t) => {
  const it = await team(t);
  it.place.posts.push(sample('A post'));
  it.place.movedTo = 'https://blog.example/feed.xml';
  const outcome = await it.listen('https://blog.example/');
  assert.ok(outcome.ok && outcome.added === null);
  assert.deepEqual(outcome.doubts, ['elsewhere']);
  assert.equal(outcome.hearing.address, 'https://blog.example/feed.xml');
});

test('http that became https, or a slash at the end, is no other address', async (t) => {
  const it = await team(t);
  it.place.posts.push(sample('A post'));
  it.place.movedTo = 'https://www.blog.example/feed/';
  const outcome = await it.listen('https://blog.example/feed');
  assert.ok(outcome.ok && outcome.added !== null);
});

test('a page that another source knows is heard by that source', async (t) => {
  const forum = forumAt('talk.example');
  const it = await team(t, [forum.source]);
  it.place.movedTo = 'https://talk.example/latest.rss';
  it.place.posts.push(sample('Said in the feed'));
  const outcome = await it.listen('https://talk.example');
  assert.ok(outcome.ok && outcome.added !== null);
  assert.equal(outcome.added.kind, 'forum');
  assert.equal(outcome.hearing.samples[0]?.text, 'Said in the forum');
});

test('where the recognised source fails, the others are asked too; else its reason is told', async (t) => {
  const forum = forumAt('talk.example');
  const it = await team(t, [forum.source]);
  it.place.failure = { kind: 'malformed', cause: 'html', message: 'answers with a web page' };
  const found = await it.listen('https://talk.example/');
  assert.ok(found.ok && found.added?.kind === 'forum');
  const none = await it.listen('https://other.example/');
  assert.ok(!none.ok);
  assert.match(none.message, /answers with a web page/u);
});

test('a host without https:// in front is understood', async (t) => {
  const it = await team(t);
  it.place.posts.push(sample('A post'));
  const outcome = await it.listen('forum.example/feed');
  assert.ok(outcome.ok);
  assert.equal(outcome.hearing.address, 'https://forum.example/feed');
});

test('a closed place is refused with its way out, before anything is asked', async (t) => {
  const it = await team(t);
  const outcome = await it.listen('https://closed.example/');
  assert.ok(!outcome.ok);
  assert.equal(outcome.message, 'That place is closed. Do this.');
});

test('a place that counts or charges is not even looked at before a yes', async (t) => {
  const it = await team(t);
  it.place.source.needs = { settings: [], how: 'It charges for every post.' };
  it.place.posts.push(sample('A post'));
  const asked = await it.listen('https://forum.example/feed');
  assert.ok(asked.ok && asked.added === null);
  assert.deepEqual([asked.doubts, asked.hearing.samples], [['needs-key'], []]);
  assert.equal(asked.hearing.needs, 'It charges for every post.');
  const added = await it.listen('https://forum.example/feed', true);
  assert.ok(added.ok && added.added?.cursor === '1');
});

test('a place that does not answer is not added, and the reason is told', async (t) => {
  const it = await team(t);
  it.place.failure = {
    kind: 'malformed',
    cause: 'text/html',
    message: 'answers with a web page instead of a feed',
  };
  const outcome = await it.listen('https://forum.example/');
  assert.ok(!outcome.ok);
  assert.match(outcome.message, /web page instead of a feed/u);
  assert.equal((await it.stores.sources.list(it.workspaceId)).length, 1, 'only the one before');
});

test('what is no address, and what is there already, are refused in words', async (t) => {
  const it = await team(t);
  const nothing = await it.listen('hello');
  assert.ok(!nothing.ok && nothing.message.includes('https://'));
  assert.ok((await it.listen('https://forum.example/feed', true)).ok);
  const twice = await it.listen('https://forum.example/feed');
  assert.ok(!twice.ok && twice.message.includes('already'));
});

test('a source that needs a key says which setting and what it takes', async (t) => {
  const it = await team(t);
  it.place.source.needs = { settings: ['PLACE_KEY'], how: 'Ask the place for one; it is free.' };
  const outcome = await it.listen('https://forum.example/feed');
  assert.ok(!outcome.ok);
  assert.match(outcome.message, /PLACE_KEY in \.env\. Ask the place/u);
});

test('a source is removed by its address as well as by its id, and can be paused', async (t) => {
  const it = await team(t);
  const added = await it.listen('https://forum.example/feed', true);
  assert.ok(added.ok && added.added !== null);
  const { workspaceId } = it;
  const { id } = added.added;
  assert.ok(await pauseSource(it.deps, { workspaceId, id, paused: true, actor: ACTOR }));
  assert.equal((await it.stores.sources.find(workspaceId, id))?.paused, true);
  const idOrAddress = 'https://forum.example/feed';
  const removed = await removeSource(it.deps, { workspaceId, idOrAddress, actor: ACTOR });
  assert.equal(removed?.id, id);
});
