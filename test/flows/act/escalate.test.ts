import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Severity } from '../../../src/core/verdict.ts';
import { act } from '../../../src/flows/act/act.ts';
import { escalateDue } from '../../../src/flows/act/escalate.ts';
import { drain } from '../../../src/flows/tell/outbox.ts';
import { samplePolicy, unclaimed } from '../../helpers/escalation-samples.ts';
import { world, type World } from '../../helpers/flows.ts';
import { sampleMention } from '../../helpers/samples.ts';

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

test('a marked post is brought up faster without any policy', async (t) => {
  const it = await world(t, { escalateTo: ['S1'] });
  const marked = async (severity: Severity) => {
    const verdict = { ...sampleMention().verdict, severity };
    const [mention] = await it.found({ verdict });
    await drain(it, it.workspaceId);
    return mention!.id;
  };
  const danger = await marked('safety');
  const money = await marked('money');
  assert.equal(await escalateDue(it, it.workspaceId), 1);
  assert.deepEqual(await escalations(it, danger), [[1, ['S1']]]);
  it.later(7);
  assert.equal(await escalateDue(it, it.workspaceId), 1);
  assert.deepEqual(await escalations(it, money), [[1, []]]);
  it.later(8);
  assert.equal(await escalateDue(it, it.workspaceId), 2);
  await it.stores.workspaces.changeSettings(it.workspaceId, { markedFaster: false });
  const slow = await marked('safety');
  it.later(14);
  assert.equal(await escalateDue(it, it.workspaceId), 0);
  assert.deepEqual(await escalations(it, slow), []);
});

test('a policy that a team made for a severity goes before the faster steps', async (t) => {
  const it = await world(t, { escalateTo: ['S1'] });
  await it.stores.policies.save(
    samplePolicy({ severities: ['safety'], steps: [unclaimed(5, { kind: 'person', id: 'UKIM' })] }),
  );
  const verdict = { ...sampleMention().verdict, severity: 'safety' as const };
  const [mention] = await it.found({ verdict });
  await drain(it, it.workspaceId);
  assert.equal(await escalateDue(it, it.workspaceId), 0);
  it.later(5);
  assert.equal(await escalateDue(it, it.workspaceId), 1);
  assert.deepEqual(await escalations(it, mention!.id), [[1, ['UKIM']]]);
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
  it.publish = async () => undefined;
  await it.found(
    ...Array.from({ length: 520 }, () => ({ status: 'open', openedAt: it.clock() }) as const),
  );
  assert.equal(await escalateDue(it, it.workspaceId), 0);
  it.later(20);
  assert.equal(await escalateDue(it, it.workspaceId), 520);
  assert.equal(await escalateDue(it, it.workspaceId), 0);
});

test('a claim that brings no answer is reminded, then taken back, and the clock starts again', async (t) => {
  const it = await world(t);
  const mentionId = await openCard(it);
  await act(it, { workspaceId: 'T1', mentionId, command: { type: 'claim', actor: 'USAM' } });
  it.later(119);
  assert.equal(await escalateDue(it, 'T1'), 0);
  it.later(1);
  assert.equal(await escalateDue(it, 'T1'), 1);
  assert.deepEqual(await escalations(it, mentionId), [[1, ['USAM']]]);
  it.later(22 * 60);
  assert.equal(await escalateDue(it, 'T1'), 1);
  const mention = await it.stores.mentions.find('T1', mentionId);
  assert.deepEqual([mention?.status, mention?.escalationLevel], ['open', 0]);
  it.later(15);
  assert.equal(await escalateDue(it, 'T1'), 1);
});

test('who claims while steps are being taken is not asked whether somebody claims', async (t) => {
  const it = await world(t, { escalateTo: ['S1'] });
  const [first, second] = await it.found({}, {});
  await drain(it, 'T1');
  it.later(30);
  const { events } = it.stores.mentions;
  let isClaimed = false;
  it.stores.mentions.events = async (workspaceId, id) => {
    // Somebody is faster, just when the step of the second one is about to be written.
    if (id === second?.id && !isClaimed) {
      isClaimed = true;
      await act(it, {
        ...{ workspaceId, mentionId: id },
        command: { type: 'claim', actor: 'USAM' },
      });
    }
    return events(workspaceId, id);
  };
  assert.equal(await escalateDue(it, 'T1'), 1);
  assert.deepEqual(await escalations(it, first!.id), [[2, ['S1']]]);
  assert.deepEqual(await escalations(it, second!.id), []);
});

test('a channel that refuses is for the operator, and the line in the thread still comes', async (t) => {
  const it = await world(t);
  const steps = [unclaimed(15, { kind: 'channel', id: 'C2OPS' }, { kind: 'person', id: 'UKIM' })];
  await it.stores.policies.save(samplePolicy({ servesRest: true, steps }));
  const id = await openCard(it);
  it.channel.pointTo = async () => ({ ok: false, outcome: 'refused', cause: 'not_in_channel' });
  it.later(15);
  assert.equal(await escalateDue(it, 'T1'), 1);
  assert.equal(it.channel.cardsOf(id)[0]?.lines.length, 2);
  assert.match(JSON.stringify(it.log.lines), /a channel of a policy refuses/u);
});

test('the clock reads only what is due, and all anew when the rules change', async (t) => {
  const it = await world(t);
  it.publish = async () => undefined;
  const opened = { status: 'open', openedAt: it.clock() } as const;
  await it.found(...Array.from({ length: 40 }, () => opened));
  const read: number[] = [];
  const { toEscalate } = it.stores.mentions;
  it.stores.mentions.toEscalate = async (...asked) => {
    const page = await toEscalate(...asked);
    read.push(page.length);
    return page;
  };
  const look = async () => {
    read.length = 0;
    const taken = await escalateDue(it, 'T1');
    return [read.reduce((sum, count) => sum + count, 0), taken];
  };
  assert.deepEqual(await look(), [40, 0]);
  it.later(1);
  assert.deepEqual(await look(), [0, 0]);
  const [late] = await it.found({ ...opened, openedAt: it.clock() });
  assert.deepEqual(await look(), [1, 0]);
  it.later(14);
  assert.deepEqual(await look(), [40, 40]);
  await it.stores.policies.save(samplePolicy({ servesRest: true, steps: [unclaimed(5)] }));
  assert.deepEqual(await look(), [41, 1], 'the late one is due under the new policy');
  assert.deepEqual(await escalations(it, late!.id), [[1, []]]);
  await it.stores.workspaces.changeSettings('T1', { nudgeMinutes: 1 });
  assert.deepEqual(await look(), [41, 0]);
  assert.deepEqual(await look(), [0, 0]);
});

test('nobody is pinged more than three times in ten minutes, but where somebody is in danger', async (t) => {
  const it = await world(t, { escalateTo: ['UKIM'] });
  it.publish = async () => undefined;
  const opened = { status: 'open', openedAt: it.clock() } as const;
  await it.found(...Array.from({ length: 8 }, () => opened));
  const { verdict } = sampleMention();
  const [danger] = await it.found({ ...opened, verdict: { ...verdict, severity: 'safety' } });
  const pings = async () => {
    const log = await it.stores.mentions.log('T1', { types: ['escalated'] }, 100);
    return log.flatMap((event) =>
      event.type === 'escalated' && event.to.length > 0 && !event.quietly ? [event.mentionId] : [],
    );
  };
  it.later(30);
  assert.equal(await escalateDue(it, 'T1'), 9);
  const first = await pings();
  assert.ok(first.includes(danger!.id));
  assert.ok(first.length <= 4, `${first.length} pings`);
  await it.found(opened);
  assert.equal(await escalateDue(it, 'T1'), 1);
  assert.equal((await pings()).length, first.length, 'known from the log, too');
  it.later(11);
  await it.found(opened);
  assert.equal(await escalateDue(it, 'T1'), 1);
  assert.equal((await pings()).length, first.length + 1);
});
