import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { reddit } from '../../src/sources/reddit.ts';
import { redditOn, startReddit, type RedditPlace } from '../stand-ins/reddit.ts';
import {
  existence,
  jsonReply,
  placeOn,
  poller,
  repliesOf,
  START,
  WEB_PAGE,
  type Poller,
} from '../stand-ins/place.ts';
import { troubleAfter } from '../stand-ins/trouble.ts';
import { sourceContract } from './contract.ts';

const ACME = 'https://www.reddit.com/r/acme';
describe('Reddit', () => {
  let place: RedditPlace;
  let acme: Poller;

  beforeEach(async () => {
    place = await startReddit();
    acme = poller(reddit, place, ACME);
  });

  afterEach(() => place.close());

  function later(minutes: number): Date {
    return new Date(START.getTime() + minutes * 60_000);
  }

  function range(from: number, to: number): number[] {
    return Array.from({ length: to - from + 1 }, (_, n) => from + n);
  }

  function tokensAskedFor(): number {
    return place.web.requests.filter(({ path }) => path === '/api/v1/access_token').length;
  }

  test('a subreddit has one address, however it is written', () => {
    for (const input of [
      'r/acme',
      '/r/Acme/',
      'reddit.com/r/acme',
      'https://www.reddit.com/r/acme/',
      'https://old.reddit.com/r/Acme/new/',
      'https://np.reddit.com/r/acme/comments/1abc02/sample_title/',
      'https://www.reddit.com/r/acme/new/.rss',
      'https://www.reddit.com/r/acme.json',
      'reddit:r/acme',
    ]) {
      const label = 'r/acme, posts and comments';
      assert.deepEqual(reddit.recognise(input), { address: ACME, label }, input);
    }
    const several = reddit.recognise('r/router+acme');
    assert.equal(several?.address, 'https://www.reddit.com/r/acme+router');
    assert.deepEqual(reddit.recognise(several?.address ?? ''), several);
  });

  test('a search is recognised, in all of Reddit or in a subreddit', () => {
    for (const [input, address] of [
      ['reddit:"acme broadband"', 'https://www.reddit.com/search?q=%22acme+broadband%22'],
      ['https://www.reddit.com/search/?q=acme&sort=new', 'https://www.reddit.com/search?q=acme'],
      [
        'https://old.reddit.com/r/isp/search?q=acme&restrict_sr=on',
        'https://www.reddit.com/r/isp/search?q=acme&restrict_sr=1',
      ],
    ] as const) {
      assert.equal(reddit.recognise(input)?.address, address, input);
      assert.equal(reddit.recognise(address)?.address, address, address);
    }
  });

  test('people and other sites are left alone', () => {
    for (const input of [
      'https://www.reddit.com/user/sample_user',
      'u/sample_user',
      'https://www.reddit.com/',
      'https://reddit.com.example/r/acme',
      'https://forum.example/r/acme',
      'acme',
    ]) {
      assert.equal(reddit.recognise(input), null, input);
    }
  });

  test('a post becomes plain text, without what others wrote, and without a profile', async () => {
    place.add('t3_a1', START, { edited: later(2).getTime() / 1000 });
    const { posts } = await acme.poll();
    assert.deepEqual(posts, [
      {
        externalId: 't3_a1',
        url: 'https://www.reddit.com/r/acme/comments/a1/sample/',
        author: 'sample_user',
        title: 'Sample t3_a1: Acme is down',
        text: 'Since today',
        publishedAt: START,
        editedAt: later(2),
        language: null,
      },
    ]);
  });

  test('comments are heard beside the posts', async () => {
    place.add('t3_a1', START);
    await acme.poll();
    place.add('t1_b1', later(1));
    place.add('t3_a2', later(2));
    assert.deepEqual(await acme.ids(), ['t1_b1', 't3_a2']);
  });

  test('what was deleted, removed, private, or written by a program is not heard', async () => {
    place.add('t3_a1', START);
    place.add('t3_a2', START, { author: '[deleted]' });
    place.add('t3_a3', START, { selftext: '[removed]' });
    place.add('t3_a4', START, { removed_by_category: 'moderator' });
    place.add('t3_a5', START, { subreddit_type: 'private' });
    place.add('t1_b1', START, { body: '[deleted]' });
    place.add('t1_b2', START, { author: 'AutoModerator' });
    assert.deepEqual(await acme.ids(), ['t3_a1']);
  });

  test('one token serves many polls, and Reddit is told who asks', async () => {
    place.add('t3_a1', START);
    await acme.poll();
    await acme.poll();
    assert.equal(tokensAskedFor(), 1);
    for (const { headers } of place.web.requests) {
      assert.equal(headers['user-agent'], 'server:earshot:0 (by /u/acme_sample)');
    }
  });

  test('a token that has run out is replaced before it is used, and one that is refused after', async () => {
    place.add('t3_a1', START);
    await acme.poll();
    place.now = later(60);
    await acme.poll();
    assert.equal(tokensAskedFor(), 2);
    place.tokens.clear();
    place.add('t3_a2', later(61));
    assert.deepEqual(await acme.ids(), ['t3_a2']);
    assert.equal(tokensAskedFor(), 3);
  });

  test('a wrong key is named, and its value is not', async () => {
    place.settings['REDDIT_CLIENT_SECRET'] = 'wrong-secret';
    const failure = await acme.fail();
    assert.equal(failure.kind, 'rejected');
    assert.match(failure.message, /REDDIT_CLIENT_SECRET/u);
    assert.doesNotMatch(JSON.stringify(failure), /wrong-secret|sample-client/u);
    delete place.settings['REDDIT_CLIENT_SECRET'];
    assert.match((await acme.fail()).message, /not set/u);
  });

  test('more new posts than one page all come, once', async () => {
    place.add('t3_a0', START);
    await acme.poll();
    for (const n of range(1, 350)) place.add(`t3_c${n}`, later(n));
    assert.equal((await acme.ids()).length, 350);
    assert.deepEqual(await acme.ids(), []);
  });

  test('a page that fails costs nothing that was read before it', async () => {
    place.add('t3_a0', START);
    await acme.poll();
    for (const n of range(1, 350)) place.add(`t3_c${n}`, later(n));
    troubleAfter(place, 2, { status: 503 });
    const [first, second] = [await acme.ids(), await acme.ids()];
    assert.equal(first.length, 200);
    assert.equal(new Set([...first, ...second]).size, 350);
    assert.equal(first.length + second.length, 350);
  });

  test('more than Reddit shows is a gap, told', async () => {
    place.add('t3_a0', START);
    await acme.poll();
    for (const n of range(1, 1100)) place.add(`t3_c${n}`, later(60 + n));
    const { posts, gap } = await acme.poll();
    assert.equal(posts.length, 1000);
    assert.deepEqual(gap?.from, START);
    assert.match(gap?.reason ?? '', /thousand/u);
  });

  test('polls are spread over what is left of the limit', async () => {
    place.limit = { remaining: '4.0', reset: '400' };
    assert.equal((await acme.poll()).waitSeconds, 200);
    place.next.push({ status: 429, headers: { 'x-ratelimit-reset': '42.5' } });
    const failure = await acme.fail();
    assert.deepEqual([failure.kind, failure.retryAfterSeconds], ['rate-limited', 43]);
  });

  test('a closed subreddit and a web page are failures in words', async () => {
    await acme.poll();
    place.next.push(jsonReply({ reason: 'private', error: 403 }, { status: 403 }));
    assert.match((await acme.fail()).message, /private subreddit/u);
    place.next.push(jsonReply({ reason: 'banned', error: 404 }, { status: 404 }));
    assert.match((await acme.fail()).message, /banned/u);
    place.next.push(WEB_PAGE);
    assert.match((await acme.fail()).message, /web page/u);
  });

  test('what is deleted, emptied or missing is gone, by the hundred; an outage says nothing', async () => {
    const posts = range(1, 150).map((n) => place.add(`t3_c${n}`, START));
    place.add('t3_c2', START, { author: '[deleted]' });
    place.add('t3_c3', START, { selftext: '[removed]' });
    place.things.delete('t3_c4');
    const refs = posts.map(({ name }) => ({ externalId: name, url: null }));
    const found = await existence(reddit, place, ACME, [...refs, { externalId: '?', url: null }]);
    const gone = found.flatMap((one, index) => (one === 'gone' ? [index + 1] : []));
    assert.deepEqual(gone, [2, 3, 4]);
    assert.equal(found.at(-1), 'unknown');
    const asked = place.web.requests.filter(({ path }) => path.startsWith('/api/info'));
    assert.equal(asked.length, 2);
    place.web.instead({ status: 503 });
    const during = await existence(reddit, place, ACME, refs);
    assert.deepEqual(new Set(during), new Set(['unknown']));
  });

  test('answers are found under a post and under a comment, folded ones too', async () => {
    place.add('t3_a1', START);
    place.add('t1_b1', later(1), { body: 'Sample 1' });
    place.add('t1_b2', later(3), { body: 'Sample 2', parent_id: 't1_b1' });
    place.add('t1_b3', later(2), { body: 'Sample 3' });
    place.add('t1_b4', later(4), { body: '[removed]' });
    const call = { ...place.call(), address: ACME };
    const url = 'https://www.reddit.com/r/acme/comments/a1/sample/';
    const all = await reddit.replies?.({ ...call, post: { externalId: 't3_a1', url } });
    assert.deepEqual(repliesOf(all), ['Sample 1', 'Sample 3', 'Sample 2']);
    const post = { externalId: 't1_b1', url: `${url}b1/` };
    assert.deepEqual(repliesOf(await reddit.replies?.({ ...call, post })), ['Sample 2']);
    place.folded = ['b2'];
    assert.deepEqual(repliesOf(await reddit.replies?.({ ...call, post })), ['Sample 2']);
  });

  test('a pasted link to a post or a comment is read', async () => {
    place.add('t3_a1', START);
    place.add('t1_b1', START);
    const url = 'https://old.reddit.com/r/acme/comments/a1/sample/';
    const [post, comment] = [
      await reddit.lookUp?.({ ...place.call(), url }),
      await reddit.lookUp?.({ ...place.call(), url: `${url}b1/` }),
    ];
    assert.deepEqual([post?.externalId, comment?.externalId], ['t3_a1', 't1_b1']);
    assert.equal(await reddit.lookUp?.({ ...place.call(), url: ACME }), null);
  });
});

sourceContract('Reddit', (web) => {
  const stand = redditOn(placeOn(web));
  return {
    source: reddit,
    address: ACME,
    settings: stand.settings,
    pageSize: 100,
    hasValidators: false,
    throttle: { reply: { status: 429, headers: { 'x-ratelimit-reset': '120' } }, seconds: 120 },
    show(samples, broken) {
      stand.things.clear();
      for (const { number, text, at } of samples) stand.add(`t3_n${number}`, at, { title: text });
      if (broken) stand.add('t3_broken', START, { title: null, selftext: 7 });
    },
  };
});
