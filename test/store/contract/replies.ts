import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SavedReply } from '../../../src/core/ports.ts';
import { minutesAfter, NOON } from '../../helpers/samples.ts';
import { furnished, type Open } from './open.ts';

function sampleReply(over: Partial<SavedReply> = {}): SavedReply {
  const text = 'Sorry, {name}.\nWe look into {topic}.';
  return { workspaceId: 'T1', name: 'Outage', text, createdBy: 'U1', createdAt: NOON, ...over };
}

export function replyContract(open: Open): void {
  test('a saved reply is found as it was saved, and another of its name replaces it', async (t) => {
    const { replies } = await furnished(open, t);
    const later = sampleReply({ name: 'Bill', createdAt: minutesAfter(1) });
    await replies.save(later);
    await replies.save(sampleReply());
    const changed = sampleReply({ text: 'Hello' });
    await replies.save(changed);
    assert.deepEqual(await replies.list('T1'), [changed, later]);
    assert.deepEqual(await replies.list('T2'), []);
    await assert.rejects(replies.save(sampleReply({ workspaceId: 'T3' })));
  });

  test('a saved reply is removed once', async (t) => {
    const { replies } = await furnished(open, t);
    await replies.save(sampleReply());
    assert.equal(await replies.remove('T2', 'Outage'), false);
    assert.equal(await replies.remove('T1', 'Outage'), true);
    assert.equal(await replies.remove('T1', 'Outage'), false);
  });
}
