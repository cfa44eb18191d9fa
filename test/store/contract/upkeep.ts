import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide, type Command } from '../../../src/core/lifecycle.ts';
import { newUpkeep, type Mention } from '../../../src/core/mention.ts';
import type { Stores } from '../../../src/core/ports.ts';
import {
  minutesAfter,
  NOON,
  sampleEvent,
  sampleMention,
  sampleSource,
} from '../../helpers/samples.ts';
import { furnished, store, type Open } from './open.ts';

const DAY = 24 * 60;
const CLAIM: Command = { type: 'claim', actor: 'U1' };
const ANSWER: Command = { type: 'answer', actor: 'U1', url: 'https://a.example/1', note: null };
const WITHDRAW: Command = { type: 'withdraw', actor: 'system' };

/** Carries commands out, all at one instant; returns the last version. */
async function bring(stores: Stores, mention: Mention, at: Date, ...commands: Command[]) {
  let current = mention;
  for (const command of commands) {
    const decision = decide(current, command, at);
    assert.ok(decision.ok, `${command.type} on ${current.status}`);
    current = decision.next;
    const body = decision.events[0]!;
    assert.ok(await stores.mentions.apply(current, [sampleEvent(current, { body, at })]));
  }
  return current;
}

const ids = (mentions: readonly Mention[]) => mentions.map(({ id }) => id);
const posted: Command = { type: 'post', actor: 'system', channelId: 'C1' };

export function upkeepContract(open: Open): void {
  test('what is noted of a look is kept by the changes that follow, and makes no version', async (t) => {
    const stores = await furnished(open, t);
    const mention = sampleMention();
    await store(stores, mention);
    assert.deepEqual((await stores.mentions.find('T1', mention.id))?.upkeep, newUpkeep(NOON));
    await stores.mentions.note('T1', mention.id, { goneSince: minutesAfter(3), looks: 2 });
    await bring(stores, mention, NOON, posted);
    const now = await stores.mentions.find('T1', mention.id);
    assert.equal(now?.version, 2);
    assert.deepEqual(now?.upkeep, {
      ...newUpkeep(NOON),
      goneSince: minutesAfter(3),
      looks: 2,
    });
    await stores.mentions.note('T1', mention.id, { goneSince: null, lookAt: null });
    const later = await stores.mentions.find('T1', mention.id);
    assert.deepEqual([later?.upkeep.goneSince, later?.upkeep.lookAt], [null, null]);
    await stores.mentions.note('T2', mention.id, { looks: 9 });
    assert.equal((await stores.mentions.find('T1', mention.id))?.upkeep.looks, 2);
  });

  test('due for a sweep is what holds text and is not looked at before its time', async (t) => {
    const stores = await furnished(open, t);
    await stores.sources.add(sampleSource({ id: 's2', cursor: '0' }));
    const [late, early, other, erased] = [
      sampleMention({ upkeep: { ...newUpkeep(NOON), sweepAt: minutesAfter(9) } }),
      sampleMention({ upkeep: { ...newUpkeep(NOON), sweepAt: minutesAfter(4) } }),
      sampleMention({ sourceId: 's2' }),
      sampleMention(),
    ];
    await store(stores, late, early, other, erased);
    await bring(stores, erased, NOON, WITHDRAW);
    const { mentions } = stores;
    assert.deepEqual(await mentions.sourcesToSweep('T1', minutesAfter(3)), []);
    assert.deepEqual(await mentions.sourcesToSweep('T1', minutesAfter(5)), ['s1', 's2']);
    assert.deepEqual(await mentions.sourcesToSweep('T2', minutesAfter(5)), []);
    assert.deepEqual(await mentions.nextSweep('T1'), minutesAfter(4));
    assert.equal(await mentions.nextSweep('T2'), null);
    const due = await mentions.toSweep('T1', 's1', minutesAfter(9), 10);
    assert.deepEqual(ids(due), [early.id, late.id]);
    assert.deepEqual(ids(await mentions.toSweep('T1', 's1', minutesAfter(9), 1)), [early.id]);
  });

  test('threads are read of what is open, claimed or answered, in the order of their time', async (t) => {
    const stores = await furnished(open, t);
    const [waiting, opened, answered, never] = [
      sampleMention(),
      sampleMention(),
      sampleMention({ upkeep: { ...newUpkeep(NOON), lookAt: minutesAfter(1) } }),
      sampleMention({ upkeep: { ...newUpkeep(NOON), lookAt: null } }),
    ];
    await store(stores, waiting, opened, answered, never);
    await bring(stores, opened, NOON, posted);
    await bring(stores, answered, NOON, posted, CLAIM, ANSWER);
    await bring(stores, never, NOON, posted);
    const { mentions } = stores;
    const due = await mentions.toLookAt('T1', minutesAfter(15), 10);
    assert.deepEqual(ids(due), [answered.id, opened.id]);
    assert.deepEqual(ids(await mentions.toLookAt('T1', minutesAfter(14), 10)), [answered.id]);
  });

  test('text expires some days after the end, at the latest some days after it was found', async (t) => {
    const stores = await furnished(open, t);
    const [ended, lately, openLong, quiet, sooner] = [
      sampleMention(),
      sampleMention(),
      sampleMention({ foundAt: minutesAfter(-80 * DAY) }),
      sampleMention({ status: 'quiet', foundAt: minutesAfter(-31 * DAY) }),
      sampleMention({ sourceKind: 'strict' }),
    ];
    await store(stores, ended, lately, openLong, quiet, sooner);
    await bring(stores, ended, minutesAfter(1), posted, CLAIM, ANSWER);
    await bring(stores, lately, minutesAfter(5 * DAY), posted, CLAIM, ANSWER);
    await bring(stores, openLong, NOON, posted);
    const limits = {
      endedBefore: minutesAfter(DAY),
      foundBefore: minutesAfter(-79 * DAY),
      foundBeforeByKind: { strict: minutesAfter(1) },
    };
    const due = await stores.mentions.toExpire('T1', limits, 10);
    assert.deepEqual(ids(due), [quiet.id, ended.id, openLong.id, sooner.id]);
    assert.equal((await stores.mentions.toExpire('T1', limits, 3)).length, 3);
    assert.deepEqual(await stores.mentions.toExpire('T2', limits, 10), []);
    const expire: Command = { type: 'expire', actor: 'system' };
    for (const mention of due) await bring(stores, mention, NOON, expire);
    await stores.mentions.settle();
    assert.deepEqual(await stores.mentions.toExpire('T1', limits, 10), []);
  });

  test('the mentions of an author are found by hash, and the hash goes with the text', async (t) => {
    const stores = await furnished(open, t);
    const [one, two, other] = [
      sampleMention({ authorHash: 'h1' }),
      sampleMention({ authorHash: 'h2', foundAt: minutesAfter(-1) }),
      sampleMention({ authorHash: 'h3' }),
    ];
    await store(stores, one, two, other);
    const { mentions } = stores;
    assert.deepEqual(ids(await mentions.byAuthors('T1', ['h1', 'h2'])), [two.id, one.id]);
    assert.deepEqual(await mentions.byAuthors('T2', ['h1']), []);
    await bring(stores, one, NOON, WITHDRAW);
    assert.equal((await mentions.find('T1', one.id))?.authorHash, null);
    assert.deepEqual(ids(await mentions.byAuthors('T1', ['h1', 'h2'])), [two.id]);
  });
}

export function suppressionContract(open: Open): void {
  test('who is suppressed is known by hash, in one workspace, once', async (t) => {
    const stores = await furnished(open, t);
    const one = {
      workspaceId: 'T1',
      sourceKind: null,
      authorHash: 'h1',
      createdBy: 'U1',
      createdAt: NOON,
    };
    assert.equal(await stores.suppressions.add(one), true);
    assert.equal(await stores.suppressions.add({ ...one, createdBy: 'U2' }), false);
    assert.equal(await stores.suppressions.add({ ...one, authorHash: 'h2' }), true);
    assert.deepEqual(await stores.suppressions.among('T1', ['h1', 'h3', 'h1']), new Set(['h1']));
    assert.deepEqual(await stores.suppressions.among('T1', []), new Set());
    assert.deepEqual(await stores.suppressions.among('T2', ['h1']), new Set());
    assert.deepEqual(
      [await stores.suppressions.count('T1'), await stores.suppressions.count('T2')],
      [2, 0],
    );
  });
}
