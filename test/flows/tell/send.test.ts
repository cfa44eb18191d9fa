import assert from 'node:assert/strict';
import { test } from 'node:test';
import { change } from '../../../src/flows/change.ts';
import { publishDigests } from '../../../src/flows/tell/digest.ts';
import { drain } from '../../../src/flows/tell/outbox.ts';
import { createSerially } from '../../../src/flows/tell/publish.ts';
import { sendOnce } from '../../../src/flows/tell/send.ts';
import { samplePolicy, unclaimed } from '../../helpers/escalation-samples.ts';
import { escalateDue } from '../../../src/flows/act/escalate.ts';
import { world, type World } from '../../helpers/flows.ts';
import { sampleMention } from '../../helpers/samples.ts';

/** From now on the process dies right after Slack took something, and the next one takes over. */
function pullPlug(it: World): void {
  it.channel.afterPost = () => {
    throw new Error('the plug');
  };
}

function startAgain(it: World): void {
  it.channel.afterPost = () => undefined;
  it.serially = createSerially();
}

async function dies(work: Promise<unknown>): Promise<void> {
  await assert.rejects(work, /the plug/u);
}

const STORM = { burstCards: 5, stormFrom: 10 };
const unlike = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ title: null, text: `sample complaint ${at ** 5}` }));

test('a card that Slack took just before a crash is found again, and not posted twice', async (t) => {
  const it = await world(t);
  const [mention] = await it.found({});
  pullPlug(it);
  await dies(drain(it, 'T1'));
  startAgain(it);
  await drain(it, 'T1');
  assert.deepEqual(
    it.channel.cardsOf(mention!.id).map(({ lines }) => lines),
    [['posted by system']],
  );
});

test('a card that changed while nobody knew of it shows the change', async (t) => {
  const it = await world(t);
  const [mention] = await it.found({});
  pullPlug(it);
  await dies(drain(it, 'T1'));
  startAgain(it);
  await change(it, 'T1', mention!.id, { type: 'claim', actor: 'USAM' });
  await drain(it, 'T1');
  const [card, ...others] = it.channel.cardsOf(mention!.id);
  assert.deepEqual([card?.status, others.length], ['claimed', 0]);
});

test('a line, its ping and its pointer come once, wherever the process dies', async (t) => {
  const it = await world(t);
  const tell = [
    { kind: 'person', id: 'UKIM' },
    { kind: 'channel', id: 'C2OPS' },
  ] as const;
  await it.stores.policies.save(
    samplePolicy({ servesRest: true, steps: [unclaimed(15, ...tell)] }),
  );
  const [mention] = await it.found({});
  await drain(it, 'T1');
  it.later(15);
  pullPlug(it);
  await dies(escalateDue(it, 'T1'));
  startAgain(it);
  pullPlug(it);
  await dies(drain(it, 'T1'));
  startAgain(it);
  await drain(it, 'T1');
  assert.equal(it.channel.notices.filter((one) => one.startsWith('C2OPS')).length, 1);
  const [card] = it.channel.cardsOf(mention!.id);
  assert.deepEqual(card?.lines, ['posted by system', 'escalated by system']);
});

test('a digest comes once, and is filled when the process is back', async (t) => {
  const it = await world(t, { digestTimes: ['12:30'], timeZone: 'UTC' });
  await it.found({ status: 'quiet' });
  it.later(60);
  pullPlug(it);
  await dies(publishDigests(it, 'T1'));
  const [heading] = [...it.channel.boards.values()];
  assert.deepEqual(heading?.kind === 'digest' && heading.rows, [], 'only a heading so far');
  startAgain(it);
  await publishDigests(it, 'T1');
  await publishDigests(it, 'T1');
  const [digest, ...others] = [...it.channel.boards.values()];
  assert.equal(digest?.kind === 'digest' && digest.rows.length, 1);
  assert.deepEqual(others, []);
});

test('the card of a storm and the note of what is held come once', async (t) => {
  for (const settings of [STORM, { burstCards: 5, stormFrom: 1000 }]) {
    const it = await world(t, settings);
    await it.found(...unlike(12));
    await it.found({ status: 'quiet' });
    for (let round = 0; round < 40; round += 1) {
      startAgain(it);
      pullPlug(it);
      await drain(it, 'T1').catch(() => undefined);
    }
    startAgain(it);
    await drain(it, 'T1');
    assert.equal(it.channel.boards.size, 1);
    it.later(1);
    await drain(it, 'T1');
    const [board] = [...it.channel.boards.values()];
    const counted = board?.kind === 'storm' ? board.waiting : board?.kind === 'held' && board.count;
    assert.equal(counted, settings === STORM ? 12 : 7);
  }
});

test('a storm card that was removed by hand comes back, though it is known to have been sent', async (t) => {
  const it = await world(t, STORM);
  await it.found(...unlike(12));
  await drain(it, 'T1');
  it.channel.boards.clear();
  await it.found({});
  for (let round = 0; round < 2; round += 1) {
    it.later(1);
    await drain(it, 'T1');
  }
  assert.equal(it.channel.boards.size, 1);
});

test('of two machines that drain at once, each message is sent by one', async (t) => {
  const it = await world(t, STORM);
  const other: World = { ...it, holder: 'another process', serially: createSerially() };
  const found = await it.found(...unlike(12), ...unlike(3).map((one) => ({ ...one, ...URGENT })));
  for (let round = 0; round < 4; round += 1) {
    await Promise.all([drain(it, 'T1'), drain(other, 'T1')]);
  }
  assert.equal(it.channel.boards.size, 1, 'one storm, one card');
  assert.equal((await it.stores.storms.since('T1', it.clock())).length, 1);
  for (const { id } of found.slice(12)) {
    assert.deepEqual(
      it.channel.cardsOf(id).map(({ lines }) => lines),
      [['posted by system']],
    );
  }
});

const URGENT = { verdict: { ...sampleMention().verdict, severity: 'safety' as const } };

test('what another machine is at is left to it for a minute, and then looked for', async (t) => {
  const it = await world(t);
  const posting = { workspaceId: 'T1', key: 'line e1', channelId: 'C1', threadTs: '1.1' };
  const died = () => Promise.reject(new Error('the plug'));
  await dies(sendOnce({ ...it, holder: 'another process' }, posting, died));
  const post = async () => ({ ok: true, ts: '2.2' }) as const;
  const early = await sendOnce(it, posting, post);
  assert.equal(!early.ok && early.outcome, 'later');
  it.later(1.1);
  assert.deepEqual(await sendOnce(it, posting, post), { ok: true, ts: '2.2', isOld: false });
  await it.stores.postings.sent(posting, '2.2');
  assert.deepEqual(await sendOnce(it, posting, died), { ok: true, ts: '2.2', isOld: true });
});

test('while Slack is unwell nothing uncertain is sent again', async (t) => {
  const it = await world(t);
  const [mention] = await it.found({});
  pullPlug(it);
  await dies(drain(it, 'T1'));
  startAgain(it);
  it.channel.trouble = { ok: false, outcome: 'later', cause: 'down', retryAfterSeconds: null };
  await drain(it, 'T1');
  it.channel.trouble = null;
  await drain(it, 'T1');
  assert.equal(it.channel.cardsOf(mention!.id).length, 1);
});
