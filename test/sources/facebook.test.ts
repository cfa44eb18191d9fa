import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { facebook } from '../../src/sources/facebook.ts';
import {
  facebookOn,
  graphError,
  PAGE,
  startFacebook,
  TOKEN,
  usageOf,
  type FacebookPlace,
} from '../stand-ins/facebook.ts';
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
import { sourceContract } from './contract.ts';

const ADDRESS = 'https://www.facebook.com/acmesample';
const OWN = { from: { id: PAGE, name: 'Acme Sample' } };

function later(minutes: number): Date {
  return new Date(START.getTime() + minutes * 60_000);
}

describe('Facebook', () => {
  let place: FacebookPlace;
  let page: Poller;

  beforeEach(async () => {
    place = await startFacebook();
    page = poller(facebook, place, ADDRESS);
    place.addPost('p1', START, OWN);
  });

  afterEach(() => place.close());

  test('a Page is recognised, by its name or its number', () => {
    for (const [input, address] of [
      ['https://www.facebook.com/AcmeSample/', ADDRESS],
      ['facebook.com/acmesample/about', ADDRESS],
      ['https://m.facebook.com/acmesample', ADDRESS],
      ['https://www.facebook.com/pages/Acme/100', 'https://www.facebook.com/100'],
      ['https://www.facebook.com/profile.php?id=100', 'https://www.facebook.com/100'],
    ] as const) {
      assert.equal(facebook.recognise(input)?.address, address, input);
      assert.equal(facebook.recognise(address)?.address, address, address);
    }
    for (const input of [
      'https://www.facebook.com/groups/acmesample',
      'https://www.facebook.com/people/sample/123',
      'https://facebook.com.example/acmesample',
      'acmesample',
    ]) {
      assert.equal(facebook.recognise(input), null, input);
    }
  });

  test('only the Page of the token is ever read', async () => {
    const other = poller(facebook, place, 'https://www.facebook.com/somebody.else');
    assert.match((await other.fail()).message, /only your own Page, never a profile/u);
    assert.deepEqual(
      place.web.requests.map(({ path }) => path.split('?')[0]),
      ['/v26.0/me'],
    );
    await poller(facebook, place, `https://www.facebook.com/${PAGE}`).poll();
  });

  test('a comment becomes a post with the name over it, and nothing else of its author', async () => {
    place.addComment('p1', 'p1_1', START);
    const { posts } = await page.poll();
    assert.deepEqual(posts, [
      {
        externalId: 'p1_1',
        url: 'https://www.facebook.com/acmesample/posts/p1_1',
        author: 'Sample',
        title: null,
        text: 'Sample p1_1: down again',
        publishedAt: START,
        editedAt: null,
        language: null,
      },
    ]);
  });

  test('visitors’ posts and comments under any post are heard; the Page’s own words are not', async () => {
    await page.poll();
    place.addPost('p2', later(5));
    place.addComment('p1', 'p1_1', later(6));
    place.addComment('p2', 'p2_1', later(7));
    place.addComment('p2', 'p2_2', later(8), OWN);
    place.addComment('p2', 'p2_3', later(9), { is_hidden: true });
    place.addComment('p2', 'p2_4', later(9), { message: undefined });
    assert.deepEqual(await page.ids(), ['p1_1', 'p2', 'p2_1']);
    assert.deepEqual(await page.ids(), []);
  });

  test('only posts under which something happened are asked for', async () => {
    for (let n = 2; n <= 40; n += 1) place.addPost(`p${n}`, later(n), OWN);
    place.addComment('p7', 'p7_1', later(50));
    await page.poll();
    place.web.requests.length = 0;
    await page.poll();
    assert.equal(place.web.requests.length, 2);
    place.addComment('p9', 'p9_1', later(60));
    place.comments.delete('p7_1');
    assert.deepEqual(await page.ids(), ['p9_1']);
    assert.equal(place.web.requests.length, 2 + 3);
  });

  test('at the first poll old comments count as read, under however many posts', async () => {
    for (let n = 2; n <= 60; n += 1) {
      place.addPost(`p${n}`, later(n), OWN);
      place.addComment(`p${n}`, `p${n}_1`, later(n + 1));
    }
    place.now = later(24 * 60);
    await page.poll();
    assert.deepEqual(await page.ids(), []);
    place.addComment('p2', 'p2_2', later(24 * 60 + 5));
    assert.deepEqual(await page.ids(), ['p2_2']);
  });

  test('a storm of comments under many posts all comes, over several polls', async () => {
    for (let n = 2; n <= 50; n += 1) place.addPost(`p${n}`, later(n), OWN);
    await page.poll();
    for (let n = 1; n <= 50; n += 1) {
      for (let c = 1; c <= 12; c += 1) place.addComment(`p${n}`, `p${n}_${c}`, later(100 + c));
    }
    for (let c = 13; c <= 700; c += 1) place.addComment('p1', `p1_${c}`, later(100 + c));
    const heard: string[] = [];
    for (let polls = 0; polls < 5; polls += 1) heard.push(...(await page.ids()));
    assert.equal(heard.length, 50 * 12 + 688);
    assert.equal(new Set(heard).size, heard.length);
  });

  test('a limit in the middle keeps what was read, and the rest comes later', async () => {
    place.addPost('p2', later(1), OWN);
    await page.poll();
    place.addComment('p1', 'p1_1', later(6));
    place.addComment('p2', 'p2_1', later(7));
    const usage = usageOf({ call_count: 100, estimated_time_to_regain_access: 7 });
    troubleAfter(place, 3, graphError(32, undefined, usage));
    const first = await page.poll();
    assert.equal(first.posts.length, 1);
    assert.equal(first.waitSeconds, 420);
    assert.equal((await page.ids()).length, 1);
  });

  test('limits, tokens and permissions are told by the code in the body', async () => {
    const usage = usageOf({ call_count: 100, estimated_time_to_regain_access: 5 });
    place.next.push(graphError(80_001, undefined, usage));
    const limit = await page.fail();
    assert.deepEqual([limit.kind, limit.retryAfterSeconds], ['rate-limited', 300]);
    for (const [reply, words] of [
      [graphError(190), /make a new token/u],
      [graphError(200), /permissions/u],
      [graphError(10), /permissions/u],
      [WEB_PAGE, /web page/u],
    ] as const) {
      place.next.push(reply);
      const failure = await page.fail();
      assert.match(failure.message, words);
      assert.ok(!JSON.stringify(failure).includes(TOKEN));
    }
  });

  test('polls slow down before the calls run out', async () => {
    place.usage.call_count = 85;
    assert.equal((await page.poll()).waitSeconds, 3600);
    place.usage.call_count = 5;
    assert.equal((await page.poll()).waitSeconds, null);
    place.appUsage = JSON.stringify({ call_count: 28, total_cputime: 91, total_time: 12 });
    assert.equal((await page.poll()).waitSeconds, 3600);
    place.appUsage = 'not JSON';
    assert.equal((await page.poll()).waitSeconds, null);
  });

  test('what Meta does not show any more is gone; a bad token says nothing', async () => {
    const refs = ['p1_1', 'p1_2'].map((id) => ({
      externalId: place.addComment('p1', id, START).id,
      url: null,
    }));
    place.comments.delete('p1_2');
    assert.deepEqual(await existence(facebook, place, ADDRESS, refs), ['there', 'gone']);
    // What may not be seen of one comment says nothing of the next; a limit ends the round.
    place.next.push(graphError(10));
    assert.deepEqual(await existence(facebook, place, ADDRESS, refs), ['unknown', 'gone']);
    place.next.push(graphError(4));
    assert.deepEqual(await existence(facebook, place, ADDRESS, refs), ['unknown', 'unknown']);
    place.settings['FACEBOOK_PAGE_TOKEN'] = 'expired-token';
    assert.deepEqual(await existence(facebook, place, ADDRESS, refs), ['unknown', 'unknown']);
  });

  test('answers under a comment carry the Page’s name', async () => {
    place.addComment('p1', 'p1_1', START);
    place.addComment('p1_1', 'p1_3', later(2), { ...OWN, message: 'Sample: sorry' });
    place.addComment('p1_1', 'p1_2', later(1), { message: 'Sample: me too' });
    const post = { externalId: 'p1_1', url: null };
    const found = await facebook.replies?.({ ...place.call(), address: ADDRESS, post });
    assert.deepEqual(repliesOf(found), ['Sample: me too', 'Sample: sorry']);
    assert.equal(found?.ok && found.replies[1]?.author, 'Acme Sample');
  });
});

sourceContract('a Facebook Page', (web) => {
  const stand = facebookOn(placeOn(web));
  return {
    source: facebook,
    address: ADDRESS,
    settings: stand.settings,
    pageSize: 100,
    hasValidators: false,
    throttle: {
      reply: graphError(4, undefined, usageOf({ estimated_time_to_regain_access: 3 })),
      seconds: 180,
    },
    show(samples, broken) {
      stand.addPost('p1', new Date('2026-11-22T09:00:00Z'), OWN);
      stand.comments.clear();
      for (const { number, text, at } of samples) {
        stand.addComment('p1', `p1_${number}`, at, { message: text });
      }
      if (broken) stand.addComment('p1', 'p1_broken', START, { created_time: 'soon' });
    },
  };
});
