import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  minutesAfter,
  NOON,
  sampleMention,
  samplePoll,
  sampleSource,
} from '../../helpers/samples.ts';
import { furnished, type Open } from './open.ts';

export function pollContract(open: Open): void {
  test('a good poll stores its mentions, whole and in order, with the cursor and the schedule', async (t) => {
    const { sources, mentions } = await furnished(open, t);
    const before = (await sources.find('T1', 's1'))!;
    const full = sampleMention({
      status: 'answered',
      version: 4,
      title: null,
      language: null,
      publishedAt: null,
      verdict: {
        label: 'neutral',
        negativity: 0.1 + 0.2,
        reasons: ['“quoted”', 'ünïcode 🙃'],
        severity: 'outage',
        question: true,
        judged: false,
      },
      openedAt: minutesAfter(1),
      claimedBy: 'U1',
      claimedAt: minutesAfter(2),
      answeredBy: 'U2',
      answeredAt: minutesAfter(3),
      answerUrl: 'https://forum.example/answer',
      verifiedAt: minutesAfter(4),
      dismissedReason: 'spam',
      snoozedUntil: minutesAfter(5),
      escalationLevel: 2,
      channelId: 'C1',
      cardTs: '1772452800.000100',
      cardVersion: 3,
    });
    const bare = sampleMention({ url: null, author: null, authorHash: null });
    const poll = samplePoll(before, [full, bare], { cursor: '1', at: minutesAfter(2) });
    assert.deepEqual(await sources.commitPoll(poll), [full, bare]);
    assert.deepEqual(await mentions.find('T1', full.id), full);
    assert.deepEqual(await mentions.find('T1', bare.id), bare);
    assert.deepEqual(await sources.find('T1', 's1'), {
      ...before,
      cursor: '1',
      nextPollAt: minutesAfter(5),
      lastSuccessAt: minutesAfter(2),
    });
  });

  test('the first poll has no cursor before it', async (t) => {
    const { sources } = await furnished(open, t);
    const source = sampleSource({ cursor: null });
    await sources.add(source);
    assert.deepEqual(await sources.commitPoll(samplePoll(source, [])), []);
    assert.equal(await sources.commitPoll(samplePoll(source, [])), null);
  });

  test('a good poll ends a failure and keeps the last gap', async (t) => {
    const { sources } = await furnished(open, t);
    const source = sampleSource({ failures: 2, failure: 'is down', failingSince: NOON });
    await sources.add(source);
    const gap = { from: NOON, to: minutesAfter(90), reason: 'the window rolled past us' };
    await sources.commitPoll(samplePoll(source, [], { cursor: '1', gap }));
    await sources.commitPoll(samplePoll({ ...source, cursor: '1' }, [], { cursor: '2' }));
    const after = (await sources.find('T1', source.id))!;
    assert.deepEqual([after.failures, after.failure, after.failingSince], [0, null, null]);
    assert.equal(after.gap, 'the window rolled past us (2026-03-02 12:00 to 2026-03-02 13:30 UTC)');
  });

  test('a poll that somebody was faster than, or whose source is gone, writes nothing', async (t) => {
    const { sources, mentions } = await furnished(open, t);
    const source = (await sources.find('T1', 's1'))!;
    const [first, second] = [sampleMention(), sampleMention()];
    await sources.commitPoll(samplePoll(source, [first], { cursor: '1' }));
    assert.equal(await sources.commitPoll(samplePoll(source, [second], { cursor: '2' })), null);
    assert.equal((await sources.find('T1', 's1'))?.cursor, '1');
    await sources.remove('T1', 's1');
    const late = samplePoll({ ...source, cursor: '1' }, [second]);
    assert.equal(await sources.commitPoll(late), null);
    assert.equal(await mentions.find('T1', second.id), null);
  });

  test('of ten simultaneous polls with one cursor exactly one is written', async (t) => {
    const { sources, mentions } = await furnished(open, t);
    const source = (await sources.find('T1', 's1'))!;
    const results = await Promise.all(
      Array.from({ length: 10 }, () => sources.commitPoll(samplePoll(source, [sampleMention()]))),
    );
    assert.equal(results.filter((result) => result !== null).length, 1);
    assert.equal(await mentions.count('T1', {}), 1);
  });

  test('when one mention cannot be written, neither the others nor the cursor are', async (t) => {
    const { sources, mentions } = await furnished(open, t);
    const source = (await sources.find('T1', 's1'))!;
    const twice = sampleMention();
    const poll = samplePoll(source, [
      sampleMention(),
      twice,
      sampleMention({ id: twice.id, externalId: 'x' }),
    ]);
    await assert.rejects(sources.commitPoll(poll));
    assert.equal(await mentions.count('T1', {}), 0);
    assert.deepEqual(await sources.find('T1', 's1'), source);
  });

  test('a post that the source already brought is skipped, also within one poll', async (t) => {
    const { sources, mentions } = await furnished(open, t);
    const source = (await sources.find('T1', 's1'))!;
    const first = sampleMention({ externalId: 'a' });
    const repeated = sampleMention({ externalId: 'a' });
    const poll = samplePoll(source, [first, repeated], { cursor: '1' });
    assert.deepEqual(await sources.commitPoll(poll), [first]);
    const other = sampleMention({ externalId: 'b' });
    const next = samplePoll({ ...source, cursor: '1' }, [
      sampleMention({ externalId: 'a' }),
      other,
    ]);
    assert.deepEqual(await sources.commitPoll(next), [other]);
    assert.equal(await mentions.count('T1', {}), 2);
  });

  test('one post through two sources is one mention; another workspace has its own', async (t) => {
    const { sources } = await furnished(open, t);
    const second = sampleSource({ id: 's2' });
    const foreign = sampleSource({ id: 's2', workspaceId: 'T2' });
    await sources.add(second);
    await sources.add(foreign);
    const post = { title: 'Down again', text: 'Acme Broadband is down again, all evening.' };
    const one = sampleMention({ ...post, url: 'https://forum.example/t/9?utm_source=feed' });
    const same = { ...post, url: 'http://forum.example/t/9/' };
    const twin = sampleMention({ ...same, sourceId: 's2' });
    const twinElsewhere = sampleMention({ ...same, sourceId: 's2', workspaceId: 'T2' });
    await sources.commitPoll(samplePoll((await sources.find('T1', 's1'))!, [one]));
    assert.deepEqual(await sources.commitPoll(samplePoll(second, [twin])), []);
    const elsewhere = await sources.commitPoll(samplePoll(foreign, [twinElsewhere]));
    assert.deepEqual(elsewhere, [twinElsewhere]);
  });

  test('posts that share an address but not their words are two, and so are those of one source', async (t) => {
    const { sources } = await furnished(open, t);
    const second = sampleSource({ id: 's2' });
    await sources.add(second);
    const url = 'https://forum.example/t/9';
    const post = { url, title: 'Re: down again', text: 'Same here.' };
    const [one, another] = [sampleMention(post), sampleMention(post)];
    const first = samplePoll((await sources.find('T1', 's1'))!, [one, another]);
    assert.deepEqual(await sources.commitPoll(first), [one, another]);
    const different = sampleMention({ ...post, sourceId: 's2', text: 'Works for me.' });
    assert.deepEqual(await sources.commitPoll(samplePoll(second, [different])), [different]);
  });

  test('when two sources bring one post at the same moment, it is one mention', async (t) => {
    const { sources, mentions } = await furnished(open, t);
    const post = { url: 'https://forum.example/t/9', title: 'Down again', text: 'All evening.' };
    const places = Array.from({ length: 8 }, () => sampleSource());
    for (const place of places) await sources.add(place);
    await Promise.all(
      places.map((place) =>
        sources.commitPoll(samplePoll(place, [sampleMention({ ...post, sourceId: place.id })])),
      ),
    );
    assert.equal(await mentions.count('T1', {}), 1);
  });

  test('a source that moved gets its new address, unless that is another source already', async (t) => {
    const { sources } = await furnished(open, t);
    const [moving, there] = [sampleSource({ cursor: '0' }), sampleSource()];
    await sources.add(moving);
    await sources.add(there);
    const blocked = { cursor: '1', movedTo: there.address };
    assert.deepEqual(await sources.commitPoll(samplePoll(moving, [], blocked)), []);
    assert.equal((await sources.find('T1', moving.id))?.address, moving.address);
    const moved = { cursor: '2', movedTo: 'https://new.example/feed' };
    await sources.commitPoll(samplePoll({ ...moving, cursor: '1' }, [], moved));
    assert.equal((await sources.find('T1', moving.id))?.address, 'https://new.example/feed');
  });

  test('a thousand mentions fit into one poll', async (t) => {
    const { sources, mentions } = await furnished(open, t);
    const source = (await sources.find('T1', 's1'))!;
    const many = Array.from({ length: 1000 }, () => sampleMention());
    assert.deepEqual(await sources.commitPoll(samplePoll(source, many)), many);
    assert.equal(await mentions.count('T1', {}), 1000);
  });

  test('a NUL in a hostile post is left out, and stops nothing', async (t) => {
    const { sources, mentions } = await furnished(open, t);
    const source = (await sources.find('T1', 's1'))!;
    const hostile = sampleMention({ text: 'a\0b', title: '\0', author: 'x\0', externalId: 'i\0d' });
    assert.equal((await sources.commitPoll(samplePoll(source, [hostile])))?.length, 1);
    assert.equal((await mentions.find('T1', hostile.id))?.text, 'ab');
    assert.equal((await mentions.findByPosts('T1', 's1', ['i\0d'])).get('i\0d')?.id, hostile.id);
  });
}
