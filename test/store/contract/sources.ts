import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../../src/core/source.ts';
import { minutesAfter, NOON, sampleMention, sampleSource } from '../../helpers/samples.ts';
import { furnished, store, type Open } from './open.ts';

export function sourceContract(open: Open): void {
  test('a source is found as it was added, in its own workspace alone', async (t) => {
    const { sources } = await furnished(open, t);
    const source = sampleSource({
      paused: true,
      cursor: '{"etag":"\\"a\\""}',
      lastSuccessAt: NOON,
      failures: 3,
      failure: 'answers with a web page instead of a feed',
      failingSince: NOON,
      gap: 'the window rolled past us',
    });
    assert.equal(await sources.add(source), true);
    assert.deepEqual(await sources.find('T1', source.id), source);
    assert.equal(await sources.find('T2', source.id), null);
    const plain = sampleSource();
    await sources.add(plain);
    assert.deepEqual(await sources.find('T1', plain.id), plain);
    await assert.rejects(sources.add(sampleSource({ id: plain.id, address: 'other' })));
  });

  test('one kind and address is one source in a workspace, and another one in another', async (t) => {
    const { sources } = await furnished(open, t);
    const place = { kind: 'mastodon', address: '#acme@social.example' };
    assert.equal(await sources.add(sampleSource(place)), true);
    assert.equal(await sources.add(sampleSource(place)), false);
    assert.equal(await sources.add(sampleSource({ ...place, kind: 'feed' })), true);
    assert.equal(await sources.add(sampleSource({ ...place, workspaceId: 'T2' })), true);
    assert.equal((await sources.list('T2')).length, 1);
  });

  test('sources are listed oldest first', async (t) => {
    const { sources } = await furnished(open, t);
    await sources.add(sampleSource({ id: 's9', createdAt: minutesAfter(-2) }));
    await sources.add(sampleSource({ id: 's8', createdAt: minutesAfter(-1) }));
    await sources.add(sampleSource({ id: 's7', createdAt: minutesAfter(-1) }));
    assert.deepEqual(
      (await sources.list('T1')).map(({ id }) => id),
      ['s9', 's7', 's8', 's1'],
    );
  });

  test('due are the sources of all workspaces whose time has come, longest due first', async (t) => {
    const { sources } = await furnished(open, t);
    await sources.remove('T1', 's1');
    await sources.add(sampleSource({ id: 'now', nextPollAt: NOON }));
    await sources.add(
      sampleSource({ id: 'late', workspaceId: 'T2', nextPollAt: minutesAfter(-9) }),
    );
    await sources.add(sampleSource({ id: 'early', nextPollAt: new Date(NOON.getTime() + 1) }));
    await sources.add(sampleSource({ id: 'paused', paused: true, nextPollAt: minutesAfter(-9) }));
    const due = async (limit: number) => (await sources.due(NOON, limit)).map(({ id }) => id);
    assert.deepEqual(await due(10), ['late', 'now']);
    assert.deepEqual(await due(1), ['late']);
  });

  test('what waits for a time that a wrong clock named is due when the clock is right again', async (t) => {
    const { sources } = await furnished(open, t);
    await sources.remove('T1', 's1');
    const wait = (id: string, heard: number | null, next: number, workspaceId = 'T1') =>
      sources.add(
        sampleSource({
          ...{ id, workspaceId, address: `https://${id}.example/` },
          lastSuccessAt: heard === null ? null : minutesAfter(heard),
          nextPollAt: minutesAfter(next),
        }),
      );
    await wait('ahead', 60, 75);
    await wait('other', 1440, 1455, 'T2');
    await wait('skewed', 0.5, 15);
    await wait('right', -5, 10);
    await wait('never', null, 90);
    assert.equal(await sources.recall(NOON), 2);
    const due = await sources.due(NOON, 10);
    assert.deepEqual(
      due.map(({ id }) => id),
      ['ahead', 'other'],
    );
    assert.equal(await sources.recall(NOON), 0, 'once is enough');
  });

  test('a change of a source writes what is given and nothing else', async (t) => {
    const { sources } = await furnished(open, t);
    const source = sampleSource();
    await sources.add(source);
    assert.equal(await sources.change('T1', source.id, { paused: true, label: undefined }), true);
    assert.equal(await sources.change('T1', source.id, {}), true);
    assert.deepEqual(await sources.find('T1', source.id), { ...source, paused: true });
    const all = { label: 'renamed', intervalSeconds: 60, nextPollAt: minutesAfter(3) };
    assert.equal(await sources.change('T1', source.id, all), true);
    assert.deepEqual(await sources.find('T1', source.id), { ...source, paused: true, ...all });
  });

  test('a source that is not there is neither changed nor removed', async (t) => {
    const { sources } = await furnished(open, t);
    assert.equal(await sources.change('T2', 's1', { paused: true }), false);
    assert.equal(await sources.change('T2', 's1', {}), false);
    assert.equal(await sources.remove('T2', 's1'), false);
    assert.equal((await sources.find('T1', 's1'))?.paused, false);
    assert.equal(await sources.remove('T1', 's1'), true);
    assert.equal(await sources.remove('T1', 's1'), false);
  });

  test('the mentions of a removed source stay', async (t) => {
    const stores = await furnished(open, t);
    const mention = sampleMention();
    await store(stores, mention);
    await stores.sources.remove('T1', 's1');
    assert.deepEqual(await stores.mentions.find('T1', mention.id), mention);
  });

  test('a failed poll is counted, its first time is kept, and the cursor stays', async (t) => {
    const { sources } = await furnished(open, t);
    const before = (await sources.find('T1', 's1'))!;
    const fail = (at: Date, message: string) => {
      const failure: Failure = { kind: 'unavailable', cause: 'HTTP 503', message };
      const nextPollAt = minutesAfter(7, at);
      return sources.commitFailure({ workspaceId: 'T1', sourceId: 's1', at, nextPollAt, failure });
    };
    await fail(NOON, 'is down');
    await fail(minutesAfter(7), 'is still down');
    assert.deepEqual(await sources.find('T1', 's1'), {
      ...before,
      failures: 2,
      failure: 'is still down',
      failingSince: NOON,
      nextPollAt: minutesAfter(14),
    });
  });

  test('a failed poll of a source that was removed meanwhile leaves nothing', async (t) => {
    const { sources } = await furnished(open, t);
    await sources.remove('T1', 's1');
    const failure: Failure = { kind: 'unavailable', cause: 'HTTP 503', message: 'is down' };
    const at = NOON;
    await sources.commitFailure({ workspaceId: 'T1', sourceId: 's1', at, nextPollAt: at, failure });
    assert.deepEqual(await sources.list('T1'), []);
  });
}
