import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { lemmy } from '../../src/sources/lemmy.ts';
import { lemmyOn, startLemmy, type LemmyPlace } from '../stand-ins/lemmy.ts';
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

describe('Lemmy', () => {
  let place: LemmyPlace;
  let all: Poller;

  beforeEach(async () => {
    place = await startLemmy();
    all = poller(lemmy, place, `lemmy:${place.web.url}`);
  });

  afterEach(() => place.close());

  function later(minutes: number): Date {
    return new Date(START.getTime() + minutes * 60_000);
  }

  function post(id: number): string {
    return `https://lemmy.example/post/${id}`;
  }

  function comment(id: number): string {
    return `https://lemmy.example/comment/${id}`;
  }

  test('an instance and a community are recognised', () => {
    for (const [input, address] of [
      ['lemmy:https://lemmy.example', 'lemmy:https://lemmy.example'],
      ['lemmy:lemmy.example/', 'lemmy:https://lemmy.example'],
      ['!acme@lemmy.example', 'https://lemmy.example/c/acme'],
      ['https://lemmy.example/c/Acme', 'https://lemmy.example/c/acme'],
      ['https://lemmy.example/c/acme@other.example/', 'https://lemmy.example/c/acme@other.example'],
    ] as const) {
      assert.equal(lemmy.recognise(input)?.address, address, input);
      assert.equal(lemmy.recognise(address)?.address, address, address);
    }
    for (const input of [
      'https://lemmy.example/',
      'https://forum.example/c/help/5',
      'https://www.youtube.com/c/acme',
      'https://lemmy.example/post/7',
    ]) {
      assert.equal(lemmy.recognise(input), null, input);
    }
  });

  test('a bare instance is found out to be one', async () => {
    const url = `${place.web.url}/`;
    const found = await lemmy.probe?.({ ...place.call(), url });
    assert.equal(found?.address, `lemmy:${place.web.url}`);
    place.version = null;
    assert.equal(await lemmy.probe?.({ ...place.call(), url }), null);
  });

  test('posts have titles, comments none; a date without a zone is UTC', async () => {
    place.addPost(7, START, { updated: '2026-03-02T12:10:00.000000' });
    place.addComment(8, later(1), { content: '> Acme is fine\n\nIt [fails](https://a.example)' });
    const { posts } = await all.poll();
    const common = { author: '@sample_user@home.example', language: null };
    assert.deepEqual(posts, [
      {
        ...common,
        externalId: post(7),
        url: post(7),
        title: 'Sample 7: Acme outage?',
        text: 'Anyone else?',
        publishedAt: START,
        editedAt: later(10),
      },
      {
        ...common,
        externalId: comment(8),
        url: comment(8),
        title: null,
        text: 'It fails',
        publishedAt: later(1),
        editedAt: null,
      },
    ]);
  });

  test('version 1.0 is heard through the same interface', async () => {
    place.isNew = true;
    place.version = '1.0.0';
    place.addPost(7, START);
    const { posts } = await all.poll();
    assert.deepEqual(posts[0]?.publishedAt, START);
  });

  test('each poll brings what is new or edited, once', async () => {
    place.addPost(7, START);
    await all.poll();
    assert.deepEqual(await all.ids(), []);
    place.addComment(8, later(1));
    place.addPost(7, START, { body: 'Sample: edited' });
    assert.deepEqual(await all.ids(), [comment(8), post(7)]);
    assert.deepEqual(await all.ids(), []);
  });

  test('what was federated late, below newer posts, is heard', async () => {
    place.addComment(1, START);
    await all.poll();
    place.addComment(2, later(-50));
    assert.deepEqual(await all.ids(), [comment(2)]);
  });

  test('more than one page of each list comes through whole', async () => {
    place.addPost(1, START);
    await all.poll();
    const expected: string[] = [];
    for (let id = 2; id < 180; id += 1) {
      place.addPost(id, later(id / 10));
      place.addComment(id, later(id / 10));
      expected.push(post(id), comment(id));
    }
    assert.deepEqual(await all.ids(), expected.sort());
  });

  test('a pinned post above the list hides nothing that is new below it', async () => {
    place.addPost(1, later(-60 * 24 * 30), { featured_local: true });
    place.addPost(2, START);
    await all.poll();
    const expected: string[] = [];
    for (let id = 3; id < 180; id += 1) {
      place.addPost(id, later(id / 10));
      expected.push(post(id));
    }
    assert.deepEqual(await all.ids(), expected.sort());
  });

  test('a backlog longer than one poll is gone through by the next ones', async () => {
    place.addComment(1, START);
    await all.poll();
    for (let id = 2; id < 2200; id += 1) place.addComment(id, later(60 + id / 100));
    const heard = new Set<string>();
    for (let polls = 0; polls < 5; polls += 1) {
      const { posts, gap } = await all.poll();
      assert.equal(gap, null);
      for (const { externalId } of posts) heard.add(externalId);
    }
    assert.equal(heard.size, 2198);
  });

  test('deleted and removed entries are reported, and not posts', async () => {
    place.addPost(1, START, { deleted: true });
    place.addComment(2, START, { removed: true });
    const { posts, deleted } = await all.poll();
    assert.deepEqual([posts, deleted], [[], [post(1), comment(2)]]);
  });

  test('who opted out is not heard', async () => {
    place.addPost(1, START, { creator: { bio: 'Sample. #NoBot please' } });
    assert.deepEqual(await all.ids(), []);
  });

  test('a date from the far future moves no cursor', async () => {
    place.addPost(1, START);
    await all.poll();
    place.addPost(2, later(60 * 24 * 365));
    await all.poll();
    place.addPost(3, later(5));
    assert.deepEqual(await all.ids(), [post(3)]);
  });

  test('a community is asked for by its name', async () => {
    place.addPost(1, START);
    const community = poller(lemmy, place, `${place.web.url}/c/acme`);
    assert.deepEqual(await community.ids(), [post(1)]);
    assert.match(place.web.requests.at(-1)?.path ?? '', /community_name=acme/u);
  });

  test('what is no Lemmy, a web page and a limit are failures in words', async () => {
    place.next.push(jsonReply({ version: 'x' }));
    assert.match((await all.fail()).message, /Lemmy/u);
    await all.poll();
    place.next.push(WEB_PAGE);
    assert.match((await all.fail()).message, /web page/u);
    place.next.push(jsonReply({ error: 'too_many_requests' }, { status: 429 }));
    assert.equal((await all.fail()).kind, 'rate-limited');
  });

  test('a malformed entry costs no other', async () => {
    place.addPost(1, START);
    place.addPost(2, START, { ap_id: 7 });
    const { posts, malformed } = await all.poll();
    assert.deepEqual([posts.length, malformed], [1, 1]);
  });

  for (const isNew of [false, true]) {
    test(`what cannot be found is gone, on ${isNew ? 'new' : 'old'} servers`, async () => {
      place.isNew = isNew;
      place.addPost(1, START);
      place.addComment(2, START, { deleted: true });
      const refs = [post(1), comment(2), post(3)].map((externalId) => ({ externalId, url: null }));
      const address = `lemmy:${place.web.url}`;
      const found = await existence(lemmy, place, address, refs);
      assert.deepEqual(found, ['there', 'gone', 'gone']);
      place.next.push({ status: 404, headers: {} }, { status: 503, headers: {} });
      const none = await existence(lemmy, place, address, refs);
      assert.deepEqual(none, ['unknown', 'unknown', 'unknown']);
    });
  }

  test('answers are the comments below, oldest first', async () => {
    place.addPost(7, START);
    place.addComment(9, later(2));
    place.addComment(8, later(1));
    const found = await lemmy.replies?.({
      ...place.call(),
      address: `lemmy:${place.web.url}`,
      post: { externalId: post(7), url: null },
    });
    assert.deepEqual(repliesOf(found), ['Sample 8: me too', 'Sample 9: me too']);
  });

  test('a pasted link is read', async () => {
    place.addPost(7, START, { ap_id: `${place.web.url}/post/7` });
    const found = await lemmy.lookUp?.({ ...place.call(), url: `${place.web.url}/post/7` });
    assert.equal(found?.title, 'Sample 7: Acme outage?');
  });
});

sourceContract('Lemmy', (web) => {
  const stand = lemmyOn(placeOn(web));
  return {
    source: lemmy,
    address: `lemmy:${web.url}`,
    pageSize: 50,
    hasValidators: false,
    show(samples, broken) {
      stand.posts.clear();
      for (const { number, text, at } of samples) stand.addPost(number, at, { name: text });
      if (broken) stand.addPost(1_000_000, START, { ap_id: null });
    },
  };
});
