import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { x } from '../../src/sources/x.ts';
import {
  existence,
  placeOn,
  poller,
  repliesOf,
  START,
  WEB_PAGE,
  type Poller,
} from '../stand-ins/place.ts';
import { troubleAfter } from '../stand-ins/trouble.ts';
import { idAt, problem, startX, xOn, type XPlace } from '../stand-ins/x.ts';
import { sourceContract } from './contract.ts';

const ADDRESS = 'https://x.com/search?q=acme';
const HOUR = 60;

function later(minutes: number): Date {
  return new Date(START.getTime() + minutes * 60_000);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
}

describe('X', () => {
  let place: XPlace;
  let acme: Poller;

  beforeEach(async () => {
    place = await startX();
    acme = poller(x, place, ADDRESS);
  });

  afterEach(() => place.close());

  function searches(): URLSearchParams[] {
    return place.web.requests
      .filter(({ path }) => path.startsWith('/2/tweets/search/recent'))
      .map(({ path }) => new URL(path, place.web.url).searchParams);
  }

  test('searches, hashtags and handles are recognised in all their forms', () => {
    for (const [input, address, label] of [
      ['x:"acme broadband"', 'https://x.com/search?q=%22acme+broadband%22', 'posts with "acme'],
      ['https://x.com/search?q=acme&src=typed_query&f=live', ADDRESS, 'posts with acme'],
      ['https://twitter.com/search?q=acme', ADDRESS, 'posts with acme'],
      ['https://x.com/hashtag/acme?src=hash', 'https://x.com/search?q=%23acme', 'posts with #acme'],
      ['https://x.com/AcmeSample', 'https://x.com/acmesample', 'mentions of @acmesample'],
      ['mobile.twitter.com/acmesample/', 'https://x.com/acmesample', 'mentions of @acmesample'],
      ['x:@acmesample', 'https://x.com/acmesample', 'mentions of @acmesample'],
    ] as const) {
      const found = x.recognise(input);
      assert.equal(found?.address, address, input);
      assert.ok(found?.label.includes(label), found?.label);
      assert.equal(x.recognise(address)?.address, address, address);
    }
    for (const input of [
      'https://x.com/home',
      'https://x.com/i/lists/1',
      'https://x.com/acmesample/status/1990000000000000001',
      'https://x.com.example/acmesample',
      '@acmesample',
    ]) {
      assert.equal(x.recognise(input), null, input);
    }
  });

  test('a post becomes plain text with the handle of its author, and no more of them', async () => {
    const { id } = place.add(START, { lang: 'und' });
    const { posts } = await acme.poll();
    assert.deepEqual(posts, [
      {
        externalId: id,
        url: `https://x.com/i/web/status/${id}`,
        author: 'sample_user_100',
        title: null,
        text: 'Sample: @acme is down & out',
        publishedAt: START,
        editedAt: null,
        language: null,
      },
    ]);
  });

  test('an edited post stays the post that it was; a long one is whole', async () => {
    const first = idAt(START);
    const over = { edit_history_tweet_ids: [first, idAt(later(3))], text: 'Sample: cut' };
    place.add(later(3), { ...over, note_tweet: { text: 'Sample: a long text' } });
    const { posts } = await acme.poll();
    assert.deepEqual(
      posts.map(({ externalId, text, publishedAt, editedAt }) => [
        externalId,
        text,
        publishedAt,
        editedAt,
      ]),
      [[first, 'Sample: a long text', START, later(3)]],
    );
  });

  test('reposts are not asked for, nor what a handle says of itself', async () => {
    await acme.poll();
    await poller(x, place, 'https://x.com/acmesample').poll();
    assert.deepEqual(
      searches().map((query) => query.get('query')),
      ['(acme) -is:retweet', '@acmesample -from:acmesample -is:retweet'],
    );
  });

  test('more new posts than one page all come, once, under the same since_id', async () => {
    place.add(START);
    await acme.poll();
    const added = range(1, 250).map((n) => place.add(later(n / 10)).id);
    assert.deepEqual(await acme.ids(), added.sort());
    assert.deepEqual(await acme.ids(), []);
    const since = searches()
      .slice(1, 4)
      .map((query) => query.get('since_id'));
    assert.equal(new Set(since).size, 1);
  });

  test('a walk that fails is gone on with, and pays for no post twice', async () => {
    place.add(START);
    await acme.poll();
    place.sent.length = 0;
    for (const n of range(1, 350)) place.add(later(10 + n / 10));
    troubleAfter(place, 2, { status: 503 });
    const [first, second] = [await acme.ids(), await acme.ids()];
    assert.equal(first.length, 200);
    assert.equal(new Set([...first, ...second]).size, 350);
    const twice = place.sent.length - new Set(place.sent).size;
    assert.ok(twice <= 60, `${twice} of the overlap`);
  });

  test('the budget is never passed, survives restarts, and is told in words', async () => {
    place.settings['X_MONTHLY_POSTS'] = '250';
    place.add(START);
    await acme.poll();
    for (const n of range(1, 600)) place.add(later(10 + n / 10));
    const heard = await acme.ids();
    assert.ok(heard.length >= 214 && heard.length <= 224, String(heard.length));
    assert.ok(new Set(place.sent).size <= 250);
    // A restart knows nothing but the cursor and the budget.
    const again = poller(x, place, ADDRESS);
    again.cursor = acme.cursor;
    const failure = await again.fail();
    assert.equal(failure.kind, 'refused');
    assert.match(failure.message, /budget of 250 posts .* 1 April/u);
    assert.equal(failure.retryAfterSeconds, (Date.UTC(2026, 3, 1) - START.getTime()) / 1000);
    assert.ok(new Set(place.sent).size <= 250);
  });

  test('a new month begins a new budget, and goes on where it stopped', async () => {
    place.settings['X_MONTHLY_POSTS'] = '20';
    place.now = new Date('2026-03-31T23:00:00Z');
    place.add(new Date('2026-03-31T22:00:00Z'));
    await acme.poll();
    const added = range(1, 30).map((n) => place.add(new Date(Date.UTC(2026, 2, 31, 22, 10, n))).id);
    const first = await acme.ids();
    await acme.fail();
    place.now = new Date('2026-04-01T00:10:00Z');
    const second = await acme.ids();
    assert.deepEqual([...first, ...second].sort(), added.sort());
  });

  test('a clock that goes back does not begin a new month', async () => {
    place.settings['X_MONTHLY_POSTS'] = '12';
    for (const n of range(1, 10)) place.add(later(n));
    await acme.poll();
    assert.equal((await acme.fail()).kind, 'refused');
    place.now = new Date('2026-02-20T12:00:00Z');
    assert.equal((await acme.fail()).kind, 'refused');
  });

  test('all that a workspace reads comes out of one budget, a tenth of it kept for deletions', async () => {
    place.settings['X_MONTHLY_POSTS'] = '100';
    const ids = range(1, 60).map((n) => place.add(later(n)).id);
    await acme.poll();
    const rest = poller(x, place, 'https://x.com/acmesample');
    rest.cursor = '{"found":{"through":1}}';
    await rest.poll();
    // 10 and 60 of 90; the next poll takes the 20 that are left for polls.
    for (const n of range(1, 60)) place.add(later(100 + n));
    await rest.poll();
    assert.match((await acme.fail()).message, /budget of 100 posts/u);
    // The last 10 posts pay for 30 looks; not for one more.
    const refs = ids.slice(0, 40).map((externalId) => ({ externalId, url: null }));
    const found = await existence(x, place, ADDRESS, refs);
    assert.equal(found.filter((one) => one === 'there').length, 30);
    const asked = place.web.requests.length;
    assert.deepEqual(new Set(await existence(x, place, ADDRESS, refs)), new Set(['unknown']));
    const post = { externalId: ids[0] ?? '', url: null };
    const answers = await x.replies?.({ ...place.call(), address: ADDRESS, post });
    assert.ok(answers?.ok === false && /budget/u.test(answers.failure.message));
    const url = `https://x.com/sample_user/status/${ids[0]}`;
    assert.equal(await x.lookUp?.({ ...place.call(), url }), null);
    assert.equal(place.web.requests.length, asked, 'nothing was asked any more');
  });

  test('an outage costs nothing of the budget', async () => {
    place.settings['X_MONTHLY_POSTS'] = '30';
    place.add(START);
    for (const status of range(500, 509)) {
      place.next.push({ status });
      await acme.fail();
    }
    assert.equal((await acme.ids()).length, 1);
  });

  test('where nobody counts, nothing is read', async () => {
    const { purse: _purse, ...call } = place.call();
    const polled = await x.poll?.({ ...call, address: ADDRESS, cursor: null });
    assert.ok(polled?.ok === false && /keeps count/u.test(polled.failure.message));
    assert.equal(place.web.requests.length, 0);
  });

  test('a budget in dollars counts as well, and without a budget nothing is read', async () => {
    place.settings['X_MONTHLY_DOLLARS'] = '$0.20';
    for (const n of range(1, 10)) place.add(later(n));
    await acme.poll();
    // 13 posts at $0.015: what is left is less than the smallest page.
    assert.match((await acme.fail()).message, /budget of 13 posts/u);
    delete place.settings['X_MONTHLY_DOLLARS'];
    place.settings['X_MONTHLY_POSTS'] = 'many';
    assert.match((await acme.fail()).message, /X_MONTHLY_POSTS/u);
  });

  test('a quiet search pays for its last post once a day', async () => {
    place.settings['X_MONTHLY_POSTS'] = '12';
    place.add(START);
    for (const n of range(0, 10)) {
      place.now = later(15 * n);
      await acme.poll();
    }
    assert.ok(place.sent.length > 5);
  });

  test('more than seven days without a look is a gap; a quiet week is none', async () => {
    place.add(START);
    await acme.poll();
    for (const day of range(1, 9)) {
      place.now = later(day * 24 * HOUR);
      assert.equal((await acme.poll()).gap, null, String(day));
    }
    const looked = place.now;
    place.now = later(20 * 24 * HOUR);
    const { gap } = await acme.poll();
    assert.deepEqual(gap?.from, looked);
    assert.match(gap?.reason ?? '', /seven days/u);
  });

  test('a limit ends when X says; the month’s cap and the credits are told in words', async () => {
    const reset = String(START.getTime() / 1000 + 300);
    const headers = { 'x-rate-limit-reset': reset, date: START.toUTCString() };
    place.next.push(problem(429, 'Too Many Requests', headers));
    const limit = await acme.fail();
    assert.deepEqual([limit.kind, limit.retryAfterSeconds], ['rate-limited', 300]);
    place.next.push(problem(429, 'UsageCapExceeded'));
    const cap = await acme.fail();
    assert.match(cap.message, /used up/u);
    assert.equal(cap.retryAfterSeconds, (Date.UTC(2026, 3, 1) - START.getTime()) / 1000);
    for (const [reply, words] of [
      [problem(402, 'CreditsDepleted'), /credits/u],
      [problem(400, 'Invalid Request'), /does not understand this search/u],
      [problem(403, 'client-not-enrolled'), /access/u],
      [WEB_PAGE, /web page/u],
    ] as const) {
      place.next.push(reply);
      assert.match((await acme.fail()).message, words);
    }
  });

  test('a search that is too long is refused before it costs anything', async () => {
    const long = poller(x, place, `https://x.com/search?q=${'a'.repeat(600)}`);
    assert.match((await long.fail()).message, /512/u);
    assert.equal(place.web.requests.length, 0);
  });

  test('a wrong token is named, and its value is not', async () => {
    place.settings['X_BEARER_TOKEN'] = 'wrong-bearer';
    const failure = await acme.fail();
    assert.match(failure.message, /X_BEARER_TOKEN/u);
    assert.doesNotMatch(JSON.stringify(failure), /wrong-bearer/u);
  });

  test('what a look-up reports missing or hidden is gone, by the hundred', async () => {
    const posts = range(1, 120).map((n) => place.add(later(n)));
    place.posts.delete(posts[4]?.id ?? '');
    place.hidden.add(posts[110]?.id ?? '');
    const refs = posts.map(({ id }) => ({ externalId: id, url: null }));
    const found = await existence(x, place, ADDRESS, [...refs, { externalId: '?', url: null }]);
    const gone = found.flatMap((one, index) => (one === 'gone' ? [index] : []));
    assert.deepEqual(gone, [4, 110]);
    assert.equal(found.at(-1), 'unknown');
    place.web.instead(problem(429, 'Too Many Requests'));
    const during = await existence(x, place, ADDRESS, refs);
    assert.deepEqual(new Set(during), new Set(['unknown']));
  });

  test('answers are those of the conversation, oldest first, without the post itself', async () => {
    const { id } = place.add(START);
    place.add(later(2), { conversation_id: id, text: 'Sample 2' });
    place.add(later(1), { conversation_id: id, text: 'Sample 1' });
    place.add(later(3));
    const post = { externalId: id, url: null };
    const found = await x.replies?.({ ...place.call(), address: ADDRESS, post });
    assert.deepEqual(repliesOf(found), ['Sample 1', 'Sample 2']);
  });

  test('a pasted link to a post is read', async () => {
    const { id } = place.add(START);
    const url = `https://twitter.com/sample_user/status/${id}?s=20`;
    assert.equal((await x.lookUp?.({ ...place.call(), url }))?.externalId, id);
    assert.equal(await x.lookUp?.({ ...place.call(), url: `${url.slice(0, -6)}9` }), null);
  });
});

sourceContract('X', (web) => {
  const stand = xOn(placeOn(web));
  const headers = {
    date: 'Mon, 23 Nov 2026 10:00:00 GMT',
    'x-rate-limit-reset': String(Date.UTC(2026, 10, 23, 10, 5) / 1000),
  };
  stand.now = new Date('2026-11-23T10:00:00Z');
  return {
    source: x,
    address: ADDRESS,
    settings: stand.settings,
    purse: stand.purse,
    pageSize: 100,
    hasValidators: false,
    throttle: { reply: problem(429, 'Too Many Requests', headers), seconds: 300 },
    show(samples, broken) {
      stand.posts.clear();
      for (const { number, text, at } of samples) stand.add(at, { id: idAt(at, number), text });
      if (broken) stand.add(START, { created_at: 'soon', text: '' });
    },
  };
});
