import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { mastodon } from '../../src/sources/mastodon.ts';
import {
  idAt,
  mastodonOn,
  startMastodon,
  type MastodonPlace,
  type SampleStatus,
} from '../stand-ins/mastodon.ts';
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

describe('Mastodon', () => {
  let place: MastodonPlace;
  let acme: Poller;

  beforeEach(async () => {
    place = await startMastodon();
    acme = poller(mastodon, place, `${place.web.url}/tags/acme`);
  });

  afterEach(() => place.close());

  function later(minutes: number): Date {
    return new Date(START.getTime() + minutes * 60_000);
  }

  function idsOf(...statuses: SampleStatus[]): string[] {
    return statuses.map(({ uri }) => uri).sort();
  }

  test('a hashtag has one address, however it is written', () => {
    for (const input of [
      '#acme@mastodon.example',
      '#Acme@Mastodon.example',
      'https://mastodon.example/tags/acme',
      'https://mastodon.example/tags/Acme/',
      'https://mastodon.example/web/timelines/tag/acme',
    ]) {
      assert.deepEqual(
        mastodon.recognise(input),
        { address: 'https://mastodon.example/tags/acme', label: '#acme on mastodon.example' },
        input,
      );
    }
    const german = mastodon.recognise('#straße@mastodon.example')?.address ?? '';
    assert.equal(mastodon.recognise(german)?.address, german);
    const local = mastodon.recognise('https://mastodon.example/public/local');
    assert.equal(local?.address, 'https://mastodon.example/public/local');
  });

  test('feeds and other pages are left to others', () => {
    for (const input of [
      'https://mastodon.example/tags/acme.rss',
      'https://blog.example/tags/acme/page/2',
      'https://mastodon.example/@sample_user',
      '#acme',
      'acme@mastodon.example',
      'javascript:/tags/acme',
    ]) {
      assert.equal(mastodon.recognise(input), null, input);
    }
  });

  test('a post becomes plain text under its global id', async () => {
    const { uri, url } = place.add(START, {
      spoiler_text: 'Sample: outage',
      content:
        '<p>Fails at <a><span class="invisible">https://</span>acme.example</a><br>again</p>',
    });
    const { posts } = await acme.poll();
    assert.deepEqual(posts, [
      {
        externalId: uri,
        url,
        author: `@sample_user@${place.web.host}`,
        title: null,
        text: 'Sample: outage\nFails at https://acme.example\nagain',
        publishedAt: START,
        editedAt: null,
        language: 'en',
      },
    ]);
  });

  test('who opted out, or posted for fewer than all, is not heard', async () => {
    const kept = place.add(START);
    const note = '<p>Sample <a href="#">#<span>NoBot</span></a></p>';
    place.add(START, { visibility: 'unlisted' });
    place.add(START, { visibility: 'private' });
    place.add(START, { reblog: {} });
    place.add(START, { account: { acct: 'sample_2', noindex: true } });
    place.add(START, { account: { acct: 'sample_3', note } });
    place.add(START, { account: { acct: 'sample_4', note: '#nobots' } });
    place.add(START, { account: { acct: 'sample_5', note: '#noindex' } });
    assert.deepEqual(await acme.ids(), idsOf(kept));
  });

  test('more new posts than one page come through whole, once', async () => {
    place.add(START);
    await acme.poll();
    const added = Array.from({ length: 130 }, (_, n) => place.add(later(1 + n / 60)));
    assert.deepEqual(await acme.ids(), idsOf(...added));
    assert.deepEqual(await acme.ids(), []);
    assert.ok(place.web.requests.every(({ path }) => !path.includes('since_id')));
  });

  test('a backlog longer than one poll is gone through by the next ones', async () => {
    place.add(START);
    await acme.poll();
    const added = Array.from({ length: 1000 }, (_, n) => place.add(later(1 + n / 600)));
    const heard = [...(await acme.ids()), ...(await acme.ids())];
    assert.deepEqual(heard.sort(), idsOf(...added));
  });

  test('ids that grow by a digit are in order', async () => {
    place.add(START, { id: '999999999999999999' });
    await acme.poll();
    const next = place.add(START, { id: '1000000000000000001' });
    assert.deepEqual(await acme.ids(), idsOf(next));
  });

  test('a post that was federated late, and an edited one, are heard within the hour', async () => {
    const first = place.add(later(-60));
    place.add(START);
    await acme.poll();
    const late = place.add(later(-120));
    place.statuses.set(first.id, { ...first, content: '<p>Sample: edited</p>' });
    assert.deepEqual(await acme.ids(), []);
    place.now = later(61);
    assert.deepEqual(await acme.ids(), idsOf(first, late));
    place.now = later(62);
    assert.deepEqual(await acme.ids(), []);
  });

  test('a hashtag without posts is heard from its first', async () => {
    assert.deepEqual(await acme.ids(), []);
    const first = place.add(later(-5));
    assert.deepEqual(await acme.ids(), idsOf(first));
  });

  test('a hashtag without a post is heard from its first on, however many come', async () => {
    assert.deepEqual(await acme.ids(), []);
    place.now = later(10);
    const statuses = Array.from({ length: 130 }, (_, n) => place.add(later(1 + n / 20)));
    assert.deepEqual(await acme.ids(), idsOf(...statuses));
  });

  test('a first answer that was empty by mistake does not bring up the whole history', async () => {
    for (let n = 0; n < 200; n += 1) place.add(later(n - 300));
    place.next.push(jsonReply([]));
    await acme.poll();
    place.now = later(10);
    const status = place.add(later(5));
    const heard = await acme.ids();
    assert.equal(heard.length, 40);
    assert.ok(heard.includes(status.uri));
    assert.deepEqual(await acme.ids(), []);
  });

  test('a closed timeline is said in words, whether it refuses or looks empty', async () => {
    place.access = 'authenticated';
    const refused = await acme.fail();
    place.closedBy = 'empty';
    const empty = await acme.fail();
    for (const { kind, message } of [refused, empty]) {
      assert.equal(kind, 'rejected');
      assert.match(message, /without a login; choose another instance/u);
    }
  });

  test('a timeline that closes later is noticed within the hour', async () => {
    place.add(START);
    await acme.poll();
    place.access = 'disabled';
    place.closedBy = 'empty';
    assert.deepEqual(await acme.ids(), []);
    place.now = later(61);
    assert.equal((await acme.fail()).kind, 'rejected');
  });

  test('the limit resets at an ISO time, which counts on the host’s own clock', async () => {
    place.next.push({
      status: 429,
      headers: {
        date: 'Mon, 02 Mar 2026 15:00:00 GMT',
        'x-ratelimit-reset': '2026-03-02T15:04:00.949515Z',
      },
    });
    const { kind, retryAfterSeconds } = await acme.fail();
    assert.deepEqual([kind, retryAfterSeconds], ['rate-limited', 241]);
  });

  test('a limit in the middle of a backlog keeps what was read', async () => {
    place.add(START);
    await acme.poll();
    const added = Array.from({ length: 60 }, (_, n) => place.add(later(1 + n / 60)));
    place.limit = { remaining: 0, reset: '2026-03-02T12:00:30Z' };
    const first = await acme.poll();
    assert.equal(first.posts.length, 40);
    assert.ok((first.waitSeconds ?? 0) > 0);
    place.limit.remaining = 299;
    const heard = [...first.posts.map(({ externalId }) => externalId), ...(await acme.ids())];
    assert.deepEqual(heard.sort(), idsOf(...added));
  });

  test('a web page is a failure, and a malformed post costs no other', async () => {
    place.next.push(WEB_PAGE);
    assert.match((await acme.fail()).message, /web page/u);
    const good = place.add(START);
    place.add(START, { content: undefined });
    place.add(START, { created_at: 'yesterday' });
    const { posts, malformed } = await acme.poll();
    assert.deepEqual(
      posts.map(({ externalId }) => externalId),
      idsOf(good),
    );
    assert.equal(malformed, 2);
  });

  test('an instance that means harm is read fast, or refused', async () => {
    const size = 4_900_000;
    for (const body of [
      `[${'{},'.repeat(size / 3)}{}]`,
      '['.repeat(size),
      `${'['.repeat(size / 2)}${']'.repeat(size / 2)}`,
      `[{"id":"1","uri":"${'x'.repeat(size)}","created_at":"2026-03-02","content":""}]`,
      JSON.stringify([
        {
          ...place.add(START),
          content: '<p class=quote-inline>'.repeat(100_000),
          account: { note: '#nobo <a>'.repeat(200_000) },
        },
      ]),
    ]) {
      place.next.push({ status: 200, headers: {}, body });
      const before = process.cpuUsage();
      const outcome = await mastodon.poll?.({
        ...place.call(),
        address: `${place.web.url}/tags/acme`,
        cursor: null,
      });
      const { user, system } = process.cpuUsage(before);
      const took = (user + system) / 1000;
      assert.ok(took < 3000, `${body.slice(0, 10)} took ${Math.round(took)} ms`);
      assert.ok(!outcome?.ok || outcome.posts.length <= 1);
    }
  });

  test('what is gone at home is gone; what cannot be asked is unknown', async () => {
    const there = place.add(START);
    const gone = place.add(START);
    const hidden = place.add(START);
    const closed = place.add(START);
    place.statuses.delete(gone.id);
    place.statuses.set(hidden.id, { ...hidden, visibility: 'private' });
    place.json(`/api/v1/statuses/${closed.id}`, () => ({ status: 401, headers: {}, body: '{}' }));
    place.web.on('/notes/abc', { status: 410 });
    const refs = [there, gone, hidden, closed].map(({ uri, url }) => ({ externalId: uri, url }));
    refs.push({ externalId: `${place.web.url}/notes/abc`, url: `${place.web.url}/notes/abc` });
    assert.deepEqual(await existence(mastodon, place, '', refs), [
      'there',
      'gone',
      'gone',
      'unknown',
      'gone',
    ]);
  });

  test('answers are the public descendants', async () => {
    const post = place.add(START);
    place.add(later(1), { replyTo: post.id, content: '<p>Sample: sorry</p>' });
    place.add(later(2), { replyTo: post.id, content: 'Sample: unseen', visibility: 'private' });
    place.add(later(3), { replyTo: post.id, content: 'Sample: fixed', visibility: 'unlisted' });
    const found = await mastodon.replies?.({
      ...place.call(),
      address: '',
      post: { externalId: post.uri, url: post.url },
    });
    assert.deepEqual(repliesOf(found), ['Sample: sorry', 'Sample: fixed']);
  });

  test('a pasted link is read where it is', async () => {
    const { url, uri, id } = place.add(START);
    const found = await mastodon.lookUp?.({ ...place.call(), url });
    assert.equal(found?.externalId, uri);
    const other = await mastodon.lookUp?.({
      ...place.call(),
      url: url.replace(id, idAt(later(1))),
    });
    assert.equal(other, null);
  });

  test('a bare instance is found out to be one, if it shows its posts', async () => {
    const url = `${place.web.url}/`;
    const found = await mastodon.probe?.({ ...place.call(), url });
    assert.equal(found?.address, `${place.web.url}/public/local`);
    place.access = 'authenticated';
    assert.equal(await mastodon.probe?.({ ...place.call(), url }), null);
  });

  test('the posts of one instance are heard without a hashtag', async () => {
    const status = place.add(START);
    const local = poller(mastodon, place, `${place.web.url}/public/local`);
    assert.deepEqual(await local.ids(), idsOf(status));
    assert.match(place.web.requests.at(-1)?.path ?? '', /timelines\/public\?.*local=true/u);
  });
});

sourceContract('Mastodon', (web) => {
  const stand = mastodonOn(placeOn(web));
  // An instance numbers its own posts as they arrive.
  const arrived = new Map<number, string>();
  let arrivals = 0;
  return {
    source: mastodon,
    address: `${web.url}/tags/acme`,
    pageSize: 40,
    hasValidators: false,
    throttle: {
      reply: {
        status: 429,
        headers: {
          date: 'Mon, 23 Nov 2026 10:00:00 GMT',
          'x-ratelimit-reset': '2026-11-23T10:02:30.000000Z',
        },
      },
      seconds: 150,
    },
    show(samples, broken) {
      stand.statuses.clear();
      const numbers = new Set(samples.map(({ number }) => number));
      for (const number of arrived.keys()) if (!numbers.has(number)) arrived.delete(number);
      for (const { number, text, at } of samples) {
        const id = arrived.get(number) ?? idAt(START, (arrivals += 1));
        arrived.set(number, id);
        const uri = `${web.url}/users/sample_user/statuses/${number}`;
        stand.add(at, { id, uri, content: `<p>${text}</p>` });
      }
      if (broken) stand.add(START, { id: idAt(START, (arrivals += 1)), uri: '' });
    },
  };
});
