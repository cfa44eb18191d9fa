import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { stackExchange } from '../../src/sources/stackexchange.ts';
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
  packed,
  stackExchangeOn,
  startStackExchange,
  type StackExchangePlace,
} from '../stand-ins/stackexchange.ts';
import { sourceContract } from './contract.ts';

const T = START.getTime() / 1000;
const TAGGED = 'https://stackoverflow.com/questions/tagged/acme';
describe('Stack Exchange', () => {
  let place: StackExchangePlace;
  let tagged: Poller;

  beforeEach(async () => {
    place = await startStackExchange();
    tagged = poller(stackExchange, place, TAGGED);
  });

  afterEach(() => place.close());

  function idsOf(...ids: number[]): string[] {
    return ids.map((id) => `stackoverflow.com/q/${id}`).sort();
  }

  function range(from: number, to: number): number[] {
    return Array.from({ length: to - from + 1 }, (_, n) => from + n);
  }

  test('a site, a tag and a search are recognised', () => {
    for (const [input, address] of [
      [TAGGED, TAGGED],
      ['stackoverflow.com/questions/tagged/acme', TAGGED],
      ['https://stackoverflow.com/questions/tagged/acme?tab=Newest', TAGGED],
      ['https://stackoverflow.com/questions/tagged/c%2b%2b+acme', `${TAGGED}+c%2B%2B`],
      ['https://unix.stackexchange.com/', 'https://unix.stackexchange.com/questions'],
      ['https://www.superuser.com/questions', 'https://superuser.com/questions'],
      [
        'https://es.stackoverflow.com/tags/acme/info',
        'https://es.stackoverflow.com/questions/tagged/acme',
      ],
      [
        'https://stackoverflow.com/search?q=acme+sdk',
        'https://stackoverflow.com/search?q=acme+sdk',
      ],
    ] as const) {
      assert.equal(stackExchange.recognise(input)?.address, address, input);
      assert.equal(stackExchange.recognise(address)?.address, address, address);
    }
    for (const input of [
      'https://stackoverflow.com.example/questions',
      'https://stackoverflow.com/users/1/sample',
      'https://stackoverflow.com/questions/tagged/acme or beta',
      'https://stackoverflow.com/feeds/tag/acme',
      'acme',
    ]) {
      assert.equal(stackExchange.recognise(input), null, input);
    }
  });

  test('a question becomes plain text, without its listings', async () => {
    place.add(1, T, { last_edit_date: T + 60 });
    const { posts } = await tagged.poll();
    assert.deepEqual(posts, [
      {
        externalId: 'stackoverflow.com/q/1',
        url: 'https://stackoverflow.com/questions/1/sample',
        author: 'sample & user',
        title: 'Sample 1: Acme "timeout"',
        text: 'It fails.',
        publishedAt: START,
        editedAt: new Date((T + 60) * 1000),
        language: 'en',
      },
    ]);
  });

  test('each poll brings new and edited questions, once', async () => {
    place.add(1, T);
    await tagged.poll();
    assert.deepEqual(await tagged.ids(), []);
    place.add(2, T + 60);
    place.add(1, T, { body: '<p>Sample: edited</p>', last_activity_date: T + 90 });
    assert.deepEqual(await tagged.ids(), idsOf(1, 2));
    // An answer moves the question up, and changes nothing in it.
    place.add(2, T + 60, { last_activity_date: T + 120 });
    assert.deepEqual(await tagged.ids(), []);
  });

  test('a question that the index had late is heard', async () => {
    place.add(1, T);
    await tagged.poll();
    place.add(2, T - 1800);
    assert.deepEqual(await tagged.ids(), idsOf(2));
  });

  test('only the tag that was asked for is heard', async () => {
    place.add(1, T);
    place.add(2, T, { tags: ['other'] });
    assert.deepEqual(await tagged.ids(), idsOf(1));
  });

  test('a backlog of many pages comes through whole, also where many share a second', async () => {
    place.add(1, T);
    await tagged.poll();
    for (const id of range(2, 700)) place.add(id, T + 60 + id);
    for (const id of range(701, 1250)) place.add(id, T + 5000);
    const heard = new Set<string>();
    for (let polls = 0; polls < 4; polls += 1) for (const id of await tagged.ids()) heard.add(id);
    assert.deepEqual([...heard].sort(), idsOf(...range(2, 1250)));
  });

  test('more in the overlap than one poll reads does not stop the reading', async () => {
    place.add(1, T);
    await tagged.poll();
    for (const id of range(2, 2501)) place.add(id, T + id);
    const heard = new Set<string>();
    for (let polls = 0; polls < 4; polls += 1) {
      for (const { externalId } of (await tagged.poll()).posts) heard.add(externalId);
    }
    assert.equal(heard.size, 2500);
    assert.deepEqual(await tagged.ids(), []);
    // Once at the end, it looks back again.
    place.add(3000, T + 2000);
    assert.deepEqual(await tagged.ids(), idsOf(3000));
  });

  test('backoff ends the poll, is waited for, and loses nothing', async () => {
    place.add(1, T);
    await tagged.poll();
    for (const id of range(2, 150)) place.add(id, T + id);
    place.backoff = 900;
    const first = await tagged.poll();
    assert.equal(first.waitSeconds, 902);
    assert.equal(first.posts.length, 99);
    place.now = new Date(START.getTime() + 902_000);
    const heard = [...first.posts.map(({ externalId }) => externalId), ...(await tagged.ids())];
    assert.deepEqual(heard.sort(), idsOf(...range(2, 150)));
  });

  test('backoff holds for all sources that call the same method, and for no other', async () => {
    place.add(1, T);
    place.backoff = 30;
    await tagged.poll();
    const other = poller(stackExchange, place, 'https://superuser.com/questions');
    const { kind, retryAfterSeconds } = await other.fail();
    assert.deepEqual([kind, retryAfterSeconds, place.web.requests.length], ['rate-limited', 32, 1]);
    const refs = idsOf(1).map((externalId) => ({ externalId, url: null }));
    place.backoff = 30;
    assert.deepEqual(await existence(stackExchange, place, TAGGED, refs), ['there']);
    assert.deepEqual(await existence(stackExchange, place, TAGGED, refs), ['unknown']);
    place.now = new Date(START.getTime() + 32_000);
    await other.poll();
    assert.deepEqual(await existence(stackExchange, place, TAGGED, refs), ['there']);
  });

  test('what is left of the quota is spread over the rest of the day', async () => {
    place.add(1, T);
    place.quota = 11;
    // Noon: 12 hours for 10 requests.
    assert.equal((await tagged.poll()).waitSeconds, 4320);
    place.quota = 1;
    assert.equal((await tagged.poll()).waitSeconds, 43_200);
  });

  test('the throttle comes as a 400 whose text says for how long', async () => {
    place.next.push(
      packed(
        {
          error_id: 502,
          error_message: 'too many requests from this IP, more requests available in 512 seconds',
          error_name: 'throttle_violation',
        },
        400,
      ),
    );
    const { kind, retryAfterSeconds } = await tagged.fail();
    assert.deepEqual([kind, retryAfterSeconds], ['rate-limited', 514]);
    place.next.push(packed({ error_id: 400, error_name: 'bad_parameter' }, 400));
    assert.equal((await tagged.fail()).kind, 'rejected');
  });

  test('a web page is a failure, and a malformed question costs no other', async () => {
    place.next.push(WEB_PAGE);
    assert.match((await tagged.fail()).message, /web page/u);
    place.add(1, T);
    place.add(2, T, { title: null });
    const { posts, malformed } = await tagged.poll();
    assert.deepEqual([posts.length, malformed], [1, 1]);
  });

  test('the key goes with every request, when there is one', async () => {
    await tagged.poll();
    assert.ok(!place.web.requests.at(-1)?.path.includes('key='));
    place.settings['STACKEXCHANGE_KEY'] = 'sample-key';
    await tagged.poll();
    assert.match(place.web.requests.at(-1)?.path ?? '', /[?&]key=sample-key/u);
  });

  test('a search asks for its phrase', async () => {
    place.add(1, T);
    const search = poller(stackExchange, place, 'https://stackoverflow.com/search?q=acme+sdk');
    assert.deepEqual(await search.ids(), idsOf(1));
    assert.match(
      place.web.requests.at(-1)?.path ?? '',
      /^\/2\.3\/search\/advanced\?.*q=acme\+sdk/u,
    );
  });

  test('a tag without questions is heard from its first', async () => {
    assert.deepEqual(await tagged.ids(), []);
    place.add(1, T - 60);
    assert.deepEqual(await tagged.ids(), idsOf(1));
  });

  test('one request tells which of many questions are gone; a throttle tells nothing', async () => {
    place.add(1, T);
    place.add(3, T);
    const refs = idsOf(1, 2, 3).map((externalId) => ({ externalId, url: null }));
    const found = await existence(stackExchange, place, TAGGED, refs);
    assert.deepEqual(found, ['there', 'gone', 'there']);
    assert.equal(place.web.requests.length, 1);
    place.next.push(packed({ error_name: 'throttle_violation' }, 400));
    const none = await existence(stackExchange, place, TAGGED, refs);
    assert.deepEqual(none, ['unknown', 'unknown', 'unknown']);
  });

  test('answers and comments come together, oldest first', async () => {
    const post = { externalId: 'stackoverflow.com/q/1', url: null };
    const found = await stackExchange.replies?.({ ...place.call(), address: TAGGED, post });
    assert.deepEqual(repliesOf(found), ['Sample comment_id', 'Sample answer_id']);
  });

  test('a pasted link is read', async () => {
    place.add(1, T);
    const url = 'https://stackoverflow.com/questions/1/sample';
    const post = await stackExchange.lookUp?.({ ...place.call(), url });
    assert.equal(post?.externalId, 'stackoverflow.com/q/1');
    assert.equal(
      await stackExchange.lookUp?.({ ...place.call(), url: 'https://a.example/q/1' }),
      null,
    );
  });
});

sourceContract('Stack Exchange', (web) => {
  const stand = stackExchangeOn(placeOn(web));
  const error = 'too many requests from this IP, more requests available in 512 seconds';
  return {
    source: stackExchange,
    address: TAGGED,
    settings: stand.settings,
    pageSize: 100,
    hasValidators: false,
    throttle: {
      reply: packed({ error_name: 'throttle_violation', error_message: error }, 400),
      seconds: 514,
    },
    show(samples, broken) {
      stand.questions.clear();
      for (const { number, text, at } of samples) {
        stand.add(number, at.getTime() / 1000, { title: text });
      }
      if (broken) stand.add(1_000_000, T, { title: 7, last_activity_date: 2e9 });
    },
  };
});
