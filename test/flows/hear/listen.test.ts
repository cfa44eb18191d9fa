import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Post } from '../../../src/core/post.ts';
import type { Failure, StreamBatch } from '../../../src/core/source.ts';
import { LEASE_SECONDS, listenSource } from '../../../src/flows/hear/listen.ts';
import { world } from '../../helpers/flows.ts';
import { pollDeps } from '../../helpers/poll-deps.ts';
import { fakePlace } from '../../helpers/place.ts';
import { minutesAfter } from '../../helpers/samples.ts';

function post(externalId: string): Post {
  return {
    externalId,
    url: null,
    author: 'did:sample',
    title: null,
    text: `Acme Broadband is down again, nobody answers, this is awful. (sample ${externalId})`,
    publishedAt: minutesAfter(-1),
    editedAt: null,
    language: 'en',
  };
}

function batch(cursor: string, ...ids: string[]): StreamBatch {
  return { ok: true, posts: ids.map(post), deleted: [], cursor, gap: null };
}

const DOWN: Failure = { kind: 'unavailable', cause: 'closed', message: 'closed the connection' };

/** A world with a stream that says what the test wants, from the cursor on. */
async function streaming(t: TestContext, batches: StreamBatch[]) {
  const it = await world(t);
  const place = fakePlace();
  const { poll: _poll, ...source } = place.source;
  source.listen = async function* ({ cursor }) {
    const from = batches.findIndex((one) => one.ok && one.cursor === cursor) + 1;
    yield* batches.slice(from);
  };
  const deps = pollDeps(it, [source], {
    notice: async (_workspaceId, text) => {
      await it.channel.notice(it.workspaceId, 'C1', text);
    },
  });
  const ending = new AbortController();
  return {
    ...it,
    deps,
    place: source,
    listen: () => listenSource(deps, it.workspaceId, it.sourceId, ending.signal, () => undefined),
    stored: async () =>
      (await it.stores.mentions.list(it.workspaceId, {}, { order: 'oldest' })).map(
        ({ externalId, author }) => [externalId, author],
      ),
    source: async () => (await it.stores.sources.find(it.workspaceId, it.sourceId))!,
  };
}

test('what a stream brings is new from its first batch on, and the lease is renewed with each', async (t) => {
  const it = await streaming(t, [batch('1', 'a'), batch('2', 'b')]);
  await it.listen();
  assert.equal((await it.stored()).length, 2);
  const { cursor, nextPollAt } = await it.source();
  assert.equal(cursor, '2');
  assert.equal(nextPollAt.getTime() - it.clock().getTime(), LEASE_SECONDS * 1000);
});

test('a stream goes on where it stopped, and nothing comes twice', async (t) => {
  const batches: StreamBatch[] = [batch('1', 'a'), { ok: false, failure: DOWN }];
  const it = await streaming(t, batches);
  await it.listen();
  assert.equal((await it.source()).failures, 1);
  batches.splice(1, 1, batch('2', 'a', 'b'));
  await it.listen();
  assert.deepEqual(
    (await it.stored()).map(([id]) => id),
    ['a', 'b'],
  );
  assert.equal((await it.source()).failures, 0);
});

test('posts that matched are completed, and those whose authors opted out are never stored', async (t) => {
  const it = await streaming(t, [batch('1', 'a', 'b')]);
  it.place.complete = async ({ posts }) => ({
    ok: true,
    posts: posts
      .filter(({ externalId }) => externalId !== 'b')
      .map((one) => ({ ...one, author: 'sample.example' })),
  });
  await it.listen();
  assert.deepEqual(await it.stored(), [['a', 'sample.example']]);
});

test('when the place cannot say who opted out, the batch is kept for later', async (t) => {
  const it = await streaming(t, [batch('1', 'a')]);
  it.place.complete = async () => ({ ok: false, failure: DOWN });
  await it.listen();
  assert.deepEqual(await it.stored(), []);
  assert.equal((await it.source()).cursor, null);
  it.place.complete = async ({ posts }) => ({ ok: true, posts: [...posts] });
  await it.listen();
  assert.equal((await it.stored()).length, 1);
});

test('a paused stream ends', async (t) => {
  const it = await streaming(t, [batch('1', 'a'), batch('2', 'b')]);
  await it.stores.sources.change(it.workspaceId, it.sourceId, { paused: true });
  await it.listen();
  assert.equal((await it.source()).cursor, '1');
});
