import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Severity } from '../../../src/core/verdict.ts';
import { sampleHeldNote, sampleStorm } from '../../helpers/storm-samples.ts';
import { minutesAfter, NOON, sampleEvent, sampleMention } from '../../helpers/samples.ts';
import { furnished, store, type Open } from './open.ts';

export function stormContract(open: Open): void {
  test('a storm is found as it was added, and changes by what is given alone', async (t) => {
    const { storms } = await furnished(open, t);
    const storm = sampleStorm();
    assert.equal(await storms.add(storm), true);
    assert.equal(await storms.add(storm), false);
    assert.deepEqual(await storms.find('T1', storm.id), storm);
    assert.equal(await storms.find('T2', storm.id), null);
    const drawn = { ts: '1.1', drawnAt: minutesAfter(1), drawn: '7 found' };
    await storms.note('T1', storm.id, drawn);
    await storms.note('T1', storm.id, { endedAt: minutesAfter(9) });
    await storms.note('T1', storm.id, {});
    const ended = { ...storm, ...drawn, endedAt: minutesAfter(9) };
    assert.deepEqual(await storms.find('T1', storm.id), ended);
  });

  test('of many machines that see a storm begin in a channel, one writes it down', async (t) => {
    const { storms } = await furnished(open, t);
    const begun = await Promise.all(
      Array.from({ length: 6 }, (_, at) => storms.add(sampleStorm({ id: `storm ${at}` }))),
    );
    assert.equal(begun.filter(Boolean).length, 1);
    assert.equal(await storms.add(sampleStorm({ channelId: 'C2' })), true);
    const [lasting] = await storms.since('T1', NOON);
    await storms.note('T1', lasting!.id, { endedAt: minutesAfter(40) });
    assert.equal(await storms.add(sampleStorm()), true);
  });

  test('one person has a storm, whoever else tries', async (t) => {
    const { storms } = await furnished(open, t);
    const storm = sampleStorm();
    await storms.add(storm);
    const tries = ['U1', 'U2', 'U3'].map((who) => storms.claim('T1', storm.id, who));
    const won = await Promise.all(tries);
    assert.equal(won.filter(Boolean).length, 1);
    const winner = `U${won.indexOf(true) + 1}`;
    assert.equal((await storms.find('T1', storm.id))?.claimedBy, winner);
    assert.equal(await storms.claim('T1', 'no such storm', 'U1'), false);
  });

  test('storms are listed while they last and for a while after', async (t) => {
    const { storms } = await furnished(open, t);
    const lasting = sampleStorm({ startedAt: minutesAfter(2) });
    const ended = sampleStorm({ startedAt: minutesAfter(1), endedAt: minutesAfter(60) });
    await storms.add(lasting);
    await storms.add(ended);
    await storms.add(sampleStorm({ endedAt: minutesAfter(30) }));
    assert.deepEqual(await storms.since('T1', minutesAfter(30)), [ended, lasting]);
    assert.deepEqual(await storms.since('T2', NOON), []);
  });

  test('arrivals are counted by keyword in stretches of ten minutes, without the quiet', async (t) => {
    const stores = await furnished(open, t);
    const found = (keywordId: string, minutes: number, status: 'detected' | 'quiet' = 'detected') =>
      sampleMention({ keywordId, foundAt: minutesAfter(minutes), status });
    await store(
      stores,
      ...[found('k1', -1), found('k1', 0), found('k1', 9.9), found('k2', 1)],
      ...[found('k1', 10), found('k1', 2, 'quiet')],
    );
    assert.deepEqual(await stores.mentions.arrivals('T1', NOON), [
      { keywordId: 'k1', at: NOON, count: 2 },
      { keywordId: 'k2', at: NOON, count: 1 },
      { keywordId: 'k1', at: minutesAfter(10), count: 1 },
    ]);
    assert.deepEqual(await stores.mentions.arrivals('T2', NOON), []);
  });

  test('cards are counted by channel, but for those that a person asked for', async (t) => {
    const stores = await furnished(open, t);
    const card = async (channelId: string, minutes: number, actor = 'system') => {
      const mention = sampleMention();
      await store(stores, mention);
      const next = { ...mention, status: 'open' as const, version: 2, channelId };
      await stores.mentions.apply(next, [sampleEvent(next, { at: minutesAfter(minutes), actor })]);
    };
    await card('C1', -1);
    await card('C1', 0);
    await card('C1', 1);
    await card('C1', 1, 'USAM');
    await card('C2', 1);
    assert.deepEqual([...(await stores.mentions.posted('T1', NOON))].sort(), [
      ['C1', 2],
      ['C2', 1],
    ]);
    assert.deepEqual([...(await stores.mentions.posted('T2', NOON))], []);
  });

  test('the most severe wait first, whatever their negativity', async (t) => {
    const stores = await furnished(open, t);
    const { verdict } = sampleMention();
    const made = (id: string, severity: Severity | null) =>
      sampleMention({ id, verdict: { ...verdict, severity, negativity: 0.7 } });
    await store(stores, made('m1', 'leaving'), made('m2', 'safety'), made('m3', 'outage'));
    await store(stores, made('m4', null), made('m5', 'vulnerable'), made('m6', 'legal'));
    await store(stores, made('m7', 'money'));
    assert.deepEqual(
      (await stores.mentions.waiting('T1', 9)).map(({ id }) => id),
      ['m2', 'm5', 'm6', 'm3', 'm7', 'm1', 'm4'],
    );
  });
}

export function heldNoteContract(open: Open): void {
  test('a channel has one note, until it is removed', async (t) => {
    const { heldNotes } = await furnished(open, t);
    await heldNotes.save(sampleHeldNote());
    const changed = sampleHeldNote({ ts: '2.2', drawn: '4', drawnAt: minutesAfter(1) });
    await heldNotes.save(changed);
    const other = sampleHeldNote({ channelId: 'C2' });
    await heldNotes.save(other);
    assert.deepEqual(await heldNotes.list('T1'), [changed, other]);
    await heldNotes.remove('T1', 'C1');
    assert.deepEqual(await heldNotes.list('T1'), [other]);
    assert.deepEqual(await heldNotes.list('T2'), []);
  });
}
