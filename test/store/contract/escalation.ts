import assert from 'node:assert/strict';
import { test } from 'node:test';
import { samplePolicy, sampleRota, sampleSwap } from '../../helpers/escalation-samples.ts';
import { minutesAfter } from '../../helpers/samples.ts';
import { furnished, type Open } from './open.ts';

export function policyContract(open: Open): void {
  test('a policy is found as it was saved, in its own workspace alone', async (t) => {
    const { policies } = await furnished(open, t);
    const policy = samplePolicy({ severities: ['safety'], keywordIds: ['k1'], servesRest: true });
    assert.equal(await policies.save(policy), true);
    assert.deepEqual(await policies.find('T1', policy.id), policy);
    assert.deepEqual(await policies.list('T1'), [policy]);
    assert.equal(await policies.find('T2', policy.id), null);
    assert.deepEqual(await policies.list('T2'), []);
    await assert.rejects(policies.save({ ...policy, workspaceId: 'T3' }));
  });

  test('saving a policy again replaces it, but not who made it and when', async (t) => {
    const { policies } = await furnished(open, t);
    const policy = samplePolicy();
    await policies.save(policy);
    const changed = { ...policy, name: 'Evenings', steps: [], quiet: { from: 1320, to: 420 } };
    const late = { createdBy: 'U9', createdAt: minutesAfter(9) };
    assert.equal(await policies.save({ ...changed, ...late }), true);
    assert.deepEqual(await policies.list('T1'), [changed]);
  });

  test('two policies of a workspace have two names', async (t) => {
    const { policies } = await furnished(open, t);
    const first = samplePolicy({ name: 'Night' });
    await policies.save(first);
    const other = samplePolicy({ name: 'Night', createdAt: minutesAfter(1) });
    assert.equal(await policies.save(other), false);
    assert.equal(await policies.save({ ...other, workspaceId: 'T2' }), true);
    assert.equal(await policies.save({ ...other, name: 'Day' }), true);
    assert.equal(await policies.save({ ...other, name: 'Night' }), false);
    assert.deepEqual(
      (await policies.list('T1')).map(({ name }) => name),
      ['Night', 'Day'],
    );
  });

  test('a policy is removed once', async (t) => {
    const { policies } = await furnished(open, t);
    const policy = samplePolicy();
    await policies.save(policy);
    assert.equal(await policies.remove('T2', policy.id), false);
    assert.equal(await policies.remove('T1', policy.id), true);
    assert.equal(await policies.remove('T1', policy.id), false);
  });
}

export function rotaContract(open: Open): void {
  test('a rota is found as it was saved, and its swaps come and go by themselves', async (t) => {
    const { rotas } = await furnished(open, t);
    const rota = sampleRota();
    assert.equal(await rotas.save(rota), true);
    assert.deepEqual(await rotas.find('T1', rota.id), rota);
    const [first, second] = [
      sampleSwap({ createdAt: minutesAfter(2) }),
      sampleSwap({ createdAt: minutesAfter(1) }),
    ];
    assert.equal(await rotas.addSwap('T1', rota.id, first), true);
    assert.equal(await rotas.addSwap('T1', rota.id, second), true);
    assert.deepEqual((await rotas.find('T1', rota.id))?.swaps, [second, first]);
    assert.equal(await rotas.save({ ...rota, name: 'Evenings', swaps: [] }), true);
    assert.deepEqual(await rotas.list('T1'), [
      { ...rota, name: 'Evenings', swaps: [second, first] },
    ]);
    assert.equal(await rotas.removeSwap('T1', rota.id, first.id), true);
    assert.equal(await rotas.removeSwap('T1', rota.id, first.id), false);
    assert.deepEqual((await rotas.find('T1', rota.id))?.swaps, [second]);
  });

  test('a rota that is gone takes its swaps along, and no new ones', async (t) => {
    const { rotas } = await furnished(open, t);
    const rota = sampleRota();
    await rotas.save(rota);
    await rotas.addSwap('T1', rota.id, sampleSwap());
    assert.equal(await rotas.remove('T1', rota.id), true);
    assert.equal(await rotas.addSwap('T1', rota.id, sampleSwap()), false);
    await rotas.save(rota);
    assert.deepEqual((await rotas.find('T1', rota.id))?.swaps, []);
  });

  test('two rotas of a workspace have two names', async (t) => {
    const { rotas } = await furnished(open, t);
    await rotas.save(sampleRota({ name: 'First line' }));
    assert.equal(await rotas.save(sampleRota({ name: 'First line' })), false);
    assert.equal((await rotas.list('T1')).length, 1);
  });
}
