import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import Parser from 'rss-parser';
import { createBoard, plan } from '../../src/sandbox/samples/board.ts';
import { COMING, EARLIER, PLACES } from '../../src/sandbox/samples/posts.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import manifest from '../../src/slack/manifest.json' with { type: 'json' };

const START = new Date('2026-03-01T10:00:00Z').getTime();

test('nothing new comes out before a feed was read for the first time', () => {
  let at = START;
  const board = createBoard(
    () => new Date(at),
    undefined,
    () => {},
  );
  at += 3_600_000;
  assert.deepEqual(
    board.posts('forum', true).map(({ id }) => id),
    ['forum-0003', 'forum-0002', 'forum-0001'],
  );
  at += 3000;
  const ids = () => board.posts('forum', true).map(({ id }) => id);
  assert.equal(ids()[0], 'forum-1001');
  at += 10_000;
  assert.equal(ids()[0], 'forum-1001');
  at += 60_000;
  assert.deepEqual(ids().slice(0, 2), ['forum-1002', 'forum-1001']);
});

test('after the first one, a place brings a post every 35 to 60 seconds, all places one in 20', () => {
  const due = PLACES.flatMap(({ id }) => plan(id, START, {}));
  for (const place of PLACES) {
    const times = due.filter(([id]) => id.startsWith(place.id)).map(([, time]) => time);
    assert.equal(times[0], START + place.firstAfter * 1000);
    for (const [index, time] of times.entries()) {
      if (index === 0) continue;
      const gap = (time - times[index - 1]!) / 1000;
      assert.ok(gap >= 35 && gap <= 60, `${place.id} ${gap}`);
    }
  }
  const firstMinutes = due.filter(([, time]) => time <= START + 180_000);
  assert.ok(firstMinutes.length >= 9, `${firstMinutes.length} in three minutes`);
});

test('posts keep their ids and dates over a restart, and the rest comes afterwards', () => {
  let at = START;
  let saved = '';
  const open = (state?: string) => {
    const board = createBoard(
      () => new Date(at),
      state && JSON.parse(state),
      () => {
        saved = JSON.stringify(board.state());
      },
    );
    return board;
  };
  const first = open();
  first.posts('forum', true);
  at += 60_000;
  const before = first.posts('forum');
  assert.deepEqual(
    before.slice(0, 2).map(({ id }) => id),
    ['forum-1002', 'forum-1001'],
  );

  at += 86_400_000;
  const second = open(saved);
  assert.deepEqual(second.posts('forum', true), before);
  at += 3000;
  assert.deepEqual(
    second
      .posts('forum')
      .slice(0, 3)
      .map(({ id }) => id),
    ['forum-1003', 'forum-1002', 'forum-1001'],
  );
});

test('every sample has its own id and names nobody', () => {
  const all = [...EARLIER, ...COMING];
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  for (const { author } of all) assert.match(author, /^(sample_user_\d\d|Sample newsroom)$/);
});

describe('the sample places', () => {
  let sandbox: Sandbox;
  let at = START;
  before(async () => {
    sandbox = await startSandbox({ port: 0, manifest, clock: () => new Date(at) });
  });
  after(() => sandbox.close());

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${sandbox.url}${path}`, { headers, redirect: 'manual' });
  const post = (path: string, fields: Record<string, string>) =>
    fetch(`${sandbox.url}${path}`, {
      method: 'POST',
      headers: { origin: sandbox.url },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });

  test('are feeds that a feed reader reads, in three formats', async () => {
    for (const { url } of sandbox.samples) await fetch(url);
    at += 3_600_000;
    for (const place of PLACES) {
      const { url } = sandbox.samples.find(({ id }) => id === place.id)!;
      const feed = await new Parser().parseString(await (await fetch(url)).text());
      assert.equal(feed.title, place.title);
      const expected = [...EARLIER, ...COMING].filter((entry) => entry.place === place.id);
      assert.equal(feed.items.length, expected.length);
      const newest = feed.items[0]!;
      assert.ok(newest.isoDate! > '2026-03-01T10:00', newest.isoDate);
      const page = await fetch(newest.link!);
      assert.equal(page.status, 200);
    }
    const hostile = await (await get('/samples/forum.rss')).text();
    const item = (await new Parser().parseString(hostile)).items.find((entry) =>
      entry.link?.endsWith('forum-1010'),
    );
    assert.equal(item?.title, '<!channel> <https://evil.example|https://bank.example>');
  });

  test('tell a reader that has the feed already so', async () => {
    const first = await get('/samples/news.rdf');
    const etag = first.headers.get('etag')!;
    const second = await get('/samples/news.rdf', { 'if-none-match': etag });
    assert.equal(second.status, 304);
  });

  test('take an answer in public and show where it is', async () => {
    const sent = await post('/samples/posts/forum-1001/replies', {
      as: 'brand',
      text: 'We are sorry. <b>Tomorrow</b> at nine.',
    });
    assert.equal(sent.status, 303);
    assert.equal(sent.headers.get('location'), '/samples/posts/forum-1001#reply-1');
    const { replies } = (await (await get('/samples/posts/forum-1001/replies.json')).json()) as {
      replies: object[];
    };
    assert.deepEqual(replies, [
      {
        id: 'reply-1',
        url: `${sandbox.url}/samples/posts/forum-1001#reply-1`,
        author: sandbox.brandHandle,
        official: true,
        text: 'We are sorry. <b>Tomorrow</b> at nine.',
        publishedAt: new Date(at).toISOString(),
      },
    ]);
    const page = await (await get('/samples/posts/forum-1001')).text();
    assert.match(page, /id="reply-1"/);
    assert.match(page, /&lt;b&gt;Tomorrow&lt;\/b&gt;/);
    assert.doesNotMatch(page, /<b>Tomorrow/);
  });

  test('show hostile posts as text', async () => {
    const page = await (await get('/samples/posts/forum-1010')).text();
    assert.doesNotMatch(page, /<script/i);
    assert.match(page, /&lt;script&gt;/);
  });

  test('take posts of visitors, and forget a post that its author deletes', async () => {
    const text = 'Acme Broadband lost my order.';
    const sent = await post('/samples/forum', { title: 'Lost', text, author: 'sample_user_60' });
    const path = sent.headers.get('location')!;
    assert.match(await (await get('/samples/forum.rss')).text(), /Acme Broadband lost my order/);
    await post(`${path}/remove`, {});
    assert.equal((await get(path)).status, 410);
    assert.equal((await get(`${path}/replies.json`)).status, 410);
    assert.doesNotMatch(await (await get('/samples/forum.rss')).text(), /lost my order/);
    assert.equal((await get('/samples/posts/forum-9999')).status, 404);
  });

  test('are marked as samples on every page', async () => {
    for (const path of ['/samples/forum', '/samples/posts/forum-1001']) {
      assert.match(
        await (await get(path)).text(),
        /every post, person and company here is made up/,
      );
    }
  });
});
