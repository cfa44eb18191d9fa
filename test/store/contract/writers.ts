import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutesAfter } from '../../helpers/samples.ts';
import { furnished, type Open } from './open.ts';

export function writerContract(open: Open): void {
  test('a mention has one writer, whom nobody else takes away', async (t) => {
    const { writers } = await furnished(open, t);
    const of = (mentionId: string, writer: string, minutes = 15) => ({
      ...{ workspaceId: 'T1', mentionId, writer, until: minutesAfter(minutes) },
    });
    await writers.save(of('m2', 'U1'));
    await writers.save(of('m1', 'U1'));
    await writers.save(of('m1', 'U2', 20));
    assert.deepEqual(await writers.list('T1'), [of('m1', 'U2', 20), of('m2', 'U1')]);
    assert.deepEqual(await writers.list('T2'), []);
    assert.equal(await writers.remove('T1', 'm1', 'U1'), false);
    assert.equal(await writers.remove('T1', 'm1', 'U2'), true);
    assert.deepEqual(await writers.list('T1'), [of('m2', 'U1')]);
    await assert.rejects(writers.save({ ...of('m3', 'U1'), workspaceId: 'T3' }));
  });
}
