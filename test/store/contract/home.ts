import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '../../../src/core/lifecycle.ts';
import { decide } from '../../../src/core/lifecycle.ts';
import type { Mention } from '../../../src/core/mention.ts';
import type { Stores } from '../../../src/core/ports.ts';
import {
  minutesAfter,
  NOON,
  sampleEvent,
  sampleMention,
  sampleSource,
} from '../../helpers/samples.ts';
import { furnished, store, type Open } from './open.ts';

async function bring(stores: Stores, mention: Mention, at: Date, ...commands: Command[]) {
  let current = mention;
  for (const command of commands) {
    const decision = decide(current, command, at);
    assert.ok(decision.ok, `${command.type} on ${current.status}`);
    current = decision.next;
    const body = decision.events[0]!;
    assert.ok(await stores.mentions.apply(current, [sampleEvent(current, { body, at })]));
  }
}

const CLAIM: Command = { type: 'claim', actor: 'U1' };
const ANSWER: Command = { type: 'answer', actor: 'U1', url: 'https://a.example/1', note: null };
const SPAM: Command = { type: 'dismiss', actor: 'U1', reason: 'spam', note: null };
const ids = (mentions: readonly Mention[]) => mentions.map(({ id }) => id);

export function homeContract(open: Open): void {
  test('snoozed is what is open or claimed and sleeps still, the next to wake first, in pages', async (t) => {
    const stores = await furnished(open, t);
    const until = (minutes: number) => ({ snoozedUntil: minutesAfter(minutes) });
    await store(
      stores,
      sampleMention({ id: 'm1', status: 'open', ...until(30) }),
      sampleMention({ id: 'm2', status: 'claimed', claimedBy: 'U1', ...until(10) }),
      sampleMention({ id: 'm3', status: 'open', ...until(20) }),
      sampleMention({ id: 'm4', status: 'open', ...until(0) }),
      sampleMention({ id: 'm5', status: 'open' }),
      sampleMention({ id: 'm6', status: 'dismissed', ...until(30) }),
    );
    const page = (limit: number, offset: number, workspaceId = 'T1') =>
      stores.mentions.snoozed(workspaceId, NOON, { limit, offset });
    assert.deepEqual(ids(await page(10, 0)), ['m2', 'm3', 'm1']);
    assert.deepEqual(ids(await page(2, 1)), ['m3', 'm1']);
    assert.deepEqual(await stores.mentions.countSnoozed('T1', NOON), { open: 2, claimed: 1 });
    assert.deepEqual(await page(10, 0, 'T2'), []);
    assert.deepEqual(await stores.mentions.countSnoozed('T2', NOON), { open: 0, claimed: 0 });
  });

  test('what was done is counted from an instant on, and how long answers took', async (t) => {
    const stores = await furnished(open, t);
    const [early, late, spam] = ['m1', 'm2', 'm3'].map((id) =>
      sampleMention({ id, status: 'open', openedAt: NOON }),
    );
    await store(stores, early!, late!, spam!);
    await bring(stores, early!, minutesAfter(5), CLAIM, ANSWER);
    await bring(stores, late!, minutesAfter(10), CLAIM, ANSWER);
    await bring(stores, spam!, minutesAfter(12), SPAM);
    const counts = (minutes: number) => stores.mentions.tally('T1', minutesAfter(minutes));
    assert.deepEqual(await counts(0), { claimed: 2, answered: 2, dismissed: 1 });
    assert.deepEqual(await counts(10), { claimed: 1, answered: 1, dismissed: 1 });
    assert.deepEqual(await stores.mentions.tally('T2', NOON), {
      claimed: 0,
      answered: 0,
      dismissed: 0,
    });
    const times = await stores.mentions.answerTimes('T1', NOON, 10);
    assert.deepEqual(times, [
      { foundAt: NOON, answeredAt: minutesAfter(10) },
      { foundAt: NOON, answeredAt: minutesAfter(5) },
    ]);
    assert.equal((await stores.mentions.answerTimes('T1', NOON, 1)).length, 1);
    assert.deepEqual(await stores.mentions.answerTimes('T2', NOON, 10), []);
  });

  test('a mention that a person brings is added once, whatever source has its post', async (t) => {
    const stores = await furnished(open, t);
    const heard = sampleMention({ id: 'm1' });
    await store(stores, heard);
    const { url, title, text } = heard;
    const same = sampleMention({ id: 'm2', sourceId: 'by-hand', url, title, text });
    assert.equal(await stores.mentions.add(same), false);
    const other = sampleMention({ id: 'm3', sourceId: 'by-hand' });
    assert.equal(await stores.mentions.add(other), true);
    assert.equal(await stores.mentions.add({ ...other, id: 'm4' }), false);
    assert.deepEqual(await stores.mentions.find('T1', 'm3'), other);
    assert.equal((await stores.mentions.findByPost('T1', same))?.id, 'm1');
    assert.equal((await stores.mentions.findByPost('T1', other))?.id, 'm3');
    assert.equal(await stores.mentions.findByPost('T2', other), null);
    assert.equal(await stores.mentions.findByPost('T1', { ...other, url: null }), null);
    await stores.sources.add(sampleSource({ id: 's2', cursor: '0' }));
    await store(stores, { ...other, id: 'm5', sourceId: 's2', externalId: 'elsewhere' });
    assert.equal(await stores.mentions.find('T1', 'm5'), null, 'a poll finds it there already');
  });
}
