import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { PollOutcome } from '../../../src/core/source.ts';
import { feed } from '../../../src/sources/feed.ts';
import { createHttp, type HttpDoor } from '../../../src/sources/http.ts';
import { startWeb, type Web } from '../../helpers/web.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
let web: Web;
let http: HttpDoor;

before(async () => {
  web = await startWeb();
  http = createHttp({ contact: null, version: '0', privateHosts: [web.host], pause: () => 0 });
});

after(async () => {
  await http.close();
  await web.close();
});

beforeEach(() => {
  web.requests.length = 0;
});

const call = () => ({ http, settings: {}, now: NOW, signal: new AbortController().signal });

async function poll(path: string, cursor: string | null = null, now = NOW): Promise<PollOutcome> {
  assert.ok(feed.poll);
  return feed.poll({ ...call(), now, address: web.url + path, cursor });
}

async function heard(path: string, cursor: string | null = null, now = NOW) {
  const outcome = await poll(path, cursor, now);
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome;
}

async function failed(path: string, cursor: string | null = null) {
  const outcome = await poll(path, cursor);
  assert.ok(!outcome.ok);
  return outcome.failure;
}

function item(number: number, text = `Post ${number}`): string {
  const at = new Date(NOW.getTime() + number * 60_000).toUTCString();
  return `<item><guid isPermaLink="false">${number}</guid><title>${text}</title><pubDate>${at}</pubDate></item>`;
}

function rss(from: number, to: number, more = ''): string {
  const items = Array.from({ length: to - from + 1 }, (_, index) => item(to - index));
  return `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Sample</title>${more}${items.join('')}</channel></rss>`;
}

function numbers(outcome: { posts: { externalId: string }[] }): number[] {
  return outcome.posts.map(({ externalId }) => Number(externalId)).sort((a, b) => a - b);
}

test('what people type becomes one address, and its label tells no secrets', () => {
  const typed: Record<string, [string, string] | null> = {
    'https://Blog.Example/feed#top': ['https://blog.example/feed', 'blog.example/feed'],
    'blog.example': ['https://blog.example/', 'blog.example'],
    'feed://blog.example/rss?key=hidden': [
      'https://blog.example/rss?key=hidden',
      'blog.example/rss',
    ],
    'feed:https://blog.example/rss': ['https://blog.example/rss', 'blog.example/rss'],
    'https://sample:hidden@blog.example/x': [
      'https://sample:hidden@blog.example/x',
      'blog.example/x',
    ],
    'https://www.google.com/alerts/feeds/000/111': [
      'https://www.google.com/alerts/feeds/000/111',
      'Google Alert',
    ],
    'acme broadband': null,
    hn: null,
    'ftp://a.example/': null,
    'javascript:alert(1)': null,
    'me@example.com': null,
  };
  for (const [input, found] of Object.entries(typed)) {
    const expected = found && { address: found[0], label: found[1] };
    assert.deepEqual(feed.recognise(input), expected, input);
  }
});

test('a body that did not change is not read again, also without validators', async () => {
  web.on('/same', { body: rss(1, 3) });
  const first = await heard('/same');
  assert.equal(first.title, 'Sample');
  const second = await heard('/same', first.cursor);
  assert.deepEqual(second.posts, []);
});

test('older pages are read where a poll meets nothing that it knows (RFC 5005)', async () => {
  web.on('/paged', { body: rss(1, 5) });
  const { cursor } = await heard('/paged');
  const link = (page: number) => `<atom:link rel="next" href="/paged/${page}"/>`;
  web.on('/paged', { body: rss(16, 20, link(2)) });
  web.on('/paged/2', { body: rss(11, 15, link(3)) });
  web.on('/paged/3', { body: rss(4, 10, link(4)) });
  const next = await heard('/paged', cursor);
  assert.deepEqual(numbers(next), [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  assert.equal(next.gap, null);
  assert.equal(web.requests.filter(({ path }) => path === '/paged/4').length, 0);
});

test('WordPress is paged by its parameter, and a server that ignores it ends the search', async () => {
  const generator = '<generator>https://wordpress.org/?v=6.9</generator>';
  web.on('/comments/feed/', { body: rss(1, 5, generator) });
  const { cursor } = await heard('/comments/feed/');
  web.on('/comments/feed/', ({ path }) => ({
    body: path.includes('paged=2') ? rss(5, 9, generator) : rss(10, 14, generator),
  }));
  const next = await heard('/comments/feed/', cursor);
  assert.deepEqual(numbers(next), [6, 7, 8, 9, 10, 11, 12, 13, 14]);
  assert.equal(next.gap, null);
  web.on('/comments/feed/', { body: rss(30, 34, generator) });
  const lost = await heard('/comments/feed/', next.cursor);
  assert.deepEqual(numbers(lost), [30, 31, 32, 33, 34]);
  assert.ok(lost.gap !== null);
});

test('a feed that was empty for once hides no gap', async () => {
  web.on('/blink', { body: rss(1, 5) });
  const first = await heard('/blink');
  web.on('/blink', { body: rss(1, 0) });
  const empty = await heard('/blink', first.cursor);
  assert.deepEqual([empty.posts.length, empty.gap], [0, null]);
  web.on('/blink', { body: rss(20, 24) });
  const last = await heard('/blink', empty.cursor);
  assert.deepEqual([last.posts.length, last.gap === null], [5, false]);
});

test('a gap is told with its times; a feed that began anew is none', async () => {
  web.on('/gap', { body: rss(1, 5) });
  const { cursor } = await heard('/gap');
  web.on('/gap', { body: rss(20, 24) });
  const later = new Date(NOW.getTime() + 3600_000);
  const { gap } = await heard('/gap', cursor, later);
  assert.deepEqual(gap?.from, new Date(NOW.getTime() + 5 * 60_000));
  assert.deepEqual(gap?.to, later);
  assert.match(gap?.reason ?? '', /missed/u);
  web.on('/gap', { body: rss(20, 22) });
  assert.equal((await heard('/gap', cursor)).gap, null, 'a window that is not full');
  const rebuilt = rss(1, 5).replaceAll('Post', 'Entry').replaceAll('">', '">new-');
  web.on('/gap', { body: rebuilt });
  assert.equal((await heard('/gap', cursor)).gap, null, 'as old as what was known');
});

test('the wait is what the feed and its host ask for', async () => {
  web.on('/slow', {
    headers: { 'cache-control': 'max-age=7200' },
    body: rss(1, 2, '<ttl>60</ttl>'),
  });
  const first = await heard('/slow');
  assert.equal(first.waitSeconds, 7200);
  web.on('/slow', { body: rss(1, 2, '<ttl>60</ttl>') });
  assert.equal((await heard('/slow', first.cursor)).waitSeconds, 3600);
});

test('a feed that moved for good is believed at the first poll, later only when it lasts', async () => {
  web.on('/new', { body: rss(1, 2), headers: { etag: '"1"' } });
  web.on('/old', { status: 301, headers: { location: '/new' } });
  assert.equal((await heard('/old')).movedTo, `${web.url}/new`);
  web.on('/old', { body: rss(1, 2) });
  let { cursor } = await heard('/old');
  web.on('/old', { status: 301, headers: { location: '/new' } });
  const moves: (string | null)[] = [];
  for (const hours of [0, 12, 23, 25]) {
    const next = await heard('/old', cursor, new Date(NOW.getTime() + hours * 3600_000));
    moves.push(next.movedTo);
    cursor = next.cursor;
  }
  assert.deepEqual(moves, [null, null, null, `${web.url}/new`]);
});

test('a feed that is gone is gone: 410, and a JSON Feed that expired', async () => {
  web.on('/gone', { status: 410 });
  assert.equal((await failed('/gone')).kind, 'gone');
  const last = {
    version: 'https://jsonfeed.org/version/1.1',
    items: [{ id: '1', content_text: 'x' }],
  };
  web.on('/expired', { body: JSON.stringify(last) });
  const { cursor } = await heard('/expired');
  const farewell = {
    ...last,
    expired: true,
    items: [...last.items, { id: '2', content_text: 'bye' }],
  };
  web.on('/expired', { body: JSON.stringify(farewell) });
  const heardLast = await heard('/expired', cursor);
  assert.deepEqual(numbers(heardLast), [2]);
  web.on('/expired', { body: `${JSON.stringify(farewell)} ` });
  assert.equal((await failed('/expired', heardLast.cursor)).kind, 'gone');
});

test('deletions that a feed reports are handed on', async () => {
  const atom = (
    more: string,
  ) => `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
    <title>x</title>${more}<entry><id>b</id><title>b</title></entry></feed>`;
  web.on('/atom', { body: atom('<entry><id>a</id><title>a</title></entry>') });
  const { cursor } = await heard('/atom');
  web.on('/atom', { body: atom('<at:deleted-entry ref="a" when="2026-11-23T09:00:00Z"/>') });
  const next = await heard('/atom', cursor);
  assert.deepEqual(next.deleted, ['a']);
  assert.deepEqual(next.posts, []);
});

test('ids that flip between http and https are the same ids', async () => {
  const at = (scheme: string) =>
    `<rss version="2.0"><channel><item><guid>${scheme}://a.example/1</guid><title>x</title></item></channel></rss>`;
  web.on('/flip', { body: at('http') });
  const { cursor } = await heard('/flip');
  web.on('/flip', { body: at('https') });
  assert.deepEqual((await heard('/flip', cursor)).posts, []);
});

test('a web page leads to its feed at the first poll, and is a failure later', async () => {
  web.on('/blog', {
    headers: { 'content-type': 'text/html' },
    body: '<!doctype html><link rel="alternate" type="application/rss+xml" href="/blog/feed">',
  });
  web.on('/blog/feed', { body: rss(1, 2) });
  const first = await heard('/blog');
  assert.equal(first.movedTo, `${web.url}/blog/feed`);
  assert.deepEqual(numbers(first), [1, 2]);
  assert.equal((await failed('/blog', first.cursor)).kind, 'malformed');
  web.on('/plain', {
    headers: { 'content-type': 'text/html' },
    body: '<html><body>Hi</body></html>',
  });
  assert.match((await failed('/plain')).message, /web page instead of a feed/u);
});

test('credentials are used, and told nobody', async () => {
  web.on('/private', ({ headers }) =>
    headers.authorization ? { body: rss(1, 1) } : { status: 401 },
  );
  assert.ok(feed.poll);
  const address = `http://sample:hidden@${web.host}/private`;
  const outcome = await feed.poll({ ...call(), address, cursor: null });
  assert.ok(outcome.ok);
  assert.doesNotMatch(JSON.stringify(outcome), /hidden/u);
  assert.equal((await failed('/private')).kind, 'rejected');
});

test('whether a post is still there is told by its page', async () => {
  web.on('/there', { body: 'x' });
  web.on('/gone', { status: 410 });
  web.on('/trouble', { status: 500 });
  const posts = ['/there', '/nowhere', '/gone', '/trouble'].map((path) => ({
    externalId: path,
    url: web.url + path,
  }));
  const found = await feed.exists?.({
    ...call(),
    address: web.url,
    posts: [...posts, { externalId: 'unlinked', url: null }],
  });
  assert.deepEqual(Object.fromEntries(found ?? []), {
    '/there': 'there',
    '/nowhere': 'gone',
    '/gone': 'gone',
    '/trouble': 'unknown',
    unlinked: 'unknown',
  });
});
