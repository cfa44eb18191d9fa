import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { googlePlay } from '../../src/sources/googleplay.ts';
import {
  ACCOUNT,
  googlePlayOn,
  PACKAGE,
  startGooglePlay,
  type PlayPlace,
} from '../stand-ins/googleplay.ts';
import {
  existence,
  placeOn,
  poller,
  repliesOf,
  START,
  WEB_PAGE,
  type Poller,
} from '../stand-ins/place.ts';
import { refusal } from '../stand-ins/youtube.ts';
import { sourceContract } from './contract.ts';

const ADDRESS = `https://play.google.com/store/apps/details?id=${PACKAGE}`;
const DAY = 24 * 60;

function later(minutes: number): Date {
  return new Date(START.getTime() + minutes * 60_000);
}

describe('Google Play', () => {
  let place: PlayPlace;
  let app: Poller;

  beforeEach(async () => {
    place = await startGooglePlay();
    app = poller(googlePlay, place, ADDRESS);
  });

  afterEach(() => place.close());

  test('an app has one address, however it is written', () => {
    for (const input of [
      ADDRESS,
      `https://play.google.com/store/apps/details?hl=de&id=${PACKAGE}&gl=DE`,
      `play.google.com/store/apps/details?id=${PACKAGE}`,
      `market://details?id=${PACKAGE}`,
      `play:${PACKAGE}`,
    ]) {
      const label = `Google Play, reviews of ${PACKAGE}`;
      assert.deepEqual(googlePlay.recognise(input), { address: ADDRESS, label }, input);
    }
    for (const input of [
      'https://play.google.com/store/apps/details?id=../x',
      'https://play.google.com/store/apps/developer?id=Acme',
      PACKAGE,
    ]) {
      assert.equal(googlePlay.recognise(input), null, input);
    }
  });

  test('a review becomes a post, an old one with its title', async () => {
    place.add('gp:1', START, { text: 'Sample title\tLogin fails', reviewerLanguage: 'pt_BR' });
    const { posts } = await app.poll();
    assert.deepEqual(posts, [
      {
        externalId: 'gp:1',
        url: `${ADDRESS}&reviewId=gp%3A1`,
        author: 'Sample',
        title: 'Sample title',
        text: 'Login fails',
        publishedAt: START,
        editedAt: null,
        language: 'pt-BR',
      },
    ]);
  });

  test('an app without reviews is quiet, and its first review is heard', async () => {
    assert.deepEqual((await app.poll()).posts, []);
    place.add('gp:1', START);
    assert.deepEqual(await app.ids(), ['gp:1']);
  });

  test('one token serves until it ends', async () => {
    await app.poll();
    await app.poll();
    const asked = () => place.web.requests.filter(({ path }) => path === '/token').length;
    assert.equal(asked(), 1);
    place.now = later(60);
    await app.poll();
    assert.equal(asked(), 2);
  });

  test('the key file may be in base64; another text is named, without its value', async () => {
    place.settings['GOOGLE_PLAY_SERVICE_ACCOUNT'] = btoa(ACCOUNT);
    await app.poll();
    place.settings['GOOGLE_PLAY_SERVICE_ACCOUNT'] = '{"secret":"sample-secret"}';
    const failure = await app.fail();
    assert.match(failure.message, /JSON key file/u);
    assert.doesNotMatch(JSON.stringify(failure), /sample-secret/u);
  });

  test('an account that Google refuses is told so', async () => {
    const file = JSON.parse(ACCOUNT) as object;
    const other = JSON.stringify({ ...file, client_email: 'other@sample.example' });
    place.settings['GOOGLE_PLAY_SERVICE_ACCOUNT'] = other;
    const failure = await app.fail();
    assert.equal(failure.cause, 'HTTP 400, invalid_grant');
    assert.doesNotMatch(JSON.stringify(failure), /other@/u);
  });

  test('more new reviews than one page all come, once; a changed one comes again', async () => {
    place.add('gp:0', START);
    await app.poll();
    for (let n = 1; n <= 250; n += 1) place.add(`gp:${n}`, later(6 * 60 + n));
    place.now = later(DAY);
    assert.equal((await app.ids()).length, 250);
    place.add('gp:7', later(DAY), { text: 'Sample: works again' });
    assert.deepEqual(await app.ids(), ['gp:7']);
  });

  test('a week without a look is a gap; a quiet week is none', async () => {
    place.add('gp:0', START);
    await app.poll();
    for (let day = 1; day <= 9; day += 1) {
      place.now = later(day * DAY);
      assert.equal((await app.poll()).gap, null);
    }
    place.now = later(17 * DAY);
    assert.deepEqual((await app.poll()).gap?.from, later(9 * DAY));
  });

  test('quotas, foreign apps and web pages are failures in words', async () => {
    for (const [reply, kind, words] of [
      [refusal(403, 'rateLimitExceeded'), 'rate-limited', /fewer requests/u],
      [refusal(403, 'permissionDenied'), 'rejected', /only your own app/u],
      [refusal(403, 'accessNotConfigured'), 'rejected', /not switched on/u],
      [WEB_PAGE, 'malformed', /web page/u],
    ] as const) {
      await app.poll();
      place.next.push(reply);
      const failure = await app.fail();
      assert.equal(failure.kind, kind);
      assert.match(failure.message, words);
    }
  });

  test('a review that is not found is gone; an outage says nothing', async () => {
    const refs = ['gp:1', 'gp:2'].map((externalId) => ({ externalId, url: null }));
    for (const { externalId } of refs) place.add(externalId, START);
    place.reviews.delete('gp:2');
    assert.deepEqual(await existence(googlePlay, place, ADDRESS, refs), ['there', 'gone']);
    place.web.instead({ status: 503 });
    assert.deepEqual(await existence(googlePlay, place, ADDRESS, refs), ['unknown', 'unknown']);
  });

  test('the developer’s answer is found', async () => {
    place.add('gp:1', START);
    const post = { externalId: 'gp:1', url: null };
    const ask = () => googlePlay.replies?.({ ...place.call(), address: ADDRESS, post });
    assert.deepEqual(repliesOf(await ask()), []);
    place.answers.set('gp:1', 'Sample: fixed');
    assert.deepEqual(repliesOf(await ask()), ['Sample: fixed']);
  });
});

sourceContract('Google Play', (web) => {
  const stand = googlePlayOn(placeOn(web));
  return {
    source: googlePlay,
    address: ADDRESS,
    settings: stand.settings,
    pageSize: 100,
    hasValidators: false,
    show(samples, broken) {
      stand.reviews.clear();
      for (const { number, text, at } of samples) stand.add(`gp:${number}`, at, { text });
      if (broken)
        stand.add('broken', START, { text: '', lastModified: { seconds: '?', nanos: 0 } });
    },
  };
});
