import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutesAfter } from '../../helpers/samples.ts';
import { furnished, type Open } from './open.ts';

export function installationContract(open: Open): void {
  test('a workspace has the token of its last installation', async (t) => {
    const { installations } = await furnished(open, t);
    const of = (workspaceId: string, sealedToken: string, minutes: number) => ({
      ...{ workspaceId, sealedToken, installedAt: minutesAfter(minutes) },
    });
    await installations.save(of('T1', 'first', 1));
    await installations.save(of('T2', 'theirs', 2));
    await installations.save(of('T1', 'second', 3));
    assert.deepEqual(await installations.find('T1'), of('T1', 'second', 3));
    assert.deepEqual(await installations.find('T2'), of('T2', 'theirs', 2));
    assert.equal(await installations.find('T3'), null);
    await assert.rejects(installations.save(of('T3', 'nobody', 4)));
  });

  test('with a workspace everything of it goes, and nothing of another one', async (t) => {
    const stores = await furnished(open, t);
    const { workspaces, installations, keywords } = stores;
    const installed = { sealedToken: 'sealed', installedAt: minutesAfter(1) };
    for (const workspaceId of ['T1', 'T2']) {
      await installations.save({ workspaceId, ...installed });
      await workspaces.changeSettings(workspaceId, { channelId: 'C1' });
    }
    const theirs = await keywords.list('T2');
    assert.equal(await workspaces.remove('T1'), true);
    assert.equal(await workspaces.remove('T1'), false);
    assert.equal(await workspaces.find('T1'), null);
    assert.equal(await installations.find('T1'), null);
    assert.deepEqual(await keywords.list('T1'), []);
    assert.equal((await workspaces.settings('T1')).channelId, null);
    assert.deepEqual(await keywords.list('T2'), theirs);
    assert.equal((await workspaces.settings('T2')).channelId, 'C1');
    assert.notEqual(await installations.find('T2'), null);
  });
}
