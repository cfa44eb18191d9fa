import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { Source, StreamBatch } from '../../src/core/source.ts';
import { bluesky, completeBlueskyPosts, createBluesky } from '../../src/sources/bluesky.ts';
import { TIMINGS, type Timings } from '../../src/sources/bluesky/jetstream.ts';
import { createHttp, type HttpDoor } from '../../src/sources/http.ts';
import {
  deleteFrame,
  DID,
  postFrame,
  startJetstream,
  uriOf,
  type Jetstream,
} from '../stand-ins/jetstream.ts';
import { existence, jsonReply, repliesOf, startPlace, type Place } from '../stand-ins/place.ts';

/** So short that no test waits. */
const QUICK: Timings = {
  ...TIMINGS,
  batchMilliseconds: 5,
  backoffMilliseconds: 1,
  longestBackoffMilliseconds: 4,
  jitter: () => 1,
};

let hosts: Jetstream[];
let http: HttpDoor;
let stop: AbortController;

beforeEach(async () => {
  hosts = [await startJetstream(), await startJetstream()];
  http = createHttp({
    contact: null,
    version: '0',
    privateHosts: hosts.map(({ host }) => host),
    pause: () => 0,
  });
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  await Promise.all(hosts.map((host) => host.close()));
  await http.close();
});

interface Listener {
  posts: string[];
  deleted: string[];
  gaps: string[];
  failures: string[];
  cursor: string | null;
  /** Fulfilled when the stream has ended. */
  ended: Promise<void>;
  /** Fulfilled as soon as what was heard is so. */
  until(isSo: () => boolean): Promise<void>;
}

function listen(
  options: {
    cursor?: string | null;
    timings?: Partial<Timings>;
    urls?: string[];
    onBatch?: (batch: StreamBatch) => Promise<void> | void;
  } = {},
): Listener {
  const source = createBluesky({ ...QUICK, ...options.timings });
  const waiting: { isSo: () => boolean; resolve: () => void }[] = [];
  const self: Listener = {
    posts: [],
    deleted: [],
    gaps: [],
    failures: [],
    cursor: options.cursor ?? null,
    ended: Promise.resolve(),
    until: (isSo) =>
      new Promise((resolve) => {
        if (isSo()) resolve();
        else waiting.push({ isSo, resolve });
      }),
  };
  self.ended = follow(source);

  async function follow({ listen }: Source): Promise<void> {
    const urls = options.urls ?? hosts.map(({ url }) => url);
    const stream = listen?.({
      http,
      settings: { BLUESKY_JETSTREAM_URL: urls.join(', ') },
      now: new Date(),
      clock: () => new Date(),
      signal: stop.signal,
      address: 'bluesky',
      cursor: self.cursor,
    });
    for await (const batch of stream ?? []) {
      await options.onBatch?.(batch);
      if (batch.ok) {
        self.posts.push(...batch.posts.map(({ text }) => text));
        self.deleted.push(...batch.deleted);
        if (batch.gap !== null) self.gaps.push(batch.gap.reason);
        self.cursor = batch.cursor;
      } else {
        self.failures.push(batch.failure.kind);
      }
      for (const { isSo, resolve } of waiting) if (isSo()) resolve();
    }
  }
  return self;
}

function first(): Jetstream {
  return hosts[0] ?? assert.fail();
}

function second(): Jetstream {
  return hosts[1] ?? assert.fail();
}

test('the whole network is one source, and profiles are left to their feeds', () => {
  for (const input of ['bluesky', 'bsky', 'https://bsky.app/', 'https://bsky.app/search?q=acme']) {
    assert.equal(bluesky.recognise(input)?.address, 'bluesky', input);
  }
  for (const input of ['https://bsky.app/profile/sample.example', 'https://bsky.app.example/']) {
    assert.equal(bluesky.recognise(input), null, input);
  }
});

test('a frame becomes a post under its at-uri', async () => {
  const heard: StreamBatch[] = [];
  const listener = listen({ onBatch: (batch) => void heard.push(batch) });
  await first().connected(1);
  first().emit(postFrame('k1', 'Sample: acme export is broken again'));
  await listener.until(() => listener.posts.length === 1);
  const batch = heard[0];
  assert.ok(batch?.ok);
  assert.deepEqual(batch.posts, [
    {
      externalId: uriOf('k1'),
      url: `https://bsky.app/profile/${DID}/post/k1`,
      author: DID,
      title: null,
      text: 'Sample: acme export is broken again',
      publishedAt: new Date('2026-11-23T09:15:00.000Z'),
      editedAt: null,
      language: 'en',
    },
  ]);
  assert.deepEqual(JSON.parse(batch.cursor), { timeUs: first().timeUs });
});

test('edits come as posts, deletions as ids, and a closed account as the beginning of its ids', async () => {
  const listener = listen();
  await first().connected(1);
  first().emit(postFrame('k1', 'Sample: before'));
  await listener.until(() => listener.posts.length === 1);
  first().emit(
    postFrame('k1', 'Sample: after', { operation: 'update', cid: 'other' }),
    deleteFrame('k2'),
    { did: DID, kind: 'identity', identity: { did: DID, handle: 'sample.example' } },
    { did: DID, kind: 'account', account: { active: true, did: DID } },
    { did: DID, kind: 'account', account: { active: false, status: 'throttled' } },
    { did: 'did:plc:gone', kind: 'account', account: { active: false, status: 'deleted' } },
  );
  await listener.until(() => listener.deleted.length === 2);
  assert.deepEqual(listener.posts, ['Sample: before', 'Sample: after']);
  assert.deepEqual(listener.deleted, [uriOf('k2'), 'at://did:plc:gone/']);
});

test('a post that is deleted before it was handed on is not handed on', async () => {
  const listener = listen({ timings: { batchMilliseconds: 50 } });
  await first().connected(1);
  first().emit(postFrame('k1', 'Sample: regretted'), postFrame('k2', 'Sample'), deleteFrame('k1'));
  await listener.until(() => listener.deleted.length === 1);
  assert.deepEqual(listener.posts, ['Sample']);
});

test('a malformed frame costs no other', async () => {
  const listener = listen();
  await first().connected(1);
  first().emit(
    '{',
    '[]',
    '"text"',
    '{"kind":"commit","did":"did:plc:x","time_us":"soon"}',
    postFrame('k1', '', { record: { text: 7 } }),
    postFrame('k2', 'Sample: good'),
  );
  await listener.until(() => listener.posts.length > 0);
  assert.deepEqual(listener.posts, ['Sample: good']);
});

test('a dropped stream goes on at the next host, ten seconds back, and doubles nothing', async () => {
  const listener = listen();
  await first().connected(1);
  first().emit(postFrame('k1', 'Sample 1'), postFrame('k2', 'Sample 2'));
  await listener.until(() => listener.posts.length === 2);
  // The other host heard the same, by a clock of its own, and went on meanwhile.
  second().timeUs -= 3_000_000;
  second().emit(
    postFrame('k1', 'Sample 1'),
    postFrame('k2', 'Sample 2'),
    postFrame('k3', 'Sample 3'),
  );
  first().drop();
  await listener.until(() => listener.posts.length === 3);
  assert.deepEqual(listener.posts, ['Sample 1', 'Sample 2', 'Sample 3']);
  assert.deepEqual(second().cursors, [first().timeUs - 10_000_000]);
  assert.deepEqual([listener.gaps, listener.failures], [[], []]);
});

test('after a restart the stream goes on from the stored cursor', async () => {
  const before = listen({ urls: [first().url] });
  await first().connected(1);
  first().emit(postFrame('k1', 'Sample 1'));
  await before.until(() => before.posts.length === 1);
  stop.abort();
  await before.ended;
  first().emit(postFrame('k2', 'Sample 2'), postFrame('k3', 'Sample 3'));
  stop = new AbortController();
  const after = listen({ urls: [first().url], cursor: before.cursor });
  await after.until(() => after.posts.includes('Sample 3'));
  // What the rewind brings twice has the same id, which the store knows.
  assert.deepEqual(after.posts, ['Sample 1', 'Sample 2', 'Sample 3']);
});

test('a cursor from before the memory of the host is a gap, and said', async () => {
  const lost = first().timeUs - 40 * 3_600_000_000;
  first().emit(postFrame('k1', 'Sample'));
  const listener = listen({ urls: [first().url], cursor: JSON.stringify({ timeUs: lost }) });
  await listener.until(() => listener.posts.length === 1);
  assert.match(listener.gaps[0] ?? '', /longer than it remembers/u);
  first().emit(postFrame('k2', 'Sample'));
  await listener.until(() => listener.posts.length === 2);
  assert.equal(listener.gaps.length, 1);
});

test('a host that refuses is passed over; when all do, that is a failure in their words', async () => {
  first().refuse.push({ status: 503 });
  const listener = listen();
  await second().connected(1);
  second().emit(postFrame('k1', 'Sample'));
  await listener.until(() => listener.posts.length === 1);
  assert.deepEqual(listener.failures, []);
  first().refuse.push({ status: 503 }, { status: 503 });
  second().refuse.push({ status: 503 }, { status: 429, headers: { 'retry-after': '0' } });
  second().drop();
  await listener.until(() => listener.failures.length === 2);
  assert.deepEqual(listener.failures, ['unavailable', 'rate-limited']);
});

test('a quiet stream says now and then that it is still followed', async () => {
  const listener = listen({ timings: { heartbeatMilliseconds: 5 } });
  await listener.until(() => listener.cursor !== null);
  assert.deepEqual([listener.posts, listener.failures], [[], []]);
});

test('a host that is silent for too long is left', async () => {
  const listener = listen({ timings: { silenceMilliseconds: 30 } });
  await first().connected(1);
  await second().connected(1);
  assert.equal(first().sockets.size, 0);
  await listener.until(() => listener.failures.length >= 1);
});

test('a private address that nobody allowed is not connected to', async () => {
  const other = await startJetstream();
  const listener = listen({ urls: [other.url] });
  await listener.until(() => listener.failures.length >= 2);
  assert.deepEqual(listener.failures.slice(0, 2), ['refused', 'refused']);
  assert.equal(other.cursors.length, 0);
  await other.close();
});

test('a slow reader holds the stream back instead of filling the memory', async () => {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const sizes: number[] = [];
  const listener = listen({
    urls: [first().url],
    timings: { mostWaiting: 100 },
    onBatch: async (batch) => {
      if (batch.ok) sizes.push(batch.posts.length);
      await held;
    },
  });
  await first().connected(1);
  const text = 'Sample: acme is down. '.repeat(100);
  const count = 10_000;
  for (let n = 0; n < count; n += 1) first().emit(postFrame(`k${n}`, `${text}${n}`));
  // 22 MB are on their way; the sender keeps what does not fit into the sockets between us.
  const [socket] = first().sockets;
  assert.ok((socket?.bufferedAmount ?? 0) > 10_000_000);
  letGo();
  await listener.until(() => listener.posts.length === count);
  assert.ok(Math.max(...sizes) < 1000, `a batch of ${Math.max(...sizes)}`);
});

test('a reader that leaves closes the stream', async () => {
  const source = createBluesky(QUICK);
  const stream = source.listen?.({
    http,
    settings: { BLUESKY_JETSTREAM_URL: first().url },
    now: new Date(),
    clock: () => new Date(),
    signal: stop.signal,
    address: 'bluesky',
    cursor: null,
  });
  void first()
    .connected(1)
    .then(() => first().emit(postFrame('k1', 'Sample')));
  for await (const batch of stream ?? []) {
    assert.ok(batch.ok);
    break;
  }
  const [socket] = first().sockets;
  if (socket !== undefined) await new Promise((resolve) => socket.on('close', resolve));
  assert.equal(first().sockets.size, 0);
});

/** The API beside the stream: posts by uri, threads, handles. */
async function startApi(): Promise<Place> {
  const place = await startPlace();
  place.settings['BLUESKY_API_URL'] = place.web.url;
  const views = new Map([
    ['k1', view('k1', [])],
    ['k2', view('k2', [{ val: '!no-unauthenticated' }])],
  ]);
  place.json('/xrpc/app.bsky.feed.getPosts', (query) => {
    const uris = query.getAll('uris');
    assert.ok(uris.length <= 25);
    return { posts: uris.flatMap((uri) => views.get(uri.split('/').at(-1) ?? '') ?? []) };
  });
  place.json('/xrpc/com.atproto.identity.resolveHandle', () => ({ did: DID }));
  return place;
}

function view(key: string, labels: object[], text = 'Sample: acme is down') {
  return {
    uri: uriOf(key),
    cid: `cid${key}`,
    author: { did: DID, handle: 'sample.example', labels },
    record: { text, langs: ['en'], createdAt: '2026-11-23T09:15:00.000Z' },
    indexedAt: '2026-11-23T09:15:01.000Z',
  };
}

test('what is left out, or closed to strangers, is gone; in an outage all is unknown', async () => {
  const place = await startApi();
  const refs = ['k1', 'k2', 'k3'].map((key) => ({ externalId: uriOf(key), url: null }));
  const found = await existence(bluesky, place, 'bluesky', refs);
  assert.deepEqual(found, ['there', 'gone', 'gone']);
  place.next.push({ status: 502, headers: {} });
  const outage = await existence(bluesky, place, 'bluesky', refs);
  assert.deepEqual(outage, ['unknown', 'unknown', 'unknown']);
  await place.close();
});

test('posts that matched get the handle of their author, unless that one opted out', async () => {
  const place = await startApi();
  const posts = ['k1', 'k2', 'k3'].map((key) => ({
    externalId: uriOf(key),
    url: null,
    author: DID,
    title: null,
    text: 'Sample',
    publishedAt: null,
    editedAt: null,
    language: null,
  }));
  const completed = await completeBlueskyPosts(place.call(), posts);
  assert.ok(completed.ok);
  assert.deepEqual(
    completed.posts.map(({ externalId, author }) => [externalId, author]),
    [[uriOf('k1'), 'sample.example']],
  );
  await place.close();
});

test('answers come from the thread, without what is missing or blocked in it', async () => {
  const place = await startApi();
  place.json('/xrpc/app.bsky.feed.getPostThread', () => ({
    thread: {
      post: view('k1', []),
      replies: [
        { $type: 'app.bsky.feed.defs#blockedPost', uri: uriOf('k8'), blocked: true },
        {
          post: view('k5', [], 'Sample: sorry'),
          replies: [{ post: view('k6', [], 'Sample: fixed') }],
        },
      ],
    },
  }));
  const post = { externalId: uriOf('k1'), url: null };
  const found = await bluesky.replies?.({ ...place.call(), address: 'bluesky', post });
  assert.deepEqual(repliesOf(found), ['Sample: sorry', 'Sample: fixed']);
  place.next.push(jsonReply({ error: 'NotFound' }, { status: 400 }));
  const missing = await bluesky.replies?.({ ...place.call(), address: 'bluesky', post });
  assert.deepEqual(repliesOf(missing), []);
  await place.close();
});

test('a pasted link is read by handle or by DID, but not against the author’s wish', async () => {
  const place = await startApi();
  for (const account of ['sample.example', DID]) {
    const url = `https://bsky.app/profile/${account}/post/k1`;
    const post = await bluesky.lookUp?.({ ...place.call(), url });
    assert.equal(post?.author, 'sample.example');
  }
  const url = `https://bsky.app/profile/${DID}/post/k2`;
  assert.equal(await bluesky.lookUp?.({ ...place.call(), url }), null);
  await place.close();
});
