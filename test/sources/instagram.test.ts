import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { instagram } from '../../src/sources/instagram.ts';
import { graphError, usageOf } from '../stand-ins/facebook.ts';
import { instagramOn, startInstagram, TOKEN, type InstagramPlace } from '../stand-ins/instagram.ts';
import { existence, placeOn, poller, repliesOf, START, type Poller } from '../stand-ins/place.ts';
import { sourceContract } from './contract.ts';

const ADDRESS = 'https://www.instagram.com/acme.sample';

function later(minutes: number): Date {
  return new Date(START.getTime() + minutes * 60_000);
}

describe('Instagram', () => {
  let place: InstagramPlace;
  let account: Poller;

  beforeEach(async () => {
    place = await startInstagram();
    account = poller(instagram, place, ADDRESS);
    place.addMedia('M1', START);
  });

  afterEach(() => place.close());

  test('an account is recognised; posts, stories and Instagram’s own pages are not', () => {
    for (const input of [
      ADDRESS,
      'https://instagram.com/Acme.Sample/?hl=de',
      'instagram.com/acme.sample',
      'instagram:@acme.sample',
    ]) {
      const label = 'Instagram, your account @acme.sample';
      assert.deepEqual(instagram.recognise(input), { address: ADDRESS, label }, input);
    }
    for (const input of [
      'https://www.instagram.com/p/M1/',
      'https://www.instagram.com/explore',
      'https://instagram.com.example/acme.sample',
      '@acme.sample',
    ]) {
      assert.equal(instagram.recognise(input), null, input);
    }
  });

  test('only the account of the token is ever read', async () => {
    const other = poller(instagram, place, 'https://www.instagram.com/somebody_else');
    assert.match((await other.fail()).message, /only your own/u);
    assert.equal(place.web.requests.length, 1);
  });

  test('a comment and the answers within it become posts, the account’s own do not', async () => {
    await account.poll();
    place.addComment('M1', '17', later(1));
    place.addComment('17', '18', later(2));
    place.addComment('17', '19', later(3), { username: 'Acme.Sample' });
    place.addComment('M1', '20', later(4), { hidden: true });
    const { posts } = await account.poll();
    assert.deepEqual(posts.map(({ externalId }) => externalId).sort(), ['17', '18']);
    assert.deepEqual(posts[0], {
      externalId: '17',
      url: 'https://www.instagram.com/p/M1/#comment-17',
      author: 'sample_user',
      title: null,
      text: 'Sample 17: down again',
      publishedAt: later(1),
      editedAt: null,
      language: null,
    });
  });

  test('more new comments than one page all come, once', async () => {
    await account.poll();
    for (let n = 1; n <= 180; n += 1) place.addComment('M1', `c${n}`, later(n));
    place.addMedia('M2', later(200));
    for (let n = 1; n <= 60; n += 1) place.addComment('M2', `d${n}`, later(200 + n));
    assert.equal((await account.ids()).length, 240);
    assert.deepEqual(await account.ids(), []);
  });

  test('limits and tokens are told by the code in the body, without the token', async () => {
    const usage = usageOf({ estimated_time_to_regain_access: 2 });
    place.next.push(graphError(4, undefined, usage));
    assert.equal((await account.fail()).retryAfterSeconds, 120);
    place.settings['INSTAGRAM_TOKEN'] = 'expired-token';
    const failure = await account.fail();
    assert.match(failure.message, /INSTAGRAM_TOKEN/u);
    assert.ok(!JSON.stringify(failure).includes('expired-token'));
    assert.ok(place.web.requests.every(({ path }) => !path.includes(TOKEN)));
  });

  test('what Meta does not show any more is gone', async () => {
    const refs = ['17', '18'].map((id) => ({
      externalId: place.addComment('M1', id, START).id,
      url: null,
    }));
    place.comments.delete('18');
    assert.deepEqual(await existence(instagram, place, ADDRESS, refs), ['there', 'gone']);
  });

  test('answers under a comment are found, the account’s own with them', async () => {
    place.addComment('M1', '17', START);
    place.addComment('17', '18', later(1), { username: 'acme.sample', text: 'Sample: sorry' });
    const post = { externalId: '17', url: 'https://www.instagram.com/p/M1/#comment-17' };
    const found = await instagram.replies?.({ ...place.call(), address: ADDRESS, post });
    assert.deepEqual(repliesOf(found), ['Sample: sorry']);
    assert.equal(found?.ok && found.replies[0]?.url, 'https://www.instagram.com/p/M1/#comment-18');
  });
});

sourceContract('Instagram', (web) => {
  const stand = instagramOn(placeOn(web));
  return {
    source: instagram,
    address: ADDRESS,
    settings: stand.settings,
    pageSize: 50,
    hasValidators: false,
    throttle: {
      reply: graphError(4, undefined, usageOf({ estimated_time_to_regain_access: 2 })),
      seconds: 120,
    },
    show(samples, broken) {
      stand.addMedia('M1', new Date('2026-11-22T09:00:00Z'));
      stand.comments.clear();
      for (const { number, text, at } of samples)
        stand.addComment('M1', `c${number}`, at, { text });
      if (broken) stand.addComment('M1', 'broken', START, { timestamp: 'soon' });
    },
  };
});
