import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mention } from '../../../src/core/mention.ts';
import type { MentionFilter } from '../../../src/core/ports.ts';
import { minutesAfter, sampleMention, sampleSource } from '../../helpers/samples.ts';
import { furnished, store, type Open } from './open.ts';

export function listContract(open: Open): void {
  test('mentions are listed newest first or oldest first, page by page, in their workspace', async (t) => {
    const stores = await furnished(open, t);
    await stores.sources.add(sampleSource({ id: 's2', workspaceId: 'T2' }));
    const at = (id: string, minutes: number) =>
      sampleMention({ id, foundAt: minutesAfter(minutes) });
    await store(stores, at('m3', 1), at('m1', 2), at('m2', 2), at('m4', 0));
    await store(stores, sampleMention({ id: 'm9', workspaceId: 'T2', sourceId: 's2' }));
    const list = async (page?: Parameters<typeof stores.mentions.list>[2]) =>
      (await stores.mentions.list('T1', {}, page)).map(({ id }) => id);
    assert.deepEqual(await list(), ['m2', 'm1', 'm3', 'm4']);
    assert.deepEqual(await list({ order: 'oldest' }), ['m4', 'm3', 'm1', 'm2']);
    assert.deepEqual(await list({ limit: 2 }), ['m2', 'm1']);
    assert.deepEqual(await list({ limit: 2, offset: 1 }), ['m1', 'm3']);
    assert.deepEqual(await list({ offset: 3 }), ['m4']);
    assert.deepEqual(await list({ offset: 4 }), []);
  });

  test('a list and a count hold what passes all that the filter names', async (t) => {
    const stores = await furnished(open, t);
    const mentions: Mention[] = [
      sampleMention({ status: 'open', channelId: 'C1', foundAt: minutesAfter(0) }),
      sampleMention({
        status: 'claimed',
        channelId: 'C1',
        claimedBy: 'U1',
        foundAt: minutesAfter(1),
      }),
      sampleMention({
        status: 'claimed',
        channelId: 'C2',
        claimedBy: 'U2',
        snoozedUntil: minutesAfter(30),
        foundAt: minutesAfter(2),
      }),
      sampleMention({
        status: 'answered',
        claimedBy: 'U1',
        keywordId: 'k2',
        foundAt: minutesAfter(3),
      }),
    ];
    await store(stores, ...mentions);
    const passing: [MentionFilter, number[]][] = [
      [{}, [0, 1, 2, 3]],
      [{ statuses: ['claimed'] }, [1, 2]],
      [{ statuses: ['open', 'answered'] }, [0, 3]],
      [{ statuses: [] }, []],
      [{ channelId: 'C1' }, [0, 1]],
      [{ claimedBy: 'U1' }, [1, 3]],
      [{ claimedBy: 'U1', statuses: ['claimed'] }, [1]],
      [{ keywordId: 'k2' }, [3]],
      [{ keywordId: 'k1', channelId: 'C2' }, [2]],
      [{ statuses: ['claimed'], awakeAt: minutesAfter(29) }, [1]],
      [{ statuses: ['claimed'], awakeAt: minutesAfter(30) }, [1, 2]],
      [{ from: minutesAfter(1) }, [1, 2, 3]],
      [{ to: minutesAfter(1) }, [0]],
      [{ from: minutesAfter(1), to: minutesAfter(3) }, [1, 2]],
    ];
    for (const [filter, places] of passing) {
      const listed = await stores.mentions.list('T1', filter, { order: 'oldest' });
      assert.deepEqual(
        listed,
        places.map((place) => mentions[place]),
        JSON.stringify(filter),
      );
      assert.equal(await stores.mentions.count('T1', filter), places.length);
      assert.equal(await stores.mentions.count('T2', filter), 0);
    }
  });
}
