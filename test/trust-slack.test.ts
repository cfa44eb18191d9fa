/** Every copy in Slack, looked through byte by byte. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { act } from '../src/flows/act/act.ts';
import { publishDigests } from '../src/flows/tell/digest.ts';
import { eraseExpired } from '../src/flows/forget/erase.ts';
import { forget } from '../src/flows/forget/forget.ts';
import { drain } from '../src/flows/tell/outbox.ts';
import { endPraise, passOnPraise } from '../src/flows/tell/praise.ts';
import { sweepSource } from '../src/flows/forget/sweep.ts';
import { authorHasher } from '../src/secret.ts';
import { reading } from './helpers/blocks.ts';
import { fakePlace } from './helpers/place.ts';
import { slackFlows, slackWorld, type SlackWorld } from './helpers/slack-world.ts';

const hash = authorHasher('a secret for tests, 32 characters long');
/** What they wrote and are called; words that stand nowhere else. */
const THEIRS = {
  author: 'vanishing_sample_handle',
  title: 'Vanishing sample title',
  text: 'Vanishing sample text that nobody else would write, still waiting.',
  url: 'https://forum.example/vanishing/sample-address',
  externalId: 'vanishing-sample-id',
};
const TRACE = /vanishing/iu;
const PATIENCE = 60;

async function told(t: TestContext) {
  const place = fakePlace();
  const it = await slackWorld(t, {
    sources: [place.source],
    settings: { digestTimes: ['16:00'], brandAccounts: ['feed:acme_care'] },
  });
  const flows = slackFlows(it, [place.source]);
  const verdict = {
    label: 'negative' as const,
    negativity: 0.93,
    reasons: ['vanishing sample reason'],
    severity: null,
    question: false,
    judged: true,
  };
  const authorHash = hash('feed', THEIRS.author);
  const { mention, ts } = await it.carded({ ...THEIRS, authorHash, verdict });
  const [quiet] = await it.found({
    ...{ ...THEIRS, authorHash, verdict },
    externalId: 'vanishing-sample-id-2',
    url: `${THEIRS.url}-2`,
    status: 'quiet',
  });
  return { it, place, flows, mention, quiet: quiet!, ts };
}

/** All that Slack holds: messages with their blocks and metadata, Homes, and what was uploaded. */
function slackHolds(it: SlackWorld): string {
  const { messages, homes } = it.slack;
  return JSON.stringify([[...messages.values()], [...homes.values()]]);
}

/** A card, its thread, a note, another channel, a digest and two Homes, each with something of theirs. */
async function everywhere(all: Awaited<ReturnType<typeof told>>): Promise<void> {
  const { it, flows, mention, ts } = all;
  const on = (command: object) =>
    act(it, {
      workspaceId: it.workspaceId,
      mentionId: mention.id,
      command: command as Parameters<typeof act>[1]['command'],
    });
  const note = `Who is @${THEIRS.author}? They say: "${THEIRS.text}" at ${THEIRS.url}`;
  await on({ type: 'escalate', actor: 'U1SAM', to: ['U2KIM'], channels: ['C2OPS'], note });
  await on({ type: 'claim', actor: 'U1SAM' });
  for (const userId of ['U1SAM', 'U2KIM']) {
    await it.slack.openHome(userId);
    await it.slack.until(
      `the Home of ${userId} is drawn`,
      () => it.slack.homes.get(userId) !== undefined,
      PATIENCE,
    );
  }
  await on({ type: 'answer', actor: 'U1SAM', url: `${THEIRS.url}#reply-1`, note });
  it.later(5 * 60);
  await publishDigests(flows, it.workspaceId);
  const holds = slackHolds(it);
  assert.match(reading(it.slack.homes.get('U1SAM')?.blocks), /Vanishing sample title/u);
  assert.match(holds, /"C2OPS"/u);
  assert.ok(it.thread(ts).some((line) => line.includes('[quotation]')));
  assert.ok(holds.split('anishing').length > 5, 'it is in many places');
}

function nothingLeft({ it }: Awaited<ReturnType<typeof told>>): void {
  assert.doesNotMatch(slackHolds(it), TRACE);
  assert.doesNotMatch(readFileSync(it.path).toString('latin1'), TRACE);
  assert.doesNotMatch(JSON.stringify(it.log.lines), TRACE);
}

test('whoever deletes their posts is in no card, thread, digest, Home, note or other channel any more', async (t) => {
  const all = await told(t);
  await everywhere(all);
  const { it, place, flows } = all;
  place.existence.set(THEIRS.externalId, 'gone');
  place.existence.set('vanishing-sample-id-2', 'gone');
  it.later(24 * 60);
  await sweepSource(flows, it.workspaceId, it.sourceId);
  it.later(6);
  const { withdrawn } = await sweepSource(flows, it.workspaceId, it.sourceId);
  assert.equal(withdrawn, 2);
  await publishDigests(flows, it.workspaceId);
  nothingLeft(all);
  await it.slack.openHome('U1SAM');
  await it.slack.until(
    'the Home is drawn again',
    () => reading(it.slack.homes.get('U1SAM')?.blocks).includes('unclaimed'),
    PATIENCE,
  );
  nothingLeft(all);
});

test('whoever objects is in none of these either, and what was kept long enough neither', async (t) => {
  const objecting = await told(t);
  await everywhere(objecting);
  const { it, flows } = objecting;
  const target = `@${THEIRS.author}`;
  const outcome = await forget(flows, { workspaceId: it.workspaceId, target, actor: 'U3ALEX' });
  assert.deepEqual(outcome, { ok: true, erased: 2, suppressed: true });
  await publishDigests(flows, it.workspaceId);
  nothingLeft(objecting);

  const old = await told(t);
  await everywhere(old);
  old.it.later(91 * 24 * 60);
  assert.equal(await eraseExpired(old.flows, old.it.workspaceId), 2);
  await publishDigests(old.flows, old.it.workspaceId);
  nothingLeft(old);
});

test('a Home that Slack does not take now is cleared at the next look, whoever looks', async (t) => {
  const all = await told(t);
  const { it, flows } = all;
  await it.slack.openHome('U1SAM');
  await it.slack.until(
    'the Home is drawn',
    () => TRACE.test(JSON.stringify([...it.slack.homes.values()])),
    PATIENCE,
  );
  const { notifier } = it;
  const unwell = { ok: false, outcome: 'later', cause: 'unwell', retryAfterSeconds: null } as const;
  it.notifier = { ...notifier, clearHome: async () => unwell };
  const target = `@${THEIRS.author}`;
  await forget(flows, { workspaceId: it.workspaceId, target, actor: 'U3ALEX' });
  assert.deepEqual(await it.stores.homeViews.stale(it.workspaceId), ['U1SAM']);
  it.notifier = notifier;
  await drain(it, it.workspaceId);
  assert.deepEqual(await it.stores.homeViews.stale(it.workspaceId), []);
  assert.doesNotMatch(JSON.stringify([...it.slack.homes.values()]), TRACE);
});

test('what people type of an author or paste of a post is kept in no note, in the log or in the thread', async (t) => {
  const { it, mention, ts } = await told(t);
  await it.slack.press('U1SAM', { message: ts }, 'Dismiss');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U1SAM'), PATIENCE);
  const value =
    'u/VANISHING_sample_handle rang from 07700 900123: “vanishing sample text that nobody ELSE would write”. Order 12.';
  await it.slack.submit('U1SAM', {
    reason: { type: 'radio_buttons', selected_option: { value: 'already-solved' } },
    note: { type: 'plain_text_input', value },
  });
  await it.slack.until(
    'the thread has the note',
    () => it.thread(ts).some((line) => line.startsWith('dismissed by Sam')),
    PATIENCE,
  );
  const kept = '[author] rang from [telephone number]: “[quotation]”. Order 12.';
  assert.ok(it.thread(ts).at(-1)?.includes(kept), it.thread(ts).at(-1));
  const events = await it.stores.mentions.events(it.workspaceId, mention.id);
  const last = events.at(-1);
  assert.ok(last?.type === 'dismissed');
  assert.equal(last.note, kept);
});

test('a message that told of praise goes when its author objects, and when its time is over', async (t) => {
  const { it, flows } = await told(t);
  await it.stores.workspaces.changeSettings(it.workspaceId, { praiseChannelId: 'C9PRAISE' });
  const source = (await it.stores.sources.find(it.workspaceId, it.sourceId))!;
  const praise = (author: string, number: number) =>
    passOnPraise(it, source, [
      {
        query: '"acme broadband"',
        url: `https://social.example/@${author}/${number}`,
        externalId: `praise-${number}`,
        authorHash: hash('feed', author),
      },
    ]);
  await praise(THEIRS.author, 1);
  await praise('sample_user_2', 2);
  const inChannel = () =>
    [...it.slack.messages.values()]
      .filter(({ channel }) => channel === 'C9PRAISE')
      .map(({ text }) => text);
  assert.equal(inChannel().length, 2);
  const target = `@${THEIRS.author}`;
  await forget(flows, { workspaceId: it.workspaceId, target, actor: 'U3ALEX' });
  assert.equal(inChannel().length, 1);
  assert.doesNotMatch(slackHolds(it), TRACE);
  assert.doesNotMatch(readFileSync(it.path).toString('latin1'), TRACE);
  it.later(29 * 24 * 60);
  await endPraise(it, it.workspaceId);
  assert.equal(inChannel().length, 1);
  it.later(2 * 24 * 60);
  await endPraise(it, it.workspaceId);
  assert.deepEqual(inChannel(), []);
});
