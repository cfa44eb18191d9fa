import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { trustpilot } from '../../src/sources/trustpilot.ts';
import {
  existence,
  placeOn,
  poller,
  repliesOf,
  START,
  WEB_PAGE,
  type Poller,
} from '../stand-ins/place.ts';
import {
  KEY,
  startTrustpilot,
  trustpilotOn,
  type TrustpilotPlace,
} from '../stand-ins/trustpilot.ts';
import { sourceContract } from './contract.ts';

const ADDRESS = 'https://www.trustpilot.com/review/acme.example';

function later(minutes: number): Date {
  return new Date(START.getTime() + minutes * 60_000);
}

describe('Trustpilot', () => {
  let place: TrustpilotPlace;
  let acme: Poller;

  beforeEach(async () => {
    place = await startTrustpilot();
    acme = poller(trustpilot, place, ADDRESS);
  });

  afterEach(() => place.close());

  test('a company has one address, in whatever language its page is', () => {
    for (const input of [
      ADDRESS,
      'https://de.trustpilot.com/review/Acme.example?languages=all',
      'trustpilot.com/review/acme.example',
      'trustpilot:acme.example',
    ]) {
      const label = 'Trustpilot, reviews of acme.example';
      assert.deepEqual(trustpilot.recognise(input), { address: ADDRESS, label }, input);
    }
    for (const input of [
      'https://www.trustpilot.com/users/55sample',
      'https://www.trustpilot.com/reviews/65sample',
      'https://trustpilot.com.example/review/acme.example',
      'acme.example',
    ]) {
      assert.equal(trustpilot.recognise(input), null, input);
    }
  });

  test('a review becomes a post, without what else is known of its author', async () => {
    place.add('65a', START, { updatedAt: later(5).toISOString(), referralEmail: 'x@a.example' });
    const { posts } = await acme.poll();
    assert.deepEqual(posts, [
      {
        externalId: '65a',
        url: 'https://www.trustpilot.com/reviews/65a',
        author: 'Sample',
        title: 'Sample: no refund',
        text: 'Acme never answered',
        publishedAt: START,
        editedAt: later(5),
        language: 'en',
      },
    ]);
  });

  test('the company is looked up once', async () => {
    await acme.poll();
    await acme.poll();
    const paths = place.web.requests.map(({ path }) => path.split('?')[0]);
    assert.equal(paths.filter((path) => path === '/v1/business-units/find').length, 1);
    const nobody = poller(trustpilot, place, 'https://www.trustpilot.com/review/nobody.example');
    assert.match((await nobody.fail()).message, /no company/u);
  });

  test('more new reviews than one page all come, once, also while new ones come in', async () => {
    place.add('r0', START);
    await acme.poll();
    for (let n = 1; n <= 350; n += 1) place.add(`r${n}`, later(24 * 60 + n));
    assert.equal((await acme.ids()).length, 350);
    assert.deepEqual(await acme.ids(), []);
  });

  test('the key is in no address, and a wrong one is named without its value', async () => {
    await acme.poll();
    assert.ok(place.web.requests.every(({ path }) => !path.includes(KEY)));
    place.settings['TRUSTPILOT_API_KEY'] = 'wrong-key';
    const failure = await acme.fail();
    assert.match(failure.message, /TRUSTPILOT_API_KEY/u);
    assert.doesNotMatch(JSON.stringify(failure), /wrong-key/u);
    place.next.push(WEB_PAGE);
    assert.match((await acme.fail()).message, /web page/u);
  });

  test('a review that is not found is gone; an outage says nothing', async () => {
    const refs = ['r1', 'r2'].map((id) => ({ externalId: place.add(id, START).id, url: null }));
    place.reviews.delete('r2');
    assert.deepEqual(await existence(trustpilot, place, ADDRESS, refs), ['there', 'gone']);
    place.web.instead({ status: 429 });
    assert.deepEqual(await existence(trustpilot, place, ADDRESS, refs), ['unknown', 'unknown']);
  });

  test('the company’s reply is the answer, and a pasted link is read', async () => {
    const companyReply = { text: 'Sample: sorry', createdAt: later(9).toISOString() };
    place.add('r1', START, { companyReply });
    place.add('r2', START);
    const call = { ...place.call(), address: ADDRESS };
    const of = (externalId: string) =>
      trustpilot.replies?.({ ...call, post: { externalId, url: null } });
    assert.deepEqual(repliesOf(await of('r1')), ['Sample: sorry']);
    assert.deepEqual(repliesOf(await of('r2')), []);
    const url = 'https://uk.trustpilot.com/reviews/r1';
    assert.equal((await trustpilot.lookUp?.({ ...place.call(), url }))?.externalId, 'r1');
  });
});

sourceContract('Trustpilot', (web) => {
  const stand = trustpilotOn(placeOn(web));
  return {
    source: trustpilot,
    address: ADDRESS,
    settings: stand.settings,
    pageSize: 100,
    hasValidators: false,
    show(samples, broken) {
      stand.reviews.clear();
      for (const { number, text, at } of samples) stand.add(`r${number}`, at, { text });
      if (broken) stand.add('broken', START, { createdAt: 'soon', text: 7, title: null });
    },
  };
});
