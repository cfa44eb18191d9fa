import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventBody, Mention, Status } from '../../../src/core/mention.ts';
import type { Stores } from '../../../src/core/ports.ts';
import {
  minutesAfter,
  NOON,
  sampleEvent,
  sampleMention,
  sampleSource,
} from '../../helpers/samples.ts';
import { furnished, store, type Open } from './open.ts';

/** Writes a next version of a stored mention, with one event. */
async function step(
  { mentions }: Stores,
  id: string,
  change: Partial<Mention>,
  at: Date = NOON,
  body: EventBody = { type: 'edited' },
): Promise<string> {
  const mention = (await mentions.find('T1', id))!;
  const next = { ...mention, ...change, version: mention.version + 1 };
  const event = sampleEvent(next, { at, body });
  assert.equal(await mentions.apply(next, [event]), true);
  return event.id;
}

const OPENED = { status: 'open', openedAt: NOON } as const;

export function outboxContract(open: Open): void {
  test('waiting are the detected mentions, the most negative first, then the oldest', async (t) => {
    const stores = await furnished(open, t);
    await stores.sources.add(sampleSource({ id: 's2', workspaceId: 'T2' }));
    const { verdict } = sampleMention();
    const made = (id: string, negativity: number, minutes: number, over: Partial<Mention> = {}) =>
      sampleMention({
        id,
        verdict: { ...verdict, negativity },
        foundAt: minutesAfter(minutes),
        ...over,
      });
    await store(
      stores,
      made('m1', 0.7, 0),
      made('m2', 0.9, 2),
      made('m3', 0.9, 1),
      made('m4', 1, 0, { status: 'quiet' }),
      made('m5', 1, 0, { status: 'open' }),
      made('m6', 1, 0, { workspaceId: 'T2', sourceId: 's2' }),
    );
    const waiting = async (limit: number) =>
      (await stores.mentions.waiting('T1', limit)).map(({ id }) => id);
    assert.deepEqual(await waiting(10), ['m3', 'm2', 'm1']);
    assert.deepEqual(await waiting(2), ['m3', 'm2']);
  });

  test('stale are opened mentions without a card and cards that show too little, oldest change first', async (t) => {
    const stores = await furnished(open, t);
    const { mentions } = stores;
    for (const id of ['m1', 'm2', 'm3', 'm4']) await store(stores, sampleMention({ id }));
    const stale = async (limit = 10) => (await mentions.stale('T1', limit)).map(({ id }) => id);
    assert.deepEqual(await stale(), []);
    await step(stores, 'm1', OPENED, minutesAfter(3));
    await step(stores, 'm2', OPENED, minutesAfter(1));
    await step(stores, 'm3', OPENED, minutesAfter(2));
    assert.deepEqual(await stale(), ['m2', 'm3', 'm1']);
    assert.deepEqual(await stale(1), ['m2']);
    for (const id of ['m1', 'm2', 'm3']) {
      await mentions.recordCard('T1', id, { channelId: 'C1', ts: `1.${id}`, version: 2 });
    }
    assert.deepEqual(await stale(), []);
    await step(stores, 'm2', { status: 'claimed' }, minutesAfter(4));
    assert.deepEqual(await stale(), ['m2']);
    await mentions.recordCard('T2', 'm2', { channelId: 'C1', ts: '1.2', version: 3 });
    assert.deepEqual(await stale(), ['m2']);
    await mentions.recordCard('T1', 'm2', { channelId: 'C1', ts: '1.2', version: 3 });
    assert.deepEqual(await stale(), []);
  });

  test('cards and lines can be looked for without those of a channel, and without single ones', async (t) => {
    const stores = await furnished(open, t);
    const { mentions } = stores;
    const cards = [
      ['m1', 'C1'],
      ['m2', 'C2'],
      ['m3', 'C1'],
      ['m4', null],
    ] as const;
    for (const [id, channelId] of cards) {
      await store(stores, sampleMention({ id, channelId }));
      await step(stores, id, { ...OPENED, channelId });
    }
    const without = { mentionIds: ['m3'], channelIds: ['C2'] };
    const stale = (await mentions.stale('T1', 10, without)).map(({ id }) => id);
    assert.deepEqual(stale, ['m1', 'm4']);
    for (const id of ['m1', 'm2', 'm3']) {
      const channelId = id === 'm2' ? 'C2' : 'C1';
      await mentions.recordCard('T1', id, { channelId, ts: `1.${id}`, version: 2 });
    }
    assert.deepEqual(await mentions.unlogged('T1', 10, without), ['m1']);
  });

  test('the clock looks at what is due, and at what changed since it looked', async (t) => {
    const stores = await furnished(open, t);
    const { mentions } = stores;
    for (const id of ['m1', 'm2', 'm3', 'm4', 'closed']) await store(stores, sampleMention({ id }));
    for (const id of ['m1', 'm2', 'm3', 'm4']) await step(stores, id, OPENED);
    await step(stores, 'closed', { status: 'answered', openedAt: NOON });
    const look = async (rules: string, minutes: number, limit = 10) => {
      const found = await mentions.toEscalate('T1', rules, minutesAfter(minutes), limit);
      return found.map(({ id }) => id);
    };
    assert.deepEqual(await look('b', 0), ['m1', 'm2', 'm3', 'm4']);
    assert.deepEqual(await look('b', 0, 2), ['m1', 'm2']);
    await mentions.noteSteps('T1', 'b', [
      { id: 'm1', version: 2, at: minutesAfter(30) },
      { id: 'm2', version: 2, at: minutesAfter(15) },
      { id: 'm3', version: 2, at: null },
      { id: 'm4', version: 1, at: null },
    ]);
    assert.deepEqual(await look('b', 0), ['m4'], 'it has changed since');
    await mentions.noteSteps('T1', 'b', [{ id: 'm4', version: 2, at: null }]);
    assert.deepEqual(await look('b', 14), []);
    assert.deepEqual(await look('b', 30), ['m2', 'm1']);
    assert.deepEqual(await look('b', 30, 1), ['m2']);
    const ids = ['m1', 'm2', 'm3', 'm4'];
    assert.deepEqual((await look('a', 0)).sort(), ids, 'other rules');
    assert.deepEqual((await look('c', 0)).sort(), ids, 'other rules');
    await step(stores, 'm1', { status: 'claimed' });
    assert.deepEqual(await look('b', 0), ['m1'], 'another clock runs');
    assert.deepEqual(await mentions.toEscalate('T2', 'b', NOON, 10), []);
  });

  test('a card that was deleted is wanted again, unless the mention is erased', async (t) => {
    const stores = await furnished(open, t);
    const { mentions } = stores;
    const statuses: Status[] = ['open', 'claimed', 'answered', 'dismissed', 'withdrawn', 'expired'];
    for (const status of statuses) {
      const card = { channelId: 'C1', cardTs: '1.1', cardVersion: 1 };
      await store(stores, sampleMention({ id: status, status, openedAt: NOON, ...card }));
      await mentions.forgetCard('T1', status);
      const after = (await mentions.find('T1', status))!;
      assert.deepEqual([after.channelId, after.cardTs, after.cardVersion], ['C1', null, 0]);
    }
    const stale = (await mentions.stale('T1', 10)).map(({ id }) => id);
    assert.deepEqual(stale.sort(), ['answered', 'claimed', 'dismissed', 'open']);
  });

  test('a card that still shows an erased mention is stale', async (t) => {
    const stores = await furnished(open, t);
    const card = { channelId: 'C1', cardTs: '1.1', cardVersion: 1 };
    await store(stores, sampleMention({ id: 'm1', ...OPENED, ...card }));
    await store(stores, sampleMention({ id: 'm2' }));
    await step(stores, 'm1', { status: 'withdrawn' });
    await step(stores, 'm2', { status: 'withdrawn' });
    const stale = await stores.mentions.stale('T1', 10);
    assert.deepEqual(
      stale.map(({ id }) => id),
      ['m1'],
    );
  });

  test('unlogged are mentions with a card whose thread misses a line, oldest line first', async (t) => {
    const stores = await furnished(open, t);
    const { mentions } = stores;
    for (const id of ['m1', 'm2', 'm3', 'quiet']) await store(stores, sampleMention({ id }));
    await step(stores, 'quiet', {});
    await mentions.recordCard('T1', 'quiet', { channelId: 'C1', ts: '1', version: 2 });
    const first = await step(stores, 'm1', OPENED, minutesAfter(1));
    const second = await step(stores, 'm1', {}, minutesAfter(5));
    const third = await step(stores, 'm2', OPENED, minutesAfter(3));
    await step(stores, 'm3', OPENED, minutesAfter(2));
    assert.deepEqual(await mentions.unlogged('T1', 10), []);
    await mentions.recordCard('T1', 'm1', { channelId: 'C1', ts: '1', version: 2 });
    await mentions.recordCard('T1', 'm2', { channelId: 'C1', ts: '2', version: 2 });
    assert.deepEqual(await mentions.unlogged('T1', 10), ['m1', 'm2']);
    assert.deepEqual(await mentions.unlogged('T1', 1), ['m1']);
    assert.deepEqual(await mentions.unlogged('T2', 10), []);
    await mentions.recordLine('T1', first, '1.1');
    assert.deepEqual(await mentions.unlogged('T1', 10), ['m2', 'm1']);
    await mentions.recordLine('T2', second, '1.2');
    await mentions.recordLine('T1', third, '2.1');
    assert.deepEqual(await mentions.unlogged('T1', 10), ['m1']);
    await mentions.recordLine('T1', second, '1.2');
    assert.deepEqual(await mentions.unlogged('T1', 10), []);
    assert.deepEqual(
      (await mentions.events('T1', 'm1')).map(({ logTs }) => logTs),
      ['1.1', '1.2'],
    );
  });
}

export function logContract(open: Open): void {
  test('every kind of event comes back as it was written, in order', async (t) => {
    const stores = await furnished(open, t);
    await store(stores, sampleMention({ id: 'm1' }));
    const bodies: EventBody[] = [
      { type: 'posted' },
      { type: 'claimed' },
      { type: 'assigned', to: 'U2' },
      { type: 'released' },
      { type: 'answered', url: 'https://forum.example/answer', note: 'an “apology”' },
      { type: 'verified', url: 'https://forum.example/answer', minutes: null },
      { type: 'dismissed', reason: 'already-solved', note: null },
      { type: 'reopened' },
      { type: 'snoozed', until: minutesAfter(60) },
      { type: 'snoozed', until: null },
      { type: 'escalated', level: 2, to: ['U1', 'S1'], note: 'please' },
      { type: 'edited' },
      { type: 'withdrawn' },
      { type: 'expired' },
    ];
    let mention = sampleMention({ id: 'm1' });
    const written = [];
    for (const body of bodies) {
      mention = { ...mention, version: mention.version + 1 };
      const event = sampleEvent(mention, { body, logTs: '9.9' });
      await stores.mentions.apply(mention, [event]);
      written.push(event);
    }
    assert.deepEqual(await stores.mentions.events('T1', 'm1'), written);
  });

  test('the log is newest first, and holds what passes all that the filter names', async (t) => {
    const stores = await furnished(open, t);
    await store(stores, sampleMention({ id: 'm1' }), sampleMention({ id: 'm2' }));
    const rows: [string, number, string, EventBody][] = [
      ['m1', 0, 'system', { type: 'posted' }],
      ['m2', 1, 'system', { type: 'posted' }],
      ['m1', 2, 'U1', { type: 'claimed' }],
      ['m2', 2, 'U2', { type: 'claimed' }],
      ['m1', 3, 'U1', { type: 'released' }],
    ];
    const ids: string[] = [];
    for (const [mentionId, minutes, actor, body] of rows) {
      const mention = (await stores.mentions.find('T1', mentionId))!;
      const next = { ...mention, version: mention.version + 1 };
      const event = sampleEvent(next, { at: minutesAfter(minutes), actor, body });
      await stores.mentions.apply(next, [event]);
      ids.push(event.id);
    }
    const log = async (filter: Parameters<typeof stores.mentions.log>[1], limit = 10) => {
      const events = await stores.mentions.log('T1', filter, limit);
      return events.map(({ id }) => ids.indexOf(id));
    };
    assert.deepEqual(await log({}), [4, 3, 2, 1, 0]);
    assert.deepEqual(await log({}, 2), [4, 3]);
    assert.deepEqual(await log({ from: minutesAfter(2) }), [4, 3, 2]);
    assert.deepEqual(await log({ to: minutesAfter(2) }), [1, 0]);
    assert.deepEqual(await log({ actor: 'U1' }), [4, 2]);
    assert.deepEqual(await log({ types: ['claimed', 'released'], to: minutesAfter(3) }), [3, 2]);
    assert.deepEqual(await log({ types: [] }), []);
    assert.deepEqual(await stores.mentions.log('T2', {}, 10), []);
  });
}
