import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide } from '../../../src/core/lifecycle.ts';
import { minutesAfter, sampleEvent, sampleMention } from '../../helpers/samples.ts';
import { furnished, store, type Open } from './open.ts';

export function homeViewContract(open: Open): void {
  test('what is erased makes every Home of its workspace stale, until it is drawn or cleared', async (t) => {
    const stores = await furnished(open, t);
    const mention = sampleMention();
    await store(stores, mention);
    for (const userId of ['U2', 'U1']) await stores.homeViews.drawn('T1', userId, 'first');
    await stores.homeViews.drawn('T2', 'U1', 'first');
    assert.deepEqual(await stores.homeViews.stale('T1'), []);
    const decision = decide(mention, { type: 'withdraw', actor: 'system' }, minutesAfter(1));
    assert.ok(decision.ok);
    assert.ok(await stores.mentions.apply(decision.next, [sampleEvent(decision.next)]));
    assert.deepEqual(await stores.homeViews.stale('T1'), ['U1', 'U2']);
    assert.deepEqual(await stores.homeViews.stale('T2'), []);
    await stores.homeViews.drawn('T1', 'U1', 'first');
    await stores.homeViews.cleared('T1', 'U2');
    assert.deepEqual(await stores.homeViews.stale('T1'), []);
  });

  test('where somebody is on their Home is known to every process, while it shows lists', async (t) => {
    const { homeViews } = await furnished(open, t);
    await homeViews.noted('T1', 'U1', 'never drawn');
    assert.equal(await homeViews.find('T1', 'U1'), null);
    await homeViews.drawn('T1', 'U1', 'first');
    await homeViews.drawn('T1', 'U1', 'second');
    assert.equal(await homeViews.find('T1', 'U1'), 'second');
    await homeViews.noted('T1', 'U1', 'third');
    assert.equal(await homeViews.find('T1', 'U1'), 'third');
    assert.equal(await homeViews.find('T2', 'U1'), null);
    await homeViews.cleared('T1', 'U1');
    assert.equal(await homeViews.find('T1', 'U1'), null);
  });
}
