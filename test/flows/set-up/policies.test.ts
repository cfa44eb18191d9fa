import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act } from '../../../src/flows/act/act.ts';
import { addSwap, removeRota, removeSwap, saveRota } from '../../../src/flows/set-up/oncall.ts';
import { drain } from '../../../src/flows/tell/outbox.ts';
import { removePolicy, savePolicy, type PolicyEdit } from '../../../src/flows/set-up/policies.ts';
import { countTargets } from '../../../src/flows/set-up/targets.ts';
import { samplePolicy, sampleRota } from '../../helpers/escalation-samples.ts';
import { world, type World } from '../../helpers/flows.ts';
import { minutesAfter, NOON, sampleMention } from '../../helpers/samples.ts';

function edit(over: Partial<PolicyEdit> = {}): PolicyEdit {
  const { id: _, workspaceId: __, createdBy: ___, createdAt: ____, ...rest } = samplePolicy();
  return { ...rest, name: 'Night', ...over };
}

const save = (it: World, over: Partial<PolicyEdit> = {}, id: string | null = null) =>
  savePolicy(it, { workspaceId: 'T1', id, edit: edit(over), actor: 'U1SAM' });

test('a policy is saved under its name, changed in place, and removed once', async (t) => {
  const it = await world(t);
  const made = await save(it, { name: '  Night ' });
  assert.ok(made.ok);
  assert.equal(made.policy.name, 'Night');
  const changed = await save(it, { servesRest: true }, made.policy.id);
  assert.ok(changed.ok);
  assert.deepEqual(
    (await it.stores.policies.list('T1')).map(({ id, servesRest }) => [id, servesRest]),
    [[made.policy.id, true]],
  );
  const request = { workspaceId: 'T1', id: made.policy.id, actor: 'U1SAM' };
  assert.equal((await removePolicy(it, request))?.name, 'Night');
  assert.equal(await removePolicy(it, request), null);
});

test('what a policy cannot be is refused in words, and nothing is stored', async (t) => {
  const it = await world(t);
  await save(it, { name: 'First', severities: ['safety'], keywordIds: ['k1'], servesRest: true });
  const refused: [Partial<PolicyEdit>, RegExp][] = [
    [{ name: ' ' }, /name/u],
    [{ name: 'x'.repeat(61) }, /60 characters/u],
    [{ steps: [] }, /at least one step/u],
    [{ name: 'First' }, /called First already/u],
    [{ severities: ['legal', 'safety'] }, /First serves the severity safety/u],
    [{ keywordIds: ['k2', 'k1'] }, /First serves one of these keywords/u],
    [{ servesRest: true }, /First serves everything else/u],
  ];
  for (const [over, sentence] of refused) {
    const outcome = await save(it, over);
    assert.ok(!outcome.ok);
    assert.match(outcome.message, sentence);
  }
  assert.equal((await it.stores.policies.list('T1')).length, 1);
});

test('a rota keeps its swaps when it is changed, and a swap that makes no sense is refused', async (t) => {
  const it = await world(t);
  const { name, people, turn, handOver, timeZone, startsOn } = sampleRota({ name: 'First line' });
  const rota = { name, people, turn, handOver, timeZone, startsOn };
  const base = { workspaceId: 'T1', actor: 'U1SAM' };
  const made = await saveRota(it, { ...base, id: null, edit: rota });
  assert.ok(made.ok);
  const rotaId = made.rota.id;
  const swap = { takes: 'U2KIM', turnOf: 'U1SAM', from: NOON, to: minutesAfter(60) };
  assert.ok((await addSwap(it, { ...base, rotaId, edit: swap })).ok);
  const wrong = await addSwap(it, { ...base, rotaId, edit: { ...swap, turnOf: 'U9' } });
  assert.match(wrong.ok ? '' : wrong.message, /no turn/u);
  const lost = await addSwap(it, { ...base, rotaId: 'gone', edit: swap });
  assert.match(lost.ok ? '' : lost.message, /not there any more/u);
  const twice = { ...rota, people: ['U1SAM', 'U1SAM', 'U2KIM'] };
  const changed = await saveRota(it, { ...base, id: rotaId, edit: twice });
  assert.ok(changed.ok);
  const stored = await it.stores.rotas.find('T1', rotaId);
  assert.deepEqual([stored?.people, stored?.swaps.length], [['U1SAM', 'U2KIM'], 1]);
  const swapId = stored?.swaps[0]?.id ?? '';
  assert.equal(await removeSwap(it, { ...base, rotaId, swapId }), true);
  assert.equal(await removeSwap(it, { ...base, rotaId, swapId }), false);
  const same = await saveRota(it, { ...base, id: null, edit: rota });
  assert.match(same.ok ? '' : same.message, /called First line already/u);
  const gone = await saveRota(it, { ...base, id: 'gone', edit: rota });
  assert.match(gone.ok ? '' : gone.message, /not there any more/u);
  assert.equal((await removeRota(it, { ...base, id: rotaId }))?.name, 'First line');
  assert.equal(await removeRota(it, { ...base, id: rotaId }), null);
});

test('first answers are counted as in time, late or still to come, and only under a target', async (t) => {
  const it = await world(t);
  const { verdict } = sampleMention();
  await save(it, { severities: ['money'], answerMinutes: 30 });
  const money = { verdict: { ...verdict, severity: 'money' as const } };
  const [fast, slow, open, , dismissed] = await it.found(money, money, money, {}, money);
  await drain(it, 'T1');
  const does = (id: string | undefined, command: Parameters<typeof act>[1]['command']) =>
    act(it, { workspaceId: 'T1', mentionId: id ?? '', command });
  const answer = {
    type: 'answer',
    actor: 'U1SAM',
    url: 'https://forum.example/1',
    note: null,
  } as const;
  const count = () => countTargets(it, { workspaceId: 'T1', from: NOON });
  it.later(20);
  await does(fast?.id, answer);
  await does(dismissed?.id, { type: 'dismiss', actor: 'U1SAM', reason: 'spam', note: null });
  assert.deepEqual(await count(), { met: 1, missed: 0, waiting: 2 });
  it.later(20);
  await does(slow?.id, answer);
  assert.deepEqual(await count(), { met: 1, missed: 2, waiting: 0 });
  await does(fast?.id, { type: 'reopen', actor: 'U1SAM' });
  await does(open?.id, answer);
  assert.deepEqual(await count(), { met: 1, missed: 2, waiting: 0 }, 'the first answer counts');
});
