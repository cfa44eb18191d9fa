import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { appStore } from '../../src/sources/appstore.ts';
import {
  appStoreOn,
  PRIVATE_KEY,
  startAppStore,
  type AppStorePlace,
} from '../stand-ins/appstore.ts';
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
import { sourceContract } from './contract.ts';

const ADDRESS = 'https://apps.apple.com/app/id123';

function later(minutes: number): Date {
  return new Date(START.getTime() + minutes * 60_000);
}

describe('the App Store', () => {
  let place: AppStorePlace;
  let app: Poller;

  beforeEach(async () => {
    place = await startAppStore();
    app = poller(appStore, place, ADDRESS);
  });

  afterEach(() => place.close());

  test('an app has one address, whatever the storefront', () => {
    for (const input of [
      ADDRESS,
      'https://apps.apple.com/us/app/acme-sample/id123?see-all=reviews',
      'apps.apple.com/de/app/id123',
      'https://itunes.apple.com/us/app/acme-sample/id123?mt=8',
      'appstore:123',
    ]) {
      const label = 'App Store, reviews of app 123';
      assert.deepEqual(appStore.recognise(input), { address: ADDRESS, label }, input);
    }
    for (const input of ['https://apps.apple.com/us/developer/acme/id123', 'id123', '123']) {
      assert.equal(appStore.recognise(input), null, input);
    }
  });

  test('a review becomes a post under the name that its author chose', async () => {
    place.add('r1', START);
    const { posts } = await app.poll();
    assert.deepEqual(posts, [
      {
        externalId: 'r1',
        url: `${ADDRESS}?see-all=reviews#review-r1`,
        author: 'Sample',
        title: 'Sample: crashes',
        text: 'Crashes on login',
        publishedAt: START,
        editedAt: null,
        language: null,
      },
    ]);
  });

  test('the key may be given in lines, in one line, or in base64', async () => {
    const forms = [PRIVATE_KEY, PRIVATE_KEY.replaceAll('\n', '\\n'), btoa(PRIVATE_KEY)];
    for (const written of forms) {
      place.settings['APPSTORE_PRIVATE_KEY'] = written;
      await app.poll();
    }
  });

  test('what is no key, and a key that Apple refuses, are named without their value', async () => {
    place.settings['APPSTORE_PRIVATE_KEY'] = 'not-a-key';
    const unreadable = await app.fail();
    assert.match(unreadable.message, /APPSTORE_PRIVATE_KEY/u);
    assert.doesNotMatch(JSON.stringify(unreadable), /not-a-key/u);
    place.settings['APPSTORE_PRIVATE_KEY'] = PRIVATE_KEY;
    place.settings['APPSTORE_ISSUER_ID'] = 'another';
    assert.match((await app.fail()).message, /does not accept APPSTORE_KEY_ID/u);
  });

  test('more new reviews than one page all come, once', async () => {
    place.add('r0', START);
    await app.poll();
    for (let n = 1; n <= 450; n += 1) place.add(`r${n}`, later(24 * 60 + n));
    assert.equal((await app.ids()).length, 450);
    assert.deepEqual(await app.ids(), []);
    // The token goes to no address that an answer names.
    assert.ok(place.web.requests.every(({ path }) => path.startsWith('/v1/')));
  });

  test('a new version of a review comes again under its id', async () => {
    place.add('r1', START);
    await app.poll();
    place.add('r1', later(60), { body: 'Sample: still crashes' });
    const { posts } = await app.poll();
    assert.deepEqual(
      posts.map(({ externalId, text }) => [externalId, text]),
      [['r1', 'Sample: still crashes']],
    );
  });

  test('polls are spread over what is left of the hour', async () => {
    place.remaining = 2;
    assert.equal((await app.poll()).waitSeconds, 3600);
  });

  test('another’s app and a web page are failures in words', async () => {
    place.next.push(jsonReply({ errors: [] }, { status: 403 }));
    assert.match((await app.fail()).message, /only your own app/u);
    place.next.push(WEB_PAGE);
    assert.match((await app.fail()).message, /web page/u);
  });

  test('a review that is not found is gone; an outage says nothing', async () => {
    const refs = ['r1', 'r2'].map((id) => ({ externalId: place.add(id, START).id, url: null }));
    place.reviews.delete('r2');
    assert.deepEqual(await existence(appStore, place, ADDRESS, refs), ['there', 'gone']);
    place.web.instead({ status: 500 });
    assert.deepEqual(await existence(appStore, place, ADDRESS, refs), ['unknown', 'unknown']);
  });

  test('the developer’s response is the answer, once it is published', async () => {
    place.add('r1', START);
    const ask = () =>
      appStore.replies?.({
        ...place.call(),
        address: ADDRESS,
        post: { externalId: 'r1', url: null },
      });
    assert.deepEqual(repliesOf(await ask()), []);
    const response = { responseBody: 'Sample: fixed', lastModifiedDate: START.toISOString() };
    place.responses.set('r1', { ...response, state: 'PENDING_PUBLISH' });
    assert.deepEqual(repliesOf(await ask()), []);
    place.responses.set('r1', { ...response, state: 'PUBLISHED' });
    assert.deepEqual(repliesOf(await ask()), ['Sample: fixed']);
  });
});

sourceContract('the App Store', (web) => {
  const stand = appStoreOn(placeOn(web));
  // Tokens are checked by a clock; the contract moves its own.
  stand.now = new Date(0);
  return {
    source: appStore,
    address: ADDRESS,
    settings: stand.settings,
    pageSize: 200,
    hasValidators: false,
    show(samples, broken) {
      stand.reviews.clear();
      for (const { number, text, at } of samples) stand.add(`r${number}`, at, { body: text });
      if (broken) stand.add('broken', START, { createdDate: 'soon', title: null, body: 7 });
    },
  };
});
