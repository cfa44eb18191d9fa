import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { hackerNews } from '../../src/sources/hackernews.ts';
import { hackerNewsOn, startHackerNews, type HackerNewsPlace } from '../stand-ins/hackernews.ts';
import {
  existence,
  placeOn,
  poller,
  repliesOf,
  START,
  WEB_PAGE,
  type Poller,
} from '../stand-ins/place.ts';
import { sourceContract } from './contract.ts';

const T = START.getTime() / 1000;
const HOUR = 3600;
describe('Hacker News', () => {
  let place: HackerNewsPlace;
  let hn: Poller;

  beforeEach(async () => {
    place = await startHackerNews();
    place.add({ id: 1, time: T, title: 'Sample: is Acme down?' });
    hn = poller(hackerNews, place, 'hn');
  });

  afterEach(() => place.close());

  function comment(id: number, time: number, text = 'Sample: Acme is down again') {
    return { id, time, text, parent: 1 };
  }

  test('all ways to name Hacker News are one source', () => {
    for (const input of [
      'hn',
      'HN',
      'Hacker News',
      'https://news.ycombinator.com/',
      'https://news.ycombinator.com/newest',
      'news.ycombinator.com',
      'https://news.ycombinator.com/item?id=1',
    ]) {
      assert.equal(hackerNews.recognise(input)?.address, 'hn', input);
    }
    assert.equal(hackerNews.recognise('https://news.ycombinator.com.example/'), null);
    assert.equal(hackerNews.recognise('hnx'), null);
  });

  test('a story has its title, and a comment none, not even that of its story', async () => {
    place.add(comment(2, T + 1, '<p>Acme&#x27;s <i>export</i> fails<p>Twice'));
    const { posts } = await hn.poll();
    assert.deepEqual(
      posts.find(({ externalId }) => externalId === '2'),
      {
        externalId: '2',
        url: 'https://news.ycombinator.com/item?id=2',
        author: 'sample_user',
        title: null,
        text: "Acme's export fails\nTwice",
        publishedAt: new Date((T + 1) * 1000),
        editedAt: null,
        language: null,
      },
    );
    assert.equal(
      posts.find(({ externalId }) => externalId === '1')?.title,
      'Sample: is Acme down?',
    );
  });

  test('each poll brings what is new, once', async () => {
    assert.deepEqual(await hn.ids(), ['1']);
    assert.deepEqual(await hn.ids(), []);
    place.add(comment(2, T + 60), comment(3, T + 61));
    assert.deepEqual(await hn.ids(), ['2', '3']);
    assert.deepEqual(await hn.ids(), []);
  });

  test('what the index had late, below newer posts, is heard all the same', async () => {
    await hn.poll();
    place.add({ ...comment(2, T + 60), indexed: false }, comment(3, T + 120));
    assert.deepEqual(await hn.ids(), ['3']);
    place.add(comment(2, T + 60));
    assert.deepEqual(await hn.ids(), ['2']);
  });

  test('an edit is heard when it is older than the overlap, once an hour', async () => {
    place.add(comment(2, T + 10, 'Sample: it works'));
    await hn.poll();
    place.add(comment(3, T + 30 * 60));
    assert.deepEqual(await hn.ids(), ['3']);
    place.add(comment(2, T + 10, 'Sample: edit: it broke'));
    assert.deepEqual(await hn.ids(), []);
    place.add(comment(4, T + 65 * 60));
    assert.deepEqual(await hn.ids(), ['2', '4']);
    assert.deepEqual(await hn.ids(), []);
  });

  test('what reached the index a day late is heard by the daily re-read', async () => {
    await hn.poll();
    place.now = new Date((T + 30 * HOUR) * 1000);
    place.add(comment(2, T + 20 * HOUR));
    assert.deepEqual(await hn.ids(), ['2']);
    place.add(comment(3, T + HOUR));
    assert.deepEqual(await hn.ids(), []);
    place.add(comment(4, T + 25 * HOUR));
    assert.deepEqual(await hn.ids(), ['3', '4']);
  });

  test('windows with more than a thousand posts are cut, and the next poll goes on', async () => {
    await hn.poll();
    const added = Array.from({ length: 14_000 }, (_, n) => comment(n + 2, T + 1 + n));
    place.add(...added);
    const heard = new Set<string>();
    for (let polls = 0; polls < 12; polls += 1) {
      const before = place.web.requests.length;
      for (const id of await hn.ids()) heard.add(id);
      assert.ok(place.web.requests.length - before <= 12);
    }
    const missing = added.filter(({ id }) => !heard.has(String(id)));
    assert.equal(missing.length, 0);
  });

  test('a second that holds more than can be shown is a gap, and said', async () => {
    await hn.poll();
    place.add(...Array.from({ length: 1100 }, (_, n) => comment(n + 2, T + 5)));
    const first = await hn.poll();
    const { gap, posts } = first.gap === null ? await hn.poll() : first;
    assert.match(gap?.reason ?? '', /more than 1000 posts in one second/u);
    assert.equal(posts.length, 1000);
  });

  test('a clock that is wrong by hours on either side loses nothing', async () => {
    await hn.poll();
    place.now = new Date((T - 5 * HOUR) * 1000);
    place.add(comment(2, T + 60));
    assert.deepEqual(await hn.ids(), ['2']);
    place.now = new Date((T + 90 * HOUR) * 1000);
    place.add(comment(3, T + 120));
    assert.deepEqual(await hn.ids(), ['3']);
  });

  test('a malformed hit costs no other, and one from the far future moves no cursor', async () => {
    await hn.poll();
    place.json('/api/v1/search_by_date', () => ({
      hits: [
        null,
        7,
        { objectID: '8' },
        { objectID: '9', created_at_i: T + 5, author: 'sample_user', comment_text: 'Sample' },
        { objectID: '10', created_at_i: T + 9e8, author: 'sample_user', comment_text: 'Sample' },
      ],
      nbHits: 5,
    }));
    const { posts, malformed, cursor } = await hn.poll();
    assert.deepEqual(
      posts.map(({ externalId }) => externalId),
      ['9', '10'],
    );
    assert.equal(malformed, 3);
    assert.equal((JSON.parse(cursor) as { through: number }).through, T + 5);
  });

  test('a limit, an outage and a web page are failures in words, and lose nothing', async () => {
    await hn.poll();
    place.add(comment(2, T + 60));
    place.next.push({ status: 429, headers: { 'retry-after': '30' } });
    assert.equal((await hn.fail()).retryAfterSeconds, 30);
    place.next.push({ status: 503, headers: {} });
    assert.equal((await hn.fail()).kind, 'unavailable');
    place.next.push(WEB_PAGE);
    const { kind, message } = await hn.fail();
    assert.equal(kind, 'malformed');
    assert.match(message, /web page instead of data/u);
    assert.deepEqual(await hn.ids(), ['2']);
  });

  test('deleted and dead items are gone, others there, and what is null is unknown', async () => {
    place.add({ ...comment(2, T), deleted: true }, { ...comment(3, T), dead: true }, comment(4, T));
    place.json('/v0/item/5.json', () => null);
    const refs = ['2', '3', '4', '5'].map((externalId) => ({ externalId, url: null }));
    assert.deepEqual(await existence(hackerNews, place, 'hn', refs), [
      'gone',
      'gone',
      'there',
      'unknown',
    ]);
  });

  test('an outage makes nothing gone', async () => {
    place.add(comment(2, T), comment(3, T));
    place.next.push({ status: 500, headers: {} });
    const refs = ['2', '3'].map((externalId) => ({ externalId, url: null }));
    assert.deepEqual(await existence(hackerNews, place, 'hn', refs), ['unknown', 'unknown']);
  });

  test('answers come from the whole tree, oldest first', async () => {
    place.add(
      { id: 2, parent: 1, time: T + 30, text: 'Sample: second' },
      { id: 3, parent: 2, time: T + 40, text: 'Sample: third' },
      { id: 4, parent: 1, time: T + 20, text: 'Sample: first' },
    );
    const post = { externalId: '1', url: null };
    const found = await hackerNews.replies?.({ ...place.call(), address: 'hn', post });
    assert.deepEqual(repliesOf(found), ['Sample: first', 'Sample: second', 'Sample: third']);
  });

  test('a pasted link is read, and one that leads nowhere is not', async () => {
    place.add(comment(2, T));
    const url = 'https://news.ycombinator.com/item?id=2';
    const post = await hackerNews.lookUp?.({ ...place.call(), url });
    assert.equal(post?.text, 'Sample: Acme is down again');
    const other = await hackerNews.lookUp?.({ ...place.call(), url: `${url}2` });
    assert.equal(other, null);
  });
});

sourceContract('Hacker News', (web) => {
  const stand = hackerNewsOn(placeOn(web));
  return {
    source: hackerNews,
    address: 'hn',
    settings: stand.settings,
    pageSize: 1000,
    hasValidators: false,
    show(samples, broken) {
      stand.items.clear();
      for (const { number, text, at } of samples) {
        stand.add({ id: number, time: at.getTime() / 1000, title: text });
      }
      if (broken) stand.broken.push({ objectID: '7' }, null, { created_at_i: 'soon' });
    },
  };
});
