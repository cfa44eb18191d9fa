import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '../../../src/core/lifecycle.ts';
import { act } from '../../../src/flows/act/act.ts';
import { drain } from '../../../src/flows/tell/outbox.ts';
import { world, type World } from '../../helpers/flows.ts';

async function openCard(it: World): Promise<string> {
  const [mention] = await it.found({});
  await drain(it, it.workspaceId);
  return mention!.id;
}

function doing(it: World, mentionId: string, command: Command) {
  return act(it, { workspaceId: it.workspaceId, mentionId, command });
}

test('the whole way: claimed, released, claimed, answered, and the thread says it all', async (t) => {
  const it = await world(t);
  const id = await openCard(it);
  await doing(it, id, { type: 'claim', actor: 'USAM' });
  await doing(it, id, { type: 'release', actor: 'USAM' });
  await doing(it, id, { type: 'claim', actor: 'UROBIN' });
  const url = 'https://forum.example/t/1#reply';
  await doing(it, id, { type: 'answer', actor: 'UROBIN', url, note: 'offered a new visit' });
  const [card] = it.channel.cardsOf(id);
  assert.equal(card?.status, 'answered');
  assert.deepEqual(card?.lines, [
    'posted by system',
    'claimed by USAM',
    'released by USAM',
    'claimed by UROBIN',
    'answered by UROBIN',
  ]);
});

test('two people claim one card at the same moment, fifty times: one winner each, the other is told by whom', async (t) => {
  const it = await world(t);
  for (let round = 0; round < 50; round += 1) {
    const id = await openCard(it);
    const [sam, robin] = await Promise.all([
      doing(it, id, { type: 'claim', actor: 'USAM' }),
      doing(it, id, { type: 'claim', actor: 'UROBIN' }),
    ]);
    const winner = sam.ok ? 'USAM' : 'UROBIN';
    const loser = sam.ok ? robin : sam;
    assert.notEqual(sam.ok, robin.ok);
    assert.ok(!loser.ok && loser.refused === 'already-there');
    assert.equal(loser.by, winner);
    const events = await it.stores.mentions.events(it.workspaceId, id);
    assert.equal(events.filter(({ type }) => type === 'claimed').length, 1);
  }
});

test('a mention that is not there is refused, not thrown', async (t) => {
  const it = await world(t);
  const outcome = await doing(it, 'nobody', { type: 'claim', actor: 'USAM' });
  assert.deepEqual(outcome, { ok: false, refused: 'not-found' });
});

test('another workspace cannot touch the mention', async (t) => {
  const it = await world(t);
  const mentionId = await openCard(it);
  const command: Command = { type: 'claim', actor: 'UOTHER' };
  const outcome = await act(it, { workspaceId: 'TOTHER', mentionId, command });
  assert.deepEqual(outcome, { ok: false, refused: 'not-found' });
});
