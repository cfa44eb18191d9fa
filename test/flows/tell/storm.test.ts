import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mention } from '../../../src/core/mention.ts';
import type { Board } from '../../../src/core/ports.ts';
import type { Severity } from '../../../src/core/verdict.ts';
import { act } from '../../../src/flows/act/act.ts';
import { drain } from '../../../src/flows/tell/outbox.ts';
import { bringUp } from '../../../src/flows/tell/storm.ts';
import { world, type World } from '../../helpers/flows.ts';
import { sampleMention } from '../../helpers/samples.ts';

const THINGS = ['router', 'bill', 'engineer', 'refund', 'password', 'television', 'contract'];

/** Complaints that have little in common. */
function unlike(count: number, severity: Severity | null = null): Partial<Mention>[] {
  return Array.from({ length: count }, (_, at) => {
    const words = Array.from({ length: 12 }, (__, n) => THINGS[(at * 7 + n * n) % 7]! + at);
    const verdict = { ...sampleMention().verdict, severity };
    return { title: null, text: words.join(' '), verdict };
  });
}

function alike(count: number): Partial<Mention>[] {
  return Array.from({ length: count }, (_, at) => ({
    title: null,
    text: `Acme Broadband is down since six in the morning, nobody answers. Shared ${at}`,
  }));
}

function board<K extends Board['kind']>(it: World, kind: K): (Board & { kind: K }) | null {
  const found = [...it.channel.boards.values()].filter((one) => one.kind === kind);
  assert.ok(found.length <= 1, `${found.length} messages of one kind`);
  return (found[0] as (Board & { kind: K }) | undefined) ?? null;
}

const BURST = { burstCards: 10, stormFrom: 1000 };
const STORM = { burstCards: 10, stormFrom: 15 };

test('a channel gets ten cards in five minutes, and says how many wait until none does', async (t) => {
  const it = await world(t, BURST);
  await it.found(...unlike(23));
  await drain(it, it.workspaceId);
  await drain(it, it.workspaceId);
  assert.equal(it.channel.cards.size, 10);
  assert.equal(board(it, 'held')?.count, 13);
  it.later(5.1);
  await drain(it, it.workspaceId);
  assert.equal(it.channel.cards.size, 20);
  assert.equal(board(it, 'held')?.count, 3);
  it.later(5.1);
  await drain(it, it.workspaceId);
  assert.equal(it.channel.cards.size, 23);
  assert.equal(board(it, 'held'), null);
});

test('the worst do not wait behind the others', async (t) => {
  const it = await world(t, BURST);
  await it.found(...unlike(12));
  const [severe] = await it.found(...unlike(1, 'outage'));
  await drain(it, it.workspaceId);
  assert.equal(it.channel.cardsOf(severe!.id).length, 1);
});

test('the note of what is held is edited at most every half minute', async (t) => {
  const it = await world(t, BURST);
  await it.found(...unlike(11));
  await drain(it, it.workspaceId);
  await it.found(...unlike(1));
  await drain(it, it.workspaceId);
  assert.equal(board(it, 'held')?.count, 1);
  it.later(0.6);
  await drain(it, it.workspaceId);
  assert.equal(board(it, 'held')?.count, 2);
});

test('far more than usual is one storm card, behind which the single ones wait', async (t) => {
  const it = await world(t, STORM);
  await it.found(...unlike(20));
  await drain(it, it.workspaceId);
  const storm = board(it, 'storm');
  assert.equal(storm?.found, 20);
  assert.equal(storm.waiting, 20);
  assert.equal(storm.storm.reason, 'rate');
  assert.equal(storm.chart.at(-1), 20);
  assert.equal(it.channel.cards.size, 0);
  assert.equal(board(it, 'held'), null, 'the card of the storm says what waits');
});

test('the same complaint again and again is a storm, however much is usual', async (t) => {
  const it = await world(t, STORM);
  const earlier = new Date(it.clock().getTime() - 10 * 3600_000);
  await it.found(...unlike(200).map((one) => ({ ...one, foundAt: earlier })));
  await it.found(...alike(16));
  await drain(it, it.workspaceId);
  const storm = board(it, 'storm');
  assert.equal(storm?.storm.reason, 'alike');
  assert.ok(storm.words.includes('morning'));
});

test('who is in danger waits behind no storm', async (t) => {
  const it = await world(t, STORM);
  await it.found(...unlike(20));
  const urgent = await it.found(...unlike(1, 'safety'), ...unlike(1, 'vulnerable'));
  await drain(it, it.workspaceId);
  assert.deepEqual(
    [...it.channel.cards.values()].map(({ mentionId }) => mentionId).sort(),
    urgent.map(({ id }) => id).sort(),
  );
});

test('the next five come by severity and age, and two who ask at once get ten', async (t) => {
  const it = await world(t, STORM);
  await it.found(...unlike(14));
  it.later(1);
  const severe = await it.found(...unlike(5, 'money'));
  await drain(it, it.workspaceId);
  const [storm] = await it.stores.storms.since(it.workspaceId, it.clock());
  const first = await bringUp(it, { storm: storm!, actor: 'USAM', count: 5 });
  assert.equal(first, 5);
  for (const { id } of severe) {
    assert.deepEqual(it.channel.cardsOf(id)[0]?.lines, ['posted by USAM']);
  }
  const both = ['USAM', 'UKIM'].map((actor) => bringUp(it, { storm: storm!, actor, count: 5 }));
  assert.deepEqual(await Promise.all(both), [5, 5]);
  assert.equal(it.channel.cards.size, 15);
  assert.equal(board(it, 'storm')?.waiting, 4);
  assert.equal(await bringUp(it, { storm: storm!, actor: 'USAM', count: 5 }), 4);
  assert.equal(await bringUp(it, { storm: storm!, actor: 'USAM', count: 5 }), 0);
});

test('a storm ends by itself, says what it was, and lets the rest through', async (t) => {
  const it = await world(t, STORM);
  const found = await it.found(...unlike(20));
  await drain(it, it.workspaceId);
  const [storm] = await it.stores.storms.since(it.workspaceId, it.clock());
  await bringUp(it, { storm: storm!, actor: 'USAM', count: 5 });
  const url = 'https://forum.example/r';
  const [card] = [...it.channel.cards.values()];
  await act(it, {
    workspaceId: it.workspaceId,
    mentionId: card!.mentionId,
    command: { type: 'answer', actor: 'USAM', url, note: null },
  });
  it.later(45);
  await drain(it, it.workspaceId);
  const over = board(it, 'storm');
  assert.deepEqual(over?.storm.endedAt, it.clock());
  assert.equal(over?.answered, 1);
  for (let round = 0; round < 3; round += 1) {
    it.later(5.1);
    await drain(it, it.workspaceId);
  }
  assert.equal(it.channel.cards.size, found.length);
  assert.equal(board(it, 'storm')?.waiting, 0);
});

test('the card of a storm that somebody removed comes back while the storm lasts, and not after', async (t) => {
  const it = await world(t, STORM);
  await it.found(...unlike(20));
  const round = async (minutes: number) => {
    it.channel.boards.clear();
    await drain(it, it.workspaceId);
    it.later(minutes);
    await drain(it, it.workspaceId);
    it.later(1);
    await drain(it, it.workspaceId);
  };
  await drain(it, it.workspaceId);
  await it.found({});
  it.later(1);
  await round(1);
  assert.notEqual(board(it, 'storm'), null);
  await round(45);
  await round(1);
  assert.equal(board(it, 'storm'), null);
});

test('six hundred in two hours with restarts and outages of Slack: nothing is lost or doubled', async (t) => {
  const it = await world(t, STORM);
  const all: Mention[] = [];
  const down = { ok: false, outcome: 'later', cause: 'down', retryAfterSeconds: null } as const;
  for (let minute = 0; minute < 120; minute += 1) {
    all.push(...(await it.found(...unlike(5, minute % 10 === 0 ? 'outage' : null))));
    it.channel.trouble = minute % 9 === 4 ? down : null;
    await drain(it, it.workspaceId);
    const [storm] = await it.stores.storms.since(it.workspaceId, it.clock());
    if (storm !== undefined) await bringUp(it, { storm, actor: 'USAM', count: 5 });
    it.later(1);
  }
  it.channel.trouble = null;
  assert.equal(all.length, 600);
  for (let round = 0; round < 80; round += 1) {
    it.later(5.1);
    await drain(it, it.workspaceId);
  }
  const shown = [...it.channel.cards.values()].map(({ mentionId }) => mentionId);
  assert.equal(new Set(shown).size, 600);
  assert.equal(shown.length, 600);
  assert.equal(board(it, 'storm')?.found, 600);
  assert.equal(board(it, 'held'), null);
});

test('the end of a storm is said once at the end of the channel, whatever crashes', async (t) => {
  const it = await world(t, STORM);
  await it.found(...unlike(20));
  await drain(it, it.workspaceId);
  it.later(45);
  it.channel.afterPost = () => {
    throw new Error('the plug');
  };
  await assert.rejects(drain(it, it.workspaceId), /the plug/u);
  it.channel.afterPost = () => undefined;
  for (let round = 0; round < 3; round += 1) {
    await drain(it, it.workspaceId);
    it.later(1);
  }
  const over = board(it, 'storm-end');
  assert.deepEqual([over?.found, over?.waiting], [20, 20]);
});

test('what a storm left behind comes ten in five minutes, and what is new does not wait for it', async (t) => {
  const it = await world(t, { burstCards: 100, stormFrom: 40 });
  await it.found(...unlike(60));
  await drain(it, it.workspaceId);
  assert.equal(it.channel.cards.size, 0);
  it.later(45);
  await drain(it, it.workspaceId);
  assert.equal(it.channel.cards.size, 10);
  assert.equal(board(it, 'held')?.count, 50);
  it.later(1);
  const [fresh] = await it.found(...unlike(1));
  await drain(it, it.workspaceId);
  assert.equal(it.channel.cardsOf(fresh!.id).length, 1);
});
