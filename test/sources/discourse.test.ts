import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { discourse } from '../../src/sources/discourse.ts';
import { discourseOn, startDiscourse, type DiscoursePlace } from '../stand-ins/discourse.ts';
import {
  existence,
  jsonReply,
  placeOn,
  poller,
  refOf,
  repliesOf,
  WEB_PAGE,
  type Poller,
} from '../stand-ins/place.ts';
import { sourceContract } from './contract.ts';

describe('Discourse', () => {
  let place: DiscoursePlace;
  let forum: Poller;

  beforeEach(async () => {
    place = await startDiscourse();
    forum = poller(discourse, place, `${place.web.url}/latest`);
  });

  afterEach(() => place.close());

  function idsOf(...ids: number[]): string[] {
    return ids.map((id) => `${place.web.url}/p/${id}`).sort();
  }

  function range(from: number, to: number): number[] {
    return Array.from({ length: to - from + 1 }, (_, n) => from + n);
  }

  test('a forum, a category and a topic are recognised by their addresses', () => {
    for (const [input, address] of [
      ['discourse:https://forum.example', 'https://forum.example/latest'],
      ['discourse:forum.example/', 'https://forum.example/latest'],
      ['https://forum.example/latest', 'https://forum.example/latest'],
      ['https://acme.example/forum/latest', 'https://acme.example/forum/latest'],
      ['https://forum.example/c/help/5', 'https://forum.example/c/help/5'],
      ['https://forum.example/c/help/router/12/l/latest', 'https://forum.example/c/help/router/12'],
      ['https://forum.example/t/update-fails/77/3', 'https://forum.example/t/update-fails/77'],
    ] as const) {
      assert.equal(discourse.recognise(input)?.address, address, input);
      assert.equal(discourse.recognise(address)?.address, address, address);
    }
  });

  test('addresses that may be something else are left to others', () => {
    for (const input of [
      'https://forum.example/',
      'https://forum.example/latest.rss',
      'https://lemmy.example/c/acme',
      'https://blog.example/t/acme',
      'https://forum.example/posts.rss',
    ]) {
      assert.equal(discourse.recognise(input), null, input);
    }
  });

  test('a bare address is found out to be a forum, also one in a folder', async () => {
    place.add(1);
    const found = await discourse.probe?.({ ...place.call(), url: `${place.web.url}/` });
    assert.equal(found?.address, `${place.web.url}/latest`);
    for (const page of ['categories', 'top/', 'about']) {
      const byPage = await discourse.probe?.({ ...place.call(), url: `${place.web.url}/${page}` });
      assert.equal(byPage?.address, `${place.web.url}/latest`, page);
    }
    const inFolder = await startDiscourse('/forum');
    const url = `${inFolder.web.url}/forum`;
    const other = await discourse.probe?.({ ...inFolder.call(), url });
    assert.equal(other?.address, `${url}/latest`);
    const none = await discourse.probe?.({ ...inFolder.call(), url: inFolder.web.url });
    assert.equal(none, null);
    await inFolder.close();
  });

  test('a post is what its author wrote, without quotations', async () => {
    place.add(1, 2);
    place.change(2, {
      cooked:
        '<aside class="quote no-group"><blockquote>Acme is fine</blockquote></aside><p>It <b>fails</b> <img class="emoji" alt=":rage:"></p>',
    });
    const { posts } = await forum.poll();
    const [first] = posts.filter(({ externalId }) => externalId.endsWith('/p/1'));
    const [second] = posts.filter(({ externalId }) => externalId.endsWith('/p/2'));
    assert.equal(first?.title, 'Sample: update');
    assert.deepEqual(second, {
      externalId: `${place.web.url}/p/2`,
      url: `${place.web.url}/t/update/77/2`,
      author: 'sample_user',
      title: null,
      text: 'It fails',
      publishedAt: new Date('2026-03-02T12:00:02.000Z'),
      editedAt: null,
      language: null,
    });
  });

  test('each poll brings what is new, once, and asks with the mark of the last answer', async () => {
    place.add(...range(1, 5));
    assert.deepEqual(await forum.ids(), idsOf(...range(1, 5)));
    const { posts } = await forum.poll();
    assert.deepEqual(posts, []);
    assert.ok(place.web.requests.at(-1)?.headers['if-none-match']);
    place.add(6);
    assert.deepEqual(await forum.ids(), idsOf(6));
  });

  for (const pageBy of ['posts', 'ids'] as const) {
    test(`a backlog over many pages comes through whole, with pages by ${pageBy}`, async () => {
      place.pageBy = pageBy;
      place.add(1);
      await forum.poll();
      // Long private stretches: pages without a visible post.
      const added = range(2, 1700).filter((id) => id < 300 || id > 700);
      place.add(...added);
      const heard = [...(await forum.ids()), ...(await forum.ids())];
      assert.deepEqual(heard.sort(), idsOf(...added));
      assert.deepEqual(await forum.ids(), []);
    });
  }

  test('an edit is heard while the post is among the newest', async () => {
    place.add(...range(1, 60));
    await forum.poll();
    place.change(50, { cooked: '<p>Sample: edited</p>', version: 2 });
    const { posts } = await forum.poll();
    assert.deepEqual(
      posts.map(({ externalId, editedAt }) => [externalId, editedAt?.toISOString()]),
      [[`${place.web.url}/p/50`, '2026-03-02T13:00:50.000Z']],
    );
  });

  test('a post that was approved late, below newer ones, is heard', async () => {
    place.add(...range(1, 20), 22);
    await forum.poll();
    place.add(21);
    assert.deepEqual(await forum.ids(), idsOf(21));
  });

  test('one category is heard without the others', async () => {
    const category = poller(discourse, place, `${place.web.url}/c/help/5`);
    place.add(1, 2);
    place.change(2, { category_id: 6 });
    assert.deepEqual(await category.ids(), idsOf(1));
  });

  test('hidden posts are left out, and deleted ones are reported', async () => {
    place.add(1, 2, 3);
    place.change(1, { hidden: true });
    place.change(2, { user_deleted: true });
    const { posts, deleted } = await forum.poll();
    assert.deepEqual(
      posts.map(({ externalId }) => externalId),
      idsOf(3),
    );
    assert.deepEqual(deleted, idsOf(2));
  });

  test('a forum that counts anew is a gap, and heard from there', async () => {
    place.add(...range(1000, 1010));
    await forum.poll();
    place.posts.clear();
    place.add(1, 2);
    const { gap, posts } = await forum.poll();
    assert.match(gap?.reason ?? '', /numbers its posts anew/u);
    assert.equal(posts.length, 2);
  });

  test('an empty forum is heard from its first post', async () => {
    assert.deepEqual(await forum.ids(), []);
    place.add(1);
    assert.deepEqual(await forum.ids(), idsOf(1));
  });

  test('a malformed post costs no other', async () => {
    place.add(1, 2, 3);
    place.change(2, { created_at: null });
    place.posts.set(-1, { id: -1 });
    const { posts, malformed } = await forum.poll();
    assert.deepEqual(posts.map(({ externalId }) => externalId).sort(), idsOf(1, 3));
    assert.equal(malformed, 2);
    place.add(4);
    assert.deepEqual(await forum.ids(), idsOf(4));
  });

  test('the limit is told by Retry-After, or by the body alone', async () => {
    const extras = { wait_seconds: 17, time_left: '17 seconds' };
    const body = { errors: ['too often'], error_type: 'rate_limit', extras };
    place.next.push(jsonReply(body, { status: 429 }));
    assert.equal((await forum.fail()).retryAfterSeconds, 17);
    place.next.push(jsonReply(body, { status: 429, headers: { 'retry-after': '21' } }));
    assert.equal((await forum.fail()).retryAfterSeconds, 21);
  });

  test('a login page, and a place that is no forum, are failures in words', async () => {
    place.next.push(WEB_PAGE);
    assert.match((await forum.fail()).message, /web page instead of data/u);
    place.next.push(jsonReply({ posts: [] }));
    assert.equal((await forum.fail()).kind, 'malformed');
    place.next.push(jsonReply({ errors: ['login'] }, { status: 403 }));
    assert.equal((await forum.fail()).kind, 'rejected');
  });

  test('a failure in the middle of a backlog loses nothing', async () => {
    place.add(1);
    await forum.poll();
    place.add(...range(2, 120));
    const answers = [
      jsonReply({ latest_posts: [{ ...place.posts.get(120) }] }),
      { status: 502, headers: {} },
    ];
    place.next.push(...answers);
    await forum.fail();
    assert.deepEqual(await forum.ids(), idsOf(...range(2, 120)));
  });

  test('deleted, hidden and closed posts are gone; behind a wall they are unknown', async () => {
    place.add(1, 2, 3, 4, 5, 6);
    const { posts } = await forum.poll();
    place.change(2, { user_deleted: true });
    place.change(3, { deleted_at: '2026-03-02T13:00:00Z' });
    place.posts.delete(4);
    place.json('/posts/5.json', () => jsonReply({ errors: ['no'] }, { status: 403 }));
    place.json('/posts/6.json', () => ({ ...WEB_PAGE, status: 403 }));
    const refs = posts.sort((a, b) => (a.externalId < b.externalId ? -1 : 1)).map(refOf);
    assert.deepEqual(await existence(discourse, place, '', refs), [
      'there',
      'gone',
      'gone',
      'gone',
      'gone',
      'unknown',
    ]);
  });

  test('answers are later posts to this one, or to nobody', async () => {
    place.add(...range(1, 45));
    place.change(30, { reply_to_post_number: 12 });
    const post = { externalId: `${place.web.url}/p/10`, url: `${place.web.url}/t/update/77/10` };
    const found = await discourse.replies?.({ ...place.call(), address: '', post });
    const texts = repliesOf(found);
    assert.equal(texts.length, 34);
    assert.equal(texts[0], 'Sample 11: Acme update fails');
    assert.ok(!texts.includes('Sample 30: Acme update fails'));
  });

  test('a pasted link is read', async () => {
    place.add(1, 2);
    const url = `${place.web.url}/t/update/77/2`;
    const post = await discourse.lookUp?.({ ...place.call(), url });
    assert.equal(post?.externalId, `${place.web.url}/p/2`);
    assert.equal(
      await discourse.lookUp?.({ ...place.call(), url: `${place.web.url}/about` }),
      null,
    );
  });
});

sourceContract('Discourse', (web) => {
  const stand = discourseOn(placeOn(web));
  return {
    source: discourse,
    address: `${web.url}/latest`,
    pageSize: 50,
    hasValidators: true,
    throttle: {
      reply: jsonReply({ extras: { wait_seconds: 17 } }, { status: 429 }),
      seconds: 17,
    },
    show(samples, broken) {
      stand.posts.clear();
      for (const { number, text, at } of samples) {
        stand.add(number);
        stand.change(number, {
          cooked: `<p>${text}</p>`,
          created_at: at.toISOString(),
          version: text.startsWith('Edited') ? 2 : 1,
        });
      }
      if (broken) stand.posts.set(0, { id: 0 });
    },
  };
});
