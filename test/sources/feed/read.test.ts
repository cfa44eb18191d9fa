import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import utils from 'rss-parser/lib/utils.js';
import type { Post } from '../../../src/core/post.ts';
import type { ReadFeed } from '../../../src/sources/feed/document.ts';
import { readDocument } from '../../../src/sources/feed/read.ts';

async function readFixture(name: string, url = 'https://feeds.example/feed'): Promise<ReadFeed> {
  return readText(readFileSync(`test/fixtures/feeds/${name}`), url);
}

async function readText(text: string | Uint8Array, url = 'https://feeds.example/feed') {
  const document = await readDocument(Buffer.from(text), { url, contentType: null });
  assert.ok(document.ok, JSON.stringify(document));
  return document;
}

function rss(item: string): string {
  return `<rss version="2.0"><channel><title>Sample</title><item>${item}</item></channel></rss>`;
}

async function readItem(item: string): Promise<Post> {
  const { posts } = await readText(rss(item));
  return posts[0] ?? assert.fail('a post');
}

test('items at one address are told apart by what they say, where they have no ids', async () => {
  const at = '<link>https://status.example/</link>';
  const items = (...texts: string[]) =>
    texts.map((text) => `<title>${text}</title>${at}`).join('</item><item>');
  const { posts } = await readText(rss(items('Slow', 'Slow', 'Fast')));
  assert.deepEqual(
    posts.map(({ title }) => title),
    ['Slow', 'Fast'],
  );
  const again = await readText(rss(items('New', 'Slow', 'Fast')));
  const ids = posts.map(({ externalId }) => externalId);
  assert.deepEqual(
    again.posts.slice(1).map(({ externalId }) => externalId),
    ids,
  );
  const alone = await readItem(items('Slow'));
  assert.equal(alone.externalId, 'https://status.example/');
  const named = await readText(rss(items('Slow', 'Fast').replaceAll(at, `${at}<guid>1</guid>`)));
  assert.equal(named.posts.length, 1);
});

test('a packed file is read, and one that is packed to harm is none', async () => {
  const { posts } = await readText(gzipSync(rss('<title>Acme</title>')));
  assert.equal(posts[0]?.title, 'Acme');
  const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
  const document = await readDocument(bomb, { url: 'https://feeds.example/', contentType: null });
  assert.equal(document.ok, false);
});

test('of a long feed the newest items are heard, also where they come last', async () => {
  const start = Date.UTC(2026, 0, 1);
  const rising = Array.from({ length: 5000 }, (_, n) => ({
    id: String(n),
    date_published: new Date(start + n * 60_000).toISOString(),
    title: 'Sample',
  }));
  const item = ({ id, date_published: date }: (typeof rising)[number]) =>
    `<guid>${id}</guid><pubDate>${date}</pubDate>`;
  for (const all of [rising, [...rising].reverse()]) {
    for (const text of [
      JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: all }),
      rss(all.map(item).join('</item><item>')),
    ]) {
      const { posts } = await readText(text);
      const numbers = posts.map(({ externalId }) => Number(externalId));
      assert.deepEqual(
        [Math.min(...numbers), Math.max(...numbers), posts.length],
        [3000, 4999, 2000],
      );
    }
  }
});

test('RSS 2.0: a forum', async () => {
  const { posts, title, rhythm } = await readFixture('rss-2.0-forum.xml');
  assert.equal(title, 'Sample forum: broadband');
  assert.deepEqual(rhythm, { seconds: 1800, skipHours: [0, 1], skipDays: [] });
  assert.deepEqual(posts, [
    {
      externalId: 'forum.example-42',
      url: 'https://forum.example/broadband/t/42',
      author: 'sample_user',
      title: 'Acme & the engineer who never comes',
      text: 'Third visit cancelled.\n\nNobody answers – still waiting :(',
      publishedAt: new Date('2026-11-23T09:15:00Z'),
      editedAt: null,
      language: 'en-GB',
    },
    {
      externalId: 'https://forum.example/broadband/t/41',
      url: 'https://forum.example/broadband/t/41',
      author: 'Sample Two',
      title: "Use List<String> for the router's API",
      text: '1 < 2, they say.',
      publishedAt: new Date('2026-11-23T08:00:00Z'),
      editedAt: null,
      language: 'en-GB',
    },
  ]);
});

test('RSS 0.91: a DOCTYPE, names of HTML and bare ampersands', async () => {
  const { posts } = await readFixture('rss-0.91.xml');
  assert.equal(posts[0]?.title, 'Acme Broadband gestört');
  assert.equal(posts[0]?.text, 'Seit Stunden kein Netz in Nürnberg');
  assert.equal(posts[0]?.url, 'http://news.example/1?a=1&b=2');
  assert.equal(posts[0]?.externalId, 'http://news.example/1?a=1&b=2');
  assert.equal(posts[0]?.language, 'de');
});

test('RSS 1.0: items beside the channel, with rdf:about', async () => {
  const { posts, title, rhythm } = await readFixture('rss-1.0.xml');
  assert.equal(title, 'Sample wiki');
  assert.equal(rhythm.seconds, 1800);
  assert.equal(posts[0]?.externalId, 'https://wiki.example/acme?rev=7');
  assert.equal(posts[0]?.url, 'https://wiki.example/acme');
  assert.equal(posts[0]?.author, 'sample_editor');
  assert.equal(posts[0]?.language, 'fr');
  assert.deepEqual(posts[0]?.publishedAt, new Date('2026-11-23T08:15:00Z'));
});

test('Atom 1.0: markup in order, links by rel, xml:base, tombstones, the page before', async () => {
  const { posts, title, deleted, older } = await readFixture('atom-1.0.xml');
  assert.equal(title, 'Sample blog');
  assert.deepEqual(deleted, ['tag:blog.example,2026:3']);
  assert.equal(older, 'https://blog.example/feed.atom?page=2');
  assert.equal(posts[0]?.title, 'Leaving Acme');
  assert.equal(posts[0]?.text, 'After six weeks\nof silence I am gone.\nBye.');
  assert.equal(posts[0]?.url, 'https://blog.example/posts/2026/5.html');
  assert.equal(posts[0]?.author, 'Sample Author');
  assert.deepEqual(posts[0]?.publishedAt, new Date('2026-11-23T08:00:00Z'));
  assert.deepEqual(posts[0]?.editedAt, new Date('2026-11-23T09:30:00Z'));
  assert.equal(posts[1]?.url, 'https://blog.example/posts/4.html');
  assert.equal(posts[1]?.author, 'Guest One, Guest Two');
  assert.equal(posts[1]?.text, 'Nothing broke.');
  assert.equal(posts[1]?.editedAt, null);
});

test('Atom 0.3', async () => {
  const { posts } = await readFixture('atom-0.3.xml');
  assert.equal(posts[0]?.title, 'Acme & me');
  assert.equal(posts[0]?.text, 'No dial tone.');
  assert.deepEqual(posts[0]?.publishedAt, new Date('2026-11-23T14:15:00Z'));
  assert.deepEqual(posts[0]?.editedAt, new Date('2026-11-23T15:15:00Z'));
});

test('JSON Feed: numbers as ids, authors of the feed, and what is no item', async () => {
  const { posts, title, older, malformed } = await readFixture('json-feed-1.1.json');
  assert.equal(title, 'Sample microblog');
  assert.equal(older, 'https://micro.example/feed.json?page=2');
  assert.equal(malformed, 1);
  assert.equal(posts[0]?.externalId, '7');
  assert.equal(posts[0]?.author, 'sample_micro');
  assert.equal(posts[0]?.language, 'en-US');
  assert.deepEqual(posts[0]?.editedAt, new Date('2026-11-23T10:15:00Z'));
  assert.equal(posts[1]?.url, 'https://news.example/acme');
  assert.equal(posts[1]?.author, 'sample_guest');
  assert.equal(posts[1]?.language, 'de');
});

test('Google Alerts: the real address, and no author', async () => {
  const { posts } = await readFixture('google-alerts.xml');
  assert.equal(posts[0]?.url, 'https://blog.example/acme?p=1');
  assert.equal(posts[0]?.title, 'Acme outage explained');
  assert.equal(posts[0]?.text, 'Users of Acme complain');
  assert.equal(posts[0]?.author, null);
});

test('WordPress: comments, and that older ones can be paged', async () => {
  const { posts, isWordPress, rhythm } = await readFixture('wordpress-comments.xml');
  assert.equal(isWordPress, true);
  assert.equal(rhythm.seconds, 3600);
  assert.equal(posts[0]?.externalId, 'https://site.example/?p=4#comment-9');
  assert.equal(posts[0]?.url, 'https://site.example/moving/#comment-9');
  assert.equal(posts[0]?.text, 'Acme took five weeks & lost the form.');
});

test('a podcast: the episode is its page', async () => {
  const { posts } = await readFixture('podcast.xml');
  assert.equal(posts[0]?.url, 'https://cdn.example/5.mp3');
  assert.equal(posts[0]?.author, 'Sample Talkers');
  assert.equal(posts[0]?.text, 'Why Acme lost us');
  assert.deepEqual(posts[0]?.publishedAt, new Date('2026-11-23T11:00:00Z'));
});

test('what the strict parser rejects is read all the same', async () => {
  const { posts, title } = await readFixture('broken.xml');
  assert.equal(title, 'Sample ruins');
  assert.equal(posts.length, 2);
  assert.equal(posts[0]?.title, 'First & worst');
  assert.equal(posts[0]?.url, 'https://ruins.example/1');
  assert.deepEqual(posts[0]?.publishedAt, new Date('2026-11-23T09:15:00Z'));
  assert.equal(posts[1]?.title, 'Second half');
  assert.match(posts[1]?.text ?? '', /^a < b, says Acme/u);
});

test('prefixes are a matter of the document', async () => {
  const { posts } =
    await readText(`<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>x</a:title>
    <a:entry><a:id>1</a:id><a:title>Acme</a:title><a:author><a:name>sample_user</a:name></a:author></a:entry></a:feed>`);
  assert.equal(posts[0]?.title, 'Acme');
  assert.equal(posts[0]?.author, 'sample_user');
  const other =
    await readText(`<rss version="2.0" xmlns:who="http://purl.org/dc/elements/1.1/"><channel>
    <item><title>Acme</title><who:creator>sample_user</who:creator></item></channel></rss>`);
  assert.equal(other.posts[0]?.author, 'sample_user');
});

test('mail addresses are no part of a name', async () => {
  const names = {
    'sample@example.com (Sample Name)': 'Sample Name',
    'Sample Name &lt;sample@example.com&gt;': 'Sample Name',
    'sample@example.com': 'sample',
    '@sample_user': '@sample_user',
    '': null,
  };
  for (const [given, name] of Object.entries(names)) {
    assert.equal((await readItem(`<title>x</title><author>${given}</author>`)).author, name, given);
  }
});

test('markup that was escaped twice is read all the same', async () => {
  const twice =
    '&amp;lt;p&amp;gt;No &amp;lt;b&amp;gt;dial&amp;lt;/b&amp;gt; tone&amp;lt;/p&amp;gt;';
  assert.equal((await readItem(`<description>${twice}</description>`)).text, 'No dial tone');
});

test('an item without any id is known by its address, and without that by what it says', async () => {
  const linked = await readItem('<title>x</title><link>https://a.example/1</link>');
  assert.equal(linked.externalId, 'https://a.example/1');
  const [bare, same, other] = [
    await readItem('<title>x</title><description>y</description>'),
    await readItem('<title>x</title> <description>y</description>'),
    await readItem('<title>x</title><description>z</description>'),
  ];
  assert.equal(bare.externalId, same.externalId);
  assert.notEqual(bare.externalId, other.externalId);
});

test('one id is one post, unless it stands at different addresses', async () => {
  const at = (page: number, title: string) =>
    `<item><guid isPermaLink="false">a</guid><link>https://a.example/${page}</link><title>${title}</title></item>`;
  const items = [at(1, 'newest'), at(2, 'another'), at(1, 'older version'), at(2, 'again')];
  const { posts } = await readText(`<rss version="2.0"><channel>${items.join('')}</channel></rss>`);
  assert.deepEqual(
    posts.map(({ externalId, title }) => [externalId, title]),
    [
      ['https://a.example/1', 'newest'],
      ['https://a.example/2', 'another'],
    ],
  );
});

test('a web page and other texts are told from feeds', async () => {
  const page = await readDocument(Buffer.from('<!doctype html><html><body>Hi</body></html>'), {
    url: 'https://a.example/',
    contentType: 'text/html',
  });
  assert.ok(!page.ok && page.isPage);
  for (const text of ['', 'hello', '{"a":1}', '[]', '<svg/>']) {
    const other = await readDocument(Buffer.from(text), {
      url: 'https://a.example/',
      contentType: null,
    });
    assert.ok(!other.ok && !other.isPage, text);
  }
});

test('no bytes whatever make the reader throw', async () => {
  const tags = ['rss', 'channel', 'item', 'title', 'description', 'feed', 'entry', 'link', 'a:b'];
  const piece = fc.oneof(
    fc.constantFrom(
      ...tags.flatMap((tag) => [`<${tag}>`, `</${tag}>`, `<${tag} a="`, `<${tag}/>`]),
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?xml',
      '<!DOCTYPE',
      '&',
      '&amp;',
      '&#x0;',
      '"',
      '>',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), fc.boolean(), async (pieces, isFeed) => {
      const text = `${isFeed ? '<rss version="2.0"><channel><item>' : ''}${pieces.join('')}`;
      const document = await readDocument(Buffer.from(text), {
        url: 'https://a.example/',
        contentType: null,
      });
      if (document.ok) for (const { externalId } of document.posts) assert.ok(externalId !== '');
    }),
    { numRuns: 500 },
  );
});

test('the parser is the version whose snippets are known and replaced', async () => {
  const { version } = createRequire(import.meta.url)('rss-parser/package.json') as {
    version: string;
  };
  assert.equal(version, '3.13.0');
  await readItem('<title>x</title>');
  assert.equal(utils.getSnippet('a<p'.repeat(60_000)), '');
});
