import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleDigest } from '../../helpers/digest-samples.ts';
import { minutesAfter, sampleMention } from '../../helpers/samples.ts';
import { furnished, store, type Open } from './open.ts';

export function digestContract(open: Open): void {
  test('there is one digest for each time, and the last is the one that was due last', async (t) => {
    const { digests } = await furnished(open, t);
    assert.equal(await digests.last('T1'), null);
    const later = sampleDigest([], { dueAt: minutesAfter(60) });
    assert.equal(await digests.add(later), true);
    assert.equal(await digests.add(sampleDigest(['m2', 'm1'])), true);
    assert.equal(await digests.add(sampleDigest(['m3'])), false);
    assert.deepEqual(await digests.last('T1'), later);
    assert.equal(await digests.last('T2'), null);
    await assert.rejects(digests.add(sampleDigest([], { workspaceId: 'T3' })));
  });

  test('a digest is stale until Slack shows each of its mentions as it is', async (t) => {
    const stores = await furnished(open, t);
    const { digests, mentions } = stores;
    const [one, other] = [sampleMention({ status: 'quiet' }), sampleMention({ status: 'quiet' })];
    await store(stores, one, other);
    const digest = sampleDigest([other.id, one.id]);
    await digests.add(digest);
    await digests.add(sampleDigest([], { dueAt: minutesAfter(60) }));
    assert.deepEqual(await digests.stale('T1'), [digest]);
    assert.deepEqual(await digests.stale('T2'), []);
    const shown = { ...digest, ts: '1.1', lines: digest.lines.map((x) => ({ ...x, version: 1 })) };
    await digests.record(shown);
    assert.deepEqual(await digests.stale('T1'), []);
    await mentions.apply({ ...one, version: 2, status: 'withdrawn' }, []);
    assert.deepEqual(await digests.stale('T1'), [shown]);
  });
}
