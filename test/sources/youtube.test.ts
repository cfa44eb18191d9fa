import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { youTube } from '../../src/sources/youtube.ts';
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
import { troubleAfter } from '../stand-ins/trouble.ts';
import {
  CHANNEL,
  KEY,
  refusal,
  startYouTube,
  youTubeOn,
  type YouTubePlace,
} from '../stand-ins/youtube.ts';
import { sourceContract } from './contract.ts';

const ADDRESS = `https://www.youtube.com/channel/${CHANNEL}`;

function later(minutes: number): Date {
  return new Date(START.getTime() + minutes * 60_000);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
}

describe('YouTube', () => {
  let place: YouTubePlace;
  let channel: Poller;

  beforeEach(async () => {
    place = await startYouTube();
    channel = poller(youTube, place, ADDRESS);
  });

  afterEach(() => place.close());

  test('channels and videos are recognised in all their forms', () => {
    const video = 'https://www.youtube.com/watch?v=vid00000001';
    for (const [input, address] of [
      [ADDRESS, ADDRESS],
      [`youtube.com/channel/${CHANNEL}/videos`, ADDRESS],
      [`youtube:${CHANNEL}`, ADDRESS],
      ['https://m.youtube.com/@Acme-Sample', 'https://www.youtube.com/@acme-sample'],
      ['https://www.youtube.com/@acme-sample/videos', 'https://www.youtube.com/@acme-sample'],
      ['youtube:@acme-sample', 'https://www.youtube.com/@acme-sample'],
      ['https://www.youtube.com/user/AcmeSample', 'https://www.youtube.com/user/acmesample'],
      ['https://www.youtube.com/watch?v=vid00000001&t=12s', video],
      ['https://youtu.be/vid00000001?si=x', video],
      ['https://www.youtube.com/shorts/vid00000001', video],
    ] as const) {
      assert.equal(youTube.recognise(input)?.address, address, input);
      assert.equal(youTube.recognise(address)?.address, address, address);
    }
    for (const input of [
      '@acme-sample',
      'https://www.youtube.com/',
      'https://www.youtube.com/feeds/videos.xml?channel_id=UCsample',
      'https://youtube.com.example/@acme-sample',
    ]) {
      assert.equal(youTube.recognise(input), null, input);
    }
  });

  test('a handle is looked up once, and the source moves to its channel', async () => {
    place.add('Ug1', START);
    for (const path of ['@acme-sample', 'user/acmesample']) {
      const named = poller(youTube, place, `https://www.youtube.com/${path}`);
      const { movedTo, title, posts } = await named.poll();
      assert.equal(movedTo, ADDRESS);
      assert.equal(title, 'YouTube, comments on Acme Sample');
      assert.equal(posts.length, 1);
    }
    const nobody = poller(youTube, place, 'https://www.youtube.com/@nobody-sample');
    assert.match((await nobody.fail()).message, /no channel of that name/u);
  });

  test('a comment becomes a post under its own address', async () => {
    place.add('Ug1', START, { updatedAt: '2026-03-02T12:05:00Z' });
    const { posts } = await channel.poll();
    assert.deepEqual(posts, [
      {
        externalId: 'Ug1',
        url: 'https://www.youtube.com/watch?v=vid00000001&lc=Ug1',
        author: '@sample-user',
        title: null,
        text: 'Sample Ug1: Acme crashes',
        publishedAt: START,
        editedAt: later(5),
        language: null,
      },
    ]);
  });

  test('answers that come with a thread are heard; without a video the channel is shown', async () => {
    place.add('Ug1', START, { videoId: undefined });
    place.answer('Ug1', 'a1', later(1));
    const { posts } = await channel.poll();
    assert.deepEqual(
      posts.map(({ externalId, url }) => [externalId, url]),
      [
        ['Ug1', ADDRESS],
        ['Ug1.a1', 'https://www.youtube.com/watch?v=vid00000001&lc=Ug1.a1'],
      ],
    );
  });

  test('a video has its own comments only', async () => {
    place.add('Ug1', START);
    place.add('Ug2', START, { videoId: 'vid00000002' });
    const video = poller(youTube, place, 'https://www.youtube.com/watch?v=vid00000002');
    assert.deepEqual(await video.ids(), ['Ug2']);
  });

  test('a backlog longer than one poll is gone through by the next ones', async () => {
    place.add('Ug0', START);
    await channel.poll();
    for (const n of range(1, 2300)) place.add(`Ug${n}`, later(60 + n));
    const first = await channel.ids();
    place.add('UgNew', later(9000));
    const second = await channel.ids();
    const third = await channel.ids();
    assert.equal(first.length, 2000);
    assert.equal(new Set([...first, ...second, ...third]).size, 2301);
    assert.equal(first.length + second.length + third.length, 2301);
  });

  test('a backlog whose place was forgotten is a gap, told', async () => {
    place.add('Ug0', START);
    await channel.poll();
    for (const n of range(1, 300)) place.add(`Ug${n}`, later(60 + n));
    troubleAfter(place, 1, { status: 503 });
    assert.equal((await channel.ids()).length, 100);
    place.honoured = 'none';
    const { gap, posts } = await channel.poll();
    assert.deepEqual([gap?.from, gap?.to, posts.length], [START, later(360), 0]);
    place.honoured = null;
    assert.equal((await channel.poll()).gap, null);
  });

  test('a used-up quota waits until midnight at the Pacific', async () => {
    place.next.push(refusal(403, 'quotaExceeded'));
    const failure = await channel.fail();
    assert.equal(failure.kind, 'rate-limited');
    // 04:00 there.
    assert.equal(failure.retryAfterSeconds, 20 * 3600);
    assert.match(failure.message, /quota/u);
    place.next.push(refusal(403, 'rateLimitExceeded'));
    assert.equal((await channel.fail()).kind, 'rate-limited');
  });

  test('switched-off comments, a wrong key and a web page are failures in words', async () => {
    for (const [reply, words] of [
      [refusal(403, 'commentsDisabled'), /comments switched off/u],
      [refusal(403, 'accessNotConfigured'), /not switched on/u],
      [refusal(404, 'channelNotFound'), /no such channel/u],
      [WEB_PAGE, /web page/u],
    ] as const) {
      place.next.push(reply);
      assert.match((await channel.fail()).message, words);
    }
    place.settings['YOUTUBE_API_KEY'] = 'wrong-key';
    const failure = await channel.fail();
    assert.match(failure.message, /YOUTUBE_API_KEY/u);
    assert.doesNotMatch(JSON.stringify(failure), /wrong-key/u);
  });

  test('the key is in no address', async () => {
    await channel.poll();
    assert.ok(place.web.requests.every(({ path }) => !path.includes(KEY)));
  });

  test('comments that are not in the answer are gone, by the fifty; an outage says nothing', async () => {
    const refs = range(1, 60).map((n) => ({
      externalId: place.add(`Ug${n}`, START).id,
      url: null,
    }));
    place.threads.delete('Ug55');
    const found = await existence(youTube, place, ADDRESS, refs);
    assert.deepEqual(
      found.flatMap((one, index) => (one === 'there' ? [] : [`${one} ${index + 1}`])),
      ['gone 55'],
    );
    place.threads.clear();
    assert.deepEqual(await existence(youTube, place, ADDRESS, refs.slice(0, 1)), ['gone']);
    const page = { kind: 'youtube#commentListResponse', items: [], nextPageToken: 'page-20' };
    place.next.push(jsonReply(page));
    assert.deepEqual(await existence(youTube, place, ADDRESS, refs.slice(0, 1)), ['unknown']);
    place.web.instead(refusal(403, 'quotaExceeded'));
    const during = await existence(youTube, place, ADDRESS, refs);
    assert.deepEqual(new Set(during), new Set(['unknown']));
  });

  test('answers come oldest first; under an answer, those after it', async () => {
    place.add('Ug1', START);
    place.answer('Ug1', 'a1', later(1), { textDisplay: 'Sample 1' });
    place.answer('Ug1', 'a2', later(2), { textDisplay: 'Sample 2' });
    const call = { ...place.call(), address: ADDRESS };
    const url = 'https://www.youtube.com/watch?v=vid00000001&lc=Ug1';
    const all = await youTube.replies?.({ ...call, post: { externalId: 'Ug1', url } });
    assert.deepEqual(repliesOf(all), ['Sample 1', 'Sample 2']);
    const after = await youTube.replies?.({ ...call, post: { externalId: 'Ug1.a1', url } });
    assert.deepEqual(repliesOf(after), ['Sample 2']);
  });

  test('a pasted link to a comment is read', async () => {
    place.add('Ug1', START);
    const url = 'https://www.youtube.com/watch?v=vid00000001&lc=Ug1';
    assert.equal((await youTube.lookUp?.({ ...place.call(), url }))?.externalId, 'Ug1');
    assert.equal(await youTube.lookUp?.({ ...place.call(), url: ADDRESS }), null);
  });
});

sourceContract('YouTube', (web) => {
  const stand = youTubeOn(placeOn(web));
  return {
    source: youTube,
    address: ADDRESS,
    settings: stand.settings,
    pageSize: 100,
    hasValidators: false,
    // From 02:00 at the Pacific to its midnight.
    throttle: { reply: refusal(403, 'quotaExceeded'), seconds: 22 * 3600 },
    show(samples, broken) {
      stand.threads.clear();
      for (const { number, text, at } of samples)
        stand.add(`Ug${number}`, at, { textDisplay: text });
      if (broken) stand.add('UgBroken', START, { publishedAt: 'soon', textDisplay: null });
    },
  };
});
