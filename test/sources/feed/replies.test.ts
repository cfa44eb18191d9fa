import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { feed } from '../../../src/sources/feed.ts';
import { startPlace, repliesOf, type Place } from '../../stand-ins/place.ts';

let place: Place;

before(async () => {
  place = await startPlace();
  const body = (text: string) => ({
    headers: { 'content-type': 'application/rss+xml' },
    body: text,
  });
  const rss = (items: string) =>
    body(`<rss version="2.0" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Sample</title>${items}</channel></rss>`);
  const comment = (number: number, minute: number) => `<item><guid>comment-${number}</guid>
    <link>${place.web.url}/down/#comment-${number}</link><dc:creator>acme_care</dc:creator>
    <pubDate>Mon, 02 Mar 2026 12:0${minute}:00 GMT</pubDate><description>Sample ${number}</description></item>`;
  place.web.on(
    '/rss',
    rss(`<item><guid>named</guid><title>Down</title><wfw:commentRss>/down/comments</wfw:commentRss></item>
      <item><guid>silent</guid><title>Down again</title></item>
      <item><guid>broken</guid><title>Down</title><wfw:commentRss>/trouble</wfw:commentRss></item>`),
  );
  place.web.on('/down/comments', rss(comment(2, 2) + comment(1, 1)));
  place.web.on('/trouble', { status: 503 });
  place.web.on('/down/', {
    headers: { 'content-type': 'text/html' },
    body: `<!doctype html><html><head>
      <link rel="alternate" type="application/rss+xml" title="Site" href="/feed/">
      <link rel="alternate" type="application/rss+xml" title="Comments" href="/down/feed/"></head>
      <body>Down again</body></html>`,
  });
  place.web.on('/down/feed/', rss(comment(4, 1)));
  place.web.on('/bare/', {
    headers: { 'content-type': 'text/html' },
    body: '<html><body>x</body>',
  });
  place.web.on('/atom', {
    headers: { 'content-type': 'application/atom+xml' },
    body: `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:t="http://purl.org/syndication/thread/1.0">
      <entry><id>tag:forum,1</id><title>Down</title>
        <link rel="replies" type="text/html" href="/page"/>
        <link rel="replies" type="application/atom+xml" href="/atom-replies"/></entry>
      <entry><id>tag:forum,2</id><title>Sample 5</title><updated>2026-03-02T12:01:00Z</updated>
        <t:in-reply-to ref="tag:forum,1" href="https://forum.example/1"/><content>Sample 5</content></entry>
      <entry><id>tag:forum,3</id><title>Another</title>
        <t:in-reply-to ref="tag:forum,2"/><content>Sample 6</content></entry></feed>`,
  });
  place.web.on('/atom-replies', rss(comment(7, 3)));
});

after(() => place.close());

async function answers(path: string, externalId: string, url: string | null = null) {
  const address = place.web.url + path;
  return feed.replies?.({ ...place.call(), address, post: { externalId, url } });
}

test('the comments of an item are read from the feed that it names, oldest first', async () => {
  const outcome = await answers('/rss', 'named');
  assert.deepEqual(repliesOf(outcome), ['Sample 1', 'Sample 2']);
  assert.ok(outcome?.ok);
  const { url, author, publishedAt } = outcome.replies[0] ?? assert.fail('a reply');
  assert.equal(url, `${place.web.url}/down/#comment-1`);
  assert.equal(author, 'acme_care');
  assert.deepEqual(publishedAt, new Date('2026-03-02T12:01:00Z'));
});

test('where the item names none, the feed below the page of the post is read', async () => {
  const url = `${place.web.url}/down/`;
  assert.deepEqual(repliesOf(await answers('/rss', 'silent', url)), ['Sample 4']);
  assert.deepEqual(repliesOf(await answers('/rss', 'scrolled-out', url)), ['Sample 4']);
});

test('entries that say what they answer are its answers, beside those of its own feed', async () => {
  assert.deepEqual(repliesOf(await answers('/atom', 'tag:forum,1')), ['Sample 5', 'Sample 7']);
  const byAddress = await answers('/atom', 'unknown', 'https://forum.example/1');
  assert.deepEqual(repliesOf(byAddress), ['Sample 5']);
});

test('a page without a feed below it has no answers to show; a feed in trouble is a failure', async () => {
  assert.deepEqual(repliesOf(await answers('/rss', 'silent', `${place.web.url}/bare/`)), []);
  assert.deepEqual(repliesOf(await answers('/rss', 'silent', `${place.web.url}/`)), []);
  const outcome = await answers('/rss', 'broken');
  assert.ok(outcome?.ok === false && outcome.failure.kind === 'unavailable');
  assert.ok((await answers('/nothing', 'named'))?.ok === false);
});
