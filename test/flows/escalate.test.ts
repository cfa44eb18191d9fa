import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act } from '../../src/flows/act.ts';
import { escalateDue } from '../../src/flows/escalate.ts';
import { drain } from '../../src/flows/outbox.ts';
import { world, type World } from '../helpers/flows.ts';

async function openCard(it: World): Promise<string> {
  const [mention] = await it.found({});
  await drain(it, it.workspaceId);
  return mention!.id;
}

async function escalations(it: World, id: string) {
  const events = await it.stores.mentions.events(it.workspaceId, id);
  return events.flatMap((event) => (event.type === 'escalated' ? [[event.level, event.to]] : []));
}

test('unclaimed for 15 minutes brings a nudge, for 30 the ping, each once', async (t) => {
  const it = await world(t, { escalateTo: ['S1'] });
  const id = await openCard(it);
  it.later(14);
  assert.equal(await escalateDue(it, it.workspaceId), 0);
  it.later(1);
  assert.equal(await escalateDue(it, it.workspaceId), 1);
  assert.equal(await escalateDue(it, it.workspaceId), 0);
  it.later(15);
  assert.equal(await escalateDue(it, it.workspaceId), 1);
  it.later(600);
  assert.equal(await escalateDue(it, it.workspaceId), 0);
  assert.deepEqual(await escalations(it, id), [
    [1, []],
    [2, ['S1']],
  ]);
  assert.equal(it.channel.cardsOf(id)[0]?.lines.length, 3);
});

test('after a long stop what is due happens once, not in a burst', async (t) => {
  const it = await world(t, { escalateTo: ['S1'] });
  const id = await openCard(it);
  it.later(300);
  await escalateDue(it, it.workspaceId);
  await escalateDue(it, it.workspaceId);
  assert.deepEqual(await escalations(it, id), [[2, ['S1']]]);
});

test('a claim stops the clock, a release starts it again', async (t) => {
  const it = await world(t);
  const mentionId = await openCard(it);
  const doing = (type: 'claim' | 'release') =>
    act(it, { workspaceId: it.workspaceId, mentionId, command: { type, actor: 'USAM' } });
  await doing('claim');
  it.later(60);
  assert.equal(await escalateDue(it, it.workspaceId), 0);
  await doing('release');
  it.later(14);
  assert.equal(await escalateDue(it, it.workspaceId), 0);
  it.later(1);
  assert.equal(await escalateDue(it, it.workspaceId), 1);
});

test('a snoozed mention is left alone until its time has come', async (t) => {
  const it = await world(t);
  const mentionId = await openCard(it);
  const until = new Date(it.clock().getTime() + 60 * 60_000);
  await act(it, {
    workspaceId: it.workspaceId,
    mentionId,
    command: { type: 'snooze', actor: 'USAM', until },
  });
  it.later(59);
  assert.equal(await escalateDue(it, it.workspaceId), 0);
  it.later(16);
  assert.equal(await escalateDue(it, it.workspaceId), 1);
});

test('more open mentions than one page are all looked at', async (t) => {
  const it = await world(t);
  await it.found(...Array.from({ length: 450 }, () => ({})));
  await drain(it, it.workspaceId);
  it.later(20);
  assert.equal(await escalateDue(it, it.workspaceId), 450);
});
