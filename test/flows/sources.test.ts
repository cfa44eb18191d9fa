import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { addSource, pauseSource, removeSource, type SourceDeps } from '../../src/flows/sources.ts';
import { world } from '../helpers/flows.ts';
import { fakePlace, NO_HTTP } from '../helpers/place.ts';
import { minutesAfter } from '../helpers/samples.ts';

const ACTOR = 'UALEX';

async function team(t: TestContext) {
  const it = await world(t);
  const place = fakePlace();
  const deps: SourceDeps = {
    ...it,
    sources: [place.source],
    http: NO_HTTP,
    sourceSettings: {},
    timeoutSeconds: 5,
    isOwn: (address) => address.startsWith('https://own.example'),
  };
  const { workspaceId } = it;
  return {
    ...it,
    deps,
    place,
    listen: (input: string) => addSource(deps, { workspaceId, input, actor: ACTOR }),
  };
}

test('a new source is looked at once; what is there is the baseline, and three samples are shown', async (t) => {
  const it = await team(t);
  for (let day = 1; day <= 5; day += 1) {
    it.place.posts.push({
      externalId: `p${day}`,
      url: null,
      author: null,
      title: null,
      text: `Sample of day ${day}`,
      publishedAt: minutesAfter(day * 1440),
      editedAt: null,
      language: null,
    });
  }
  const outcome = await it.listen('https://forum.example/feed');
  assert.ok(outcome.ok);
  assert.deepEqual(
    outcome.samples.map(({ text }) => text),
    ['Sample of day 5', 'Sample of day 4', 'Sample of day 3'],
  );
  assert.equal(outcome.source.cursor, '5');
  assert.equal(outcome.source.intervalSeconds, 300);
});

test('a source on a machine of one’s own is asked at every tick', async (t) => {
  const it = await team(t);
  const outcome = await it.listen('https://own.example/feed');
  assert.ok(outcome.ok);
  assert.equal(outcome.source.intervalSeconds, 0);
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
  assert.ok((await it.listen('https://forum.example/feed')).ok);
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
  const added = await it.listen('https://forum.example/feed');
  assert.ok(added.ok);
  const { workspaceId } = it;
  const { id } = added.source;
  assert.ok(await pauseSource(it.deps, { workspaceId, id, paused: true, actor: ACTOR }));
  assert.equal((await it.stores.sources.find(workspaceId, id))?.paused, true);
  const idOrAddress = 'https://forum.example/feed';
  const removed = await removeSource(it.deps, { workspaceId, idOrAddress, actor: ACTOR });
  assert.equal(removed?.id, id);
});
