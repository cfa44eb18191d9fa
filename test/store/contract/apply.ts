import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide } from '../../../src/core/lifecycle.ts';
import { erased, type Mention } from '../../../src/core/mention.ts';
import {
  minutesAfter,
  NOON,
  sampleEvent,
  sampleId,
  sampleMention,
  samplePoll,
  sampleSource,
} from '../../helpers/samples.ts';
import { furnished, store, type Open } from './open.ts';

/** The next version, claimed. */
function claimed(mention: Mention, by = 'U1'): Mention {
  return {
    ...mention,
    version: mention.version + 1,
    status: 'claimed',
    openedAt: NOON,
    claimedBy: by,
    claimedAt: NOON,
  };
}

export function applyContract(open: Open): void {
  test('a mention is found in its own workspace alone', async (t) => {
    const stores = await furnished(open, t);
    const mention = sampleMention();
    await store(stores, mention);
    assert.equal(await stores.mentions.find('T2', mention.id), null);
    assert.equal(await stores.mentions.find('T1', 'no such id'), null);
  });

  test('a change is written together with its events', async (t) => {
    const stores = await furnished(open, t);
    const mention = sampleMention();
    await store(stores, mention);
    const decision = decide(mention, { type: 'post', actor: 'system', channelId: 'C1' }, NOON);
    assert.ok(decision.ok);
    const { next } = decision;
    const event = sampleEvent(next, { body: { type: 'posted' } });
    assert.equal(await stores.mentions.apply(next, [event]), true);
    assert.deepEqual(await stores.mentions.find('T1', mention.id), next);
    assert.deepEqual(await stores.mentions.events('T1', mention.id), [event]);
    assert.deepEqual(await stores.mentions.events('T2', mention.id), []);
  });

  test('a change of an older version, or of another workspace, writes nothing', async (t) => {
    const stores = await furnished(open, t);
    const mention = sampleMention();
    await store(stores, mention);
    const next = claimed(mention);
    await stores.mentions.apply(next, [sampleEvent(next)]);
    const late = claimed(mention, 'U2');
    assert.equal(await stores.mentions.apply(late, [sampleEvent(late)]), false);
    const early = { ...claimed(mention, 'U2'), version: 9 };
    assert.equal(await stores.mentions.apply(early, [sampleEvent(early)]), false);
    const foreign = { ...claimed(next, 'U2'), workspaceId: 'T2' };
    assert.equal(await stores.mentions.apply(foreign, [sampleEvent(foreign)]), false);
    assert.deepEqual(await stores.mentions.find('T1', mention.id), next);
    assert.equal((await stores.mentions.events('T1', mention.id)).length, 1);
  });

  test('of twenty simultaneous claims exactly one is written', async (t) => {
    const stores = await furnished(open, t);
    const mention = sampleMention();
    await store(stores, mention);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => {
        const next = claimed(mention, `U${i}`);
        return stores.mentions.apply(next, [sampleEvent(next, { actor: `U${i}` })]);
      }),
    );
    assert.equal(answers.filter(Boolean).length, 1);
    const winner = `U${answers.indexOf(true)}`;
    assert.equal((await stores.mentions.find('T1', mention.id))?.claimedBy, winner);
    const events = await stores.mentions.events('T1', mention.id);
    assert.deepEqual(
      events.map(({ actor }) => actor),
      [winner],
    );
  });

  test('when an event cannot be written, the change is not', async (t) => {
    const stores = await furnished(open, t);
    const mention = sampleMention();
    await store(stores, mention);
    const first = claimed(mention);
    const event = sampleEvent(first);
    await stores.mentions.apply(first, [event]);
    const second = claimed(first, 'U2');
    const taken = sampleEvent(second, { id: event.id });
    await assert.rejects(stores.mentions.apply(second, [sampleEvent(second), taken]));
    assert.deepEqual(await stores.mentions.find('T1', mention.id), first);
    assert.deepEqual(await stores.mentions.events('T1', mention.id), [event]);
  });

  test('a change leaves the card alone, and its channel once there is one', async (t) => {
    const stores = await furnished(open, t);
    const mention = sampleMention();
    await store(stores, mention);
    const next = { ...claimed(mention), channelId: 'C1' };
    await stores.mentions.apply(next, []);
    assert.equal((await stores.mentions.find('T1', mention.id))?.channelId, 'C1');
    const card = { channelId: 'C2', ts: '1.1', version: 2 };
    await stores.mentions.recordCard('T1', mention.id, card);
    await stores.mentions.apply({ ...next, version: 3 }, []);
    const after = (await stores.mentions.find('T1', mention.id))!;
    assert.deepEqual([after.channelId, after.cardTs, after.cardVersion], ['C2', '1.1', 2]);
  });

  test('the posts of a source are found by their external ids, as many as are asked', async (t) => {
    const stores = await furnished(open, t);
    await stores.sources.add(sampleSource({ id: 's2' }));
    const mentions = [sampleMention({ externalId: 'a' }), sampleMention({ externalId: 'b' })];
    const other = sampleMention({ externalId: 'c', sourceId: 's2' });
    await store(stores, ...mentions, other);
    const many = Array.from({ length: 1500 }, () => sampleId('unknown'));
    const found = await stores.mentions.findByPosts('T1', 's1', ['b', ...many, 'a', 'c']);
    assert.deepEqual([...found.keys()].sort(), ['a', 'b']);
    assert.deepEqual(found.get('a'), mentions[0]);
    assert.equal((await stores.mentions.findByPosts('T2', 's1', ['a'])).size, 0);
    assert.equal((await stores.mentions.findByPosts('T1', 's1', [])).size, 0);
  });

  test('the mentions of an account are found by the beginning of their external ids', async (t) => {
    const stores = await furnished(open, t);
    const ids = ['at://did:x/1', 'at://did:x/2', 'at://did:y/3', 'AT://did:x/4', 'at:%'];
    await store(stores, ...ids.map((externalId) => sampleMention({ externalId })));
    const found = await stores.mentions.findByPrefix('T1', 's1', 'at://did:x/');
    assert.deepEqual(found.map(({ externalId }) => externalId).sort(), ids.slice(0, 2));
    assert.deepEqual(await stores.mentions.findByPrefix('T2', 's1', 'at://did:x/'), []);
  });

  test('an erased mention has no external id, and its post is still known everywhere', async (t) => {
    const stores = await furnished(open, t);
    const second = sampleSource({ id: 's2' });
    await stores.sources.add(second);
    const mention = sampleMention();
    await store(stores, mention);
    const next: Mention = { ...erased(mention), version: 2, status: 'withdrawn' };
    await stores.mentions.apply(next, [sampleEvent(next, { body: { type: 'withdrawn' } })]);
    const stored = { ...next, externalId: '' };
    assert.deepEqual(await stores.mentions.find('T1', mention.id), stored);
    const found = await stores.mentions.findByPosts('T1', 's1', [mention.externalId]);
    assert.deepEqual(found, new Map([[mention.externalId, stored]]));
    const again = { ...mention, id: sampleId('m') };
    const source = (await stores.sources.find('T1', 's1'))!;
    assert.deepEqual(await stores.sources.commitPoll(samplePoll(source, [again])), []);
    const elsewhere = { ...mention, id: sampleId('m'), sourceId: 's2' };
    assert.deepEqual(await stores.sources.commitPoll(samplePoll(second, [elsewhere])), []);
  });

  test('an expired mention whose post is deleted later can still be withdrawn', async (t) => {
    const stores = await furnished(open, t);
    const mention = sampleMention({ status: 'dismissed' });
    await store(stores, mention);
    for (const type of ['expire', 'withdraw'] as const) {
      const found = await stores.mentions.findByPosts('T1', 's1', [mention.externalId]);
      const decision = decide(found.get(mention.externalId)!, { type, actor: 'system' }, NOON);
      assert.ok(decision.ok);
      const { next, events } = decision;
      assert.equal(
        await stores.mentions.apply(next, [sampleEvent(next, { body: events[0]! })]),
        true,
      );
    }
    assert.equal((await stores.mentions.find('T1', mention.id))?.status, 'withdrawn');
  });

  test('times keep their milliseconds', async (t) => {
    const stores = await furnished(open, t);
    const at = new Date(minutesAfter(1).getTime() + 7);
    const mention = sampleMention({ publishedAt: at, foundAt: at });
    await store(stores, mention);
    assert.deepEqual(await stores.mentions.find('T1', mention.id), mention);
  });
}
