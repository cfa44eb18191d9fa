import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardKey } from '../../src/core/ports.ts';
import { createOutbox, drain } from '../../src/flows/tell/outbox.ts';
import { buttonsIn, reading } from '../helpers/blocks.ts';
import { eventually } from '../helpers/eventually.ts';
import type { Fate } from '../helpers/slack-standin.ts';
import { slackWorld, type SlackWorld } from '../helpers/slack-world.ts';

/** What Slack may do for an hour. */
const WEATHER: Readonly<Record<string, Fate>> = {
  'asks to wait a quarter of an hour (429)': { retryAfter: 900 },
  'answers 500': { status: 500 },
  'answers ratelimited': { error: 'ratelimited', response_metadata: { retryAfter: 900 } },
  'answers fatal_error': { error: 'fatal_error' },
  'breaks off in the middle of every answer': 'half',
  'is silent': 'silence',
};

/** Cards of one mention that stand in the channel. */
function cardsOf(it: SlackWorld, id: string) {
  return [...it.slack.messages.values()].filter(
    ({ threadTs, metadata }) => threadTs === null && JSON.stringify(metadata).includes(id),
  );
}

for (const [what, fate] of Object.entries(WEATHER)) {
  test(`when Slack ${what} for an hour, all comes out once afterwards, clicks too`, async (t) => {
    const it = await slackWorld(t, { timeoutMs: 1000 });
    for (const method of ['history', 'replies']) it.slack.unknown.delete(`conversations.${method}`);
    const { mention, ts } = await it.carded();
    await it.slack.press('U1SAM', { message: ts }, 'Claim');
    await it.slack.until('Sam has it', () => it.thread(ts).includes('claimed by Sam'));

    it.slack.weather = fate;
    const found = await it.found({}, {}, {});
    await it.slack.press('U1SAM', { message: ts }, 'Release');
    for (let minutes = 0; minutes < 60; minutes += 20) {
      await drain(it, it.workspaceId);
      it.later(20);
    }
    await eventually('the click counts', async () => (await it.now(mention.id)).status === 'open');
    if (fate !== 'half') for (const { id } of found) assert.equal(cardsOf(it, id).length, 0);

    it.slack.weather = null;
    const { mentions } = it.stores;
    await eventually('all is out', async () => {
      // What was under way in the bad weather ends in it, and needs one more round.
      it.later(1);
      await drain(it, it.workspaceId);
      const left = await Promise.all([
        mentions.stale(it.workspaceId, 10),
        mentions.waiting(it.workspaceId, 10),
        mentions.unlogged(it.workspaceId, 10),
      ]);
      return left.every((rows) => rows.length === 0);
    });
    for (const { id } of found) {
      const [card, ...more] = cardsOf(it, id);
      assert.ok(card !== undefined && more.length === 0, `${1 + more.length} cards`);
      assert.equal(it.thread(card.ts).length, 1, 'one line under it');
    }
    const shown = buttonsIn(it.slack.messages.get(ts)?.blocks);
    assert.deepEqual(shown, ['Claim', 'Open post', 'Dismiss']);
    const lines = it.thread(ts).slice(-2);
    assert.ok(/^claimed by Sam$/u.test(lines[0] ?? '') && /^released by Sam/u.test(lines[1] ?? ''));
    const errors = it.log.lines.filter(({ level }) => level === 'error');
    assert.deepEqual(errors, [], 'nothing that a person must see to');
  });
}

/** What the outbox does in so many minutes, at a look a minute, by one process. */
async function pass(
  it: SlackWorld,
  outbox: (workspaceId: string) => Promise<void>,
  minutes: number,
) {
  for (let minute = 0; minute < minutes; minute += 1) {
    await outbox(it.workspaceId);
    it.later(1);
  }
}

test('a Slack that takes messages and breaks off every answer for an hour, and lets nobody look, gets each card twice at most, and the spare one goes at the next touch', async (t) => {
  const it = await slackWorld(t);
  const outbox = createOutbox(it);
  const { ts: known } = await it.carded();
  const found = await it.found({}, {}, {});
  it.slack.weather = 'half';
  await pass(it, outbox, 60);
  const inTheHour = [...it.slack.messages.values()].filter(
    ({ ts, threadTs }) => threadTs === null && ts !== known,
  );
  assert.equal(inTheHour.length, 1, 'nothing more is given to a Slack that does not answer');

  it.slack.weather = null;
  await pass(it, outbox, 5);
  const copies = found.map(({ id }) => cardsOf(it, id).length);
  assert.deepEqual(copies.sort(), [1, 1, 2]);
  const doubled = found.find(({ id }) => cardsOf(it, id).length === 2)!;
  const recorded = (await it.now(doubled.id)).cardTs;
  const spare = cardsOf(it, doubled.id).find(({ ts }) => ts !== recorded)!;
  await it.slack.press('U1SAM', { message: spare.ts }, 'Claim');
  await it.slack.until('the spare one is gone', () => cardsOf(it, doubled.id).length === 1);
  await eventually('the click counts', async () => (await it.now(doubled.id)).status === 'claimed');
});

test('where only the answers to messages break off, few are sent in an hour, then they stand still and say so, and a person lets them be tried anew', async (t) => {
  const it = await slackWorld(t);
  const outbox = createOutbox(it);
  const [mention] = await it.found({});
  it.slack.weatherOf.set('chat.postMessage', 'half');
  await pass(it, outbox, 60);
  assert.equal(cardsOf(it, mention!.id).length, 3, 'at once, after 2 minutes, and after 10 more');
  await pass(it, outbox, 3 * 60);
  assert.equal(cardsOf(it, mention!.id).length, 4, 'and a last one, however long it lasts');

  await it.slack.command('U1SAM', 'status');
  await it.slack.until('the status is told', () => it.slack.ephemerals.length > 0);
  const [status] = it.slack.ephemerals;
  assert.match(reading(status!.blocks), /1 message stands still.*breaks off/u);
  it.slack.weatherOf.clear();
  await it.slack.press('U1SAM', { ephemeral: status! }, 'Try again');
  await eventually('it may be tried', async () => {
    return (await it.stores.postings.stuck(it.workspaceId)).length === 0;
  });
  await outbox(it.workspaceId);
  await eventually('it is there', async () => (await it.now(mention!.id)).cardTs !== null);
  assert.deepEqual(await it.stores.postings.stuck(it.workspaceId), []);
  assert.equal(cardsOf(it, mention!.id).length, 5);
});

test('of many cards that Slack breaks off, few are sent in an hour, and all are there once afterwards, but for those', async (t) => {
  const it = await slackWorld(t);
  const outbox = createOutbox(it);
  const found = await it.found(...Array.from({ length: 40 }, () => ({})));
  it.slack.weatherOf.set('chat.postMessage', 'half');
  await pass(it, outbox, 60);
  const inTheHour = it.slack.messages.size;
  assert.ok(inTheHour <= 12, `${inTheHour} messages`);
  it.slack.weatherOf.clear();
  await pass(it, outbox, 120);
  const standing = found.flatMap(({ id }) => cardsOf(it, id));
  assert.ok(standing.length <= found.length + inTheHour, `${standing.length} cards`);
  for (const { id } of found) assert.notEqual((await it.now(id)).cardTs, null);
});

test('a process that died while it sent a card keeps no other card waiting', async (t) => {
  const it = await slackWorld(t);
  const [first, second] = await it.found({}, {});
  const posting = { workspaceId: it.workspaceId, key: cardKey(first!.id) };
  await it.stores.postings.take(posting, 'a process that died', it.clock(), it.clock());
  await drain(it, it.workspaceId);
  assert.deepEqual([cardsOf(it, first!.id).length, cardsOf(it, second!.id).length], [0, 1]);
});
