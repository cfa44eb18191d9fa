import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_SETTINGS } from '../../../src/core/ports.ts';
import { minutesAfter, NOON, sampleKeyword, sampleWorkspace } from '../../helpers/samples.ts';
import { furnished, type Open } from './open.ts';

export function workspaceContract(open: Open): void {
  test('a workspace is found as it was saved, and saving again updates its name and bot', async (t) => {
    const { workspaces } = await open(t);
    const first = sampleWorkspace();
    await workspaces.save(first);
    assert.deepEqual(await workspaces.find('T1'), first);
    const again = { id: 'T1', name: 'Renamed', botUserId: 'UNEW', createdAt: minutesAfter(9) };
    await workspaces.save(again);
    assert.deepEqual(await workspaces.find('T1'), { ...again, createdAt: NOON });
    assert.equal(await workspaces.find('T2'), null);
  });

  test('workspaces are listed oldest first', async (t) => {
    const { workspaces } = await open(t);
    await workspaces.save(sampleWorkspace({ id: 'T9', createdAt: minutesAfter(1) }));
    await workspaces.save(sampleWorkspace({ id: 'T2', createdAt: minutesAfter(2) }));
    await workspaces.save(sampleWorkspace({ id: 'T1', createdAt: minutesAfter(2) }));
    assert.deepEqual(
      (await workspaces.list()).map(({ id }) => id),
      ['T9', 'T1', 'T2'],
    );
  });

  test('settings are the defaults until some are changed, and only those change', async (t) => {
    const { workspaces } = await furnished(open, t);
    assert.deepEqual(await workspaces.settings('T1'), DEFAULT_SETTINGS);
    await workspaces.changeSettings('T1', { channelId: 'C7', escalateTo: ['U1', 'S2'] });
    await workspaces.changeSettings('T1', { nudgeMinutes: 5, timeZone: undefined });
    await workspaces.changeSettings('T1', { channelId: null });
    await workspaces.changeSettings('T1', {});
    assert.deepEqual(await workspaces.settings('T1'), {
      ...DEFAULT_SETTINGS,
      escalateTo: ['U1', 'S2'],
      nudgeMinutes: 5,
    });
    assert.deepEqual(await workspaces.settings('T2'), DEFAULT_SETTINGS);
  });

  test('changing what was read does not change what is stored', async (t) => {
    const { workspaces } = await furnished(open, t);
    (await workspaces.settings('T1')).managers.push('U9');
    assert.deepEqual((await workspaces.settings('T1')).managers, []);
  });

  test('settings of a workspace that is not there are refused', async (t) => {
    const { workspaces } = await open(t);
    await assert.rejects(workspaces.changeSettings('T1', { nudgeMinutes: 5 }));
  });
}

export function keywordContract(open: Open): void {
  test('a keyword is found as it was added, in its own workspace alone', async (t) => {
    const { keywords } = await furnished(open, t);
    const keyword = sampleKeyword({ channelId: 'C2', postThreshold: 1 / 3, paused: true });
    await keywords.add(keyword);
    assert.deepEqual(await keywords.find('T1', keyword.id), keyword);
    assert.equal(await keywords.find('T2', keyword.id), null);
    assert.deepEqual(await keywords.list('T2'), []);
    await assert.rejects(keywords.add(keyword));
  });

  test('keywords are listed oldest first', async (t) => {
    const { keywords } = await furnished(open, t);
    await keywords.add(sampleKeyword({ id: 'k3', createdAt: minutesAfter(1) }));
    await keywords.add(sampleKeyword({ id: 'k2', createdAt: minutesAfter(2) }));
    await keywords.add(sampleKeyword({ id: 'k1', createdAt: minutesAfter(2) }));
    assert.deepEqual(
      (await keywords.list('T1')).map(({ id }) => id),
      ['k3', 'k1', 'k2'],
    );
  });

  test('a change of a keyword writes what is given and nothing else', async (t) => {
    const { keywords } = await furnished(open, t);
    const keyword = sampleKeyword({ channelId: 'C2' });
    await keywords.add(keyword);
    assert.equal(await keywords.change('T1', keyword.id, { paused: true, query: undefined }), true);
    assert.equal(await keywords.change('T1', keyword.id, { channelId: null }), true);
    assert.equal(await keywords.change('T1', keyword.id, {}), true);
    const changed = { ...keyword, paused: true, channelId: null };
    assert.deepEqual(await keywords.find('T1', keyword.id), changed);
    const all = { query: 'acme', channelId: 'C3', postThreshold: 0.7, digestThreshold: 0.2 };
    assert.equal(await keywords.change('T1', keyword.id, all), true);
    assert.deepEqual(await keywords.find('T1', keyword.id), { ...changed, ...all });
  });

  test('a keyword that is not there is neither changed nor removed', async (t) => {
    const { keywords } = await furnished(open, t);
    const keyword = sampleKeyword();
    await keywords.add(keyword);
    assert.equal(await keywords.change('T2', keyword.id, { paused: true }), false);
    assert.equal(await keywords.change('T2', keyword.id, {}), false);
    assert.equal(await keywords.remove('T2', keyword.id), false);
    assert.deepEqual(await keywords.find('T1', keyword.id), keyword);
    assert.equal(await keywords.remove('T1', keyword.id), true);
    assert.equal(await keywords.remove('T1', keyword.id), false);
    assert.equal(await keywords.find('T1', keyword.id), null);
  });
}

export function deliveryContract(open: Open): void {
  test('a delivery is the first one once in each workspace', async (t) => {
    const { deliveries } = await furnished(open, t);
    assert.equal(await deliveries.first('T1', 'Ev1', NOON), true);
    assert.equal(await deliveries.first('T1', 'Ev1', minutesAfter(1)), false);
    assert.equal(await deliveries.first('T2', 'Ev1', NOON), true);
    await assert.rejects(deliveries.first('T3', 'Ev1', NOON));
  });

  test('of twenty simultaneous deliveries of one id exactly one is the first', async (t) => {
    const { deliveries } = await furnished(open, t);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => deliveries.first('T1', 'Ev1', NOON)),
    );
    assert.equal(answers.filter(Boolean).length, 1);
  });

  test('deliveries before an instant are forgotten, later ones are not', async (t) => {
    const { deliveries } = await furnished(open, t);
    await deliveries.first('T1', 'old', minutesAfter(-1));
    await deliveries.first('T2', 'old', minutesAfter(-1));
    await deliveries.first('T1', 'young', NOON);
    assert.equal(await deliveries.prune(NOON), 2);
    assert.equal(await deliveries.first('T1', 'young', NOON), false);
    assert.equal(await deliveries.first('T1', 'old', NOON), true);
  });
}
