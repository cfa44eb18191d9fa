import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutesAfter } from '../../helpers/samples.ts';
import { furnished, type Open } from './open.ts';

export function praiseContract(open: Open): void {
  test('a message that told of praise ends at its time, or when one of its authors objects', async (t) => {
    const { praises } = await furnished(open, t);
    const add = (ts: string, authorHashes: string[], minutes: number, workspaceId = 'T1') =>
      praises.add({
        ...{ workspaceId, channelId: 'C9', ts, authorHashes, endsAt: minutesAfter(minutes) },
      });
    await add('1.1', ['h1', 'h2', 'h1'], 60);
    await add('1.2', ['h3'], 30);
    await add('1.1', ['h1'], 0, 'T2');
    assert.deepEqual(await praises.ended('T1', minutesAfter(29)), []);
    assert.deepEqual(await praises.ended('T1', minutesAfter(30)), [{ channelId: 'C9', ts: '1.2' }]);
    await praises.end('T1', ['h2', 'h9'], minutesAfter(10));
    const both = [
      { channelId: 'C9', ts: '1.1' },
      { channelId: 'C9', ts: '1.2' },
    ];
    assert.deepEqual(await praises.ended('T1', minutesAfter(30)), both);
    await praises.remove('T1', 'C9', '1.1');
    assert.deepEqual(await praises.ended('T1', minutesAfter(90)), both.slice(1));
    assert.equal((await praises.ended('T2', minutesAfter(1))).length, 1);
  });
}
