import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import type { Settings } from '../src/core/ports.ts';
import { publishDigests } from '../src/flows/tell/digest.ts';
import { eraseExpired } from '../src/flows/forget/erase.ts';
import { exportRows } from '../src/flows/report/export.ts';
import { forget } from '../src/flows/forget/forget.ts';
import { sweepSource } from '../src/flows/forget/sweep.ts';
import { verifyDue } from '../src/flows/answer/verify.ts';
import { authorHasher } from '../src/secret.ts';
import { buttonsIn, reading } from './helpers/blocks.ts';
import { fakePlace } from './helpers/place.ts';
import { slackFlows, slackWorld } from './helpers/slack-world.ts';

/** What they wrote and were called; words that stand nowhere else. */
const TRACES = {
  author: 'vanishing_sample_handle',
  title: 'Vanishing sample title',
  text: 'Vanishing sample text, still waiting',
  reason: 'vanishing sample reason',
  url: 'https://forum.example/vanishing/sample-address',
  externalId: 'vanishing-sample-id',
  followUp: 'Vanishing sample follow-up',
};
const ANSWER = 'https://forum.example/answers/77';

async function journey(t: TestContext, settings: Partial<Settings> = {}) {
  const place = fakePlace();
  const it = await slackWorld(t, {
    sources: [place.source],
    settings: { brandAccounts: ['feed:acme_care'], ...settings },
  });
  const hash = authorHasher('a secret for tests, 32 characters long');
  const flows = slackFlows(it, [place.source]);
  const { author, title, text, url, externalId } = TRACES;
  const { mention, ts } = await it.carded({
    ...{ author, title, url, externalId },
    text: `${text}. Nobody answers.`,
    authorHash: hash('feed', author),
    verdict: {
      label: 'negative',
      negativity: 0.93,
      reasons: [TRACES.reason],
      severity: 'outage',
      question: false,
      judged: true,
    },
  });
  const shows = (button: string) =>
    it.slack.until(`the card offers ${button}`, () =>
      buttonsIn(it.slack.messages.get(ts)?.blocks).includes(button),
    );
  const say = (who: string, words: string, address: string) => {
    const before = place.replies?.get(externalId) ?? [];
    const publishedAt = it.clock();
    const reply = { externalId: address, url: address, author: who, text: words, publishedAt };
    place.replies?.set(externalId, [...before, reply]);
  };
  /** Traces in any file of the database, and in any message that Slack holds. */
  const left = () => {
    const files = [it.path, `${it.path}-wal`, `${it.path}-shm`].filter((file) => existsSync(file));
    const bytes = Buffer.concat(files.map((file) => readFileSync(file)));
    const { messages, homes, modals } = it.slack;
    const slack = JSON.stringify([
      [...messages.values()],
      [...homes.values()],
      [...modals.values()],
    ]);
    return Object.entries(TRACES)
      .filter(([, trace]) => bytes.includes(trace) || slack.includes(trace))
      .map(([name]) => name);
  };
  return { it, place, flows, mention, ts, shows, say, left };
}

test('a digest that told of somebody who objects is drawn anew without them', async (t) => {
  const { it, flows, left } = await journey(t, { digestTimes: ['16:00'] });
  const quiet = { ...TRACES, authorHash: null, status: 'quiet' as const, title: null };
  await it.found({
    ...quiet,
    externalId: 'another-sample-id',
    text: `${TRACES.text}, in a digest`,
  });
  it.later(5 * 60);
  await publishDigests(flows, it.workspaceId);
  const inDigest = () =>
    [...it.slack.messages.values()].filter(({ blocks }) =>
      JSON.stringify(blocks).includes('in a digest'),
    ).length;
  assert.equal(inDigest(), 1);
  const target = `@${TRACES.author}`;
  await forget(flows, { workspaceId: it.workspaceId, target, actor: 'U3ALEX' });
  await publishDigests(flows, it.workspaceId);
  assert.equal(inDigest(), 0);
  assert.deepEqual(left(), []);
});

async function answered({ it, shows, say, ts, mention }: Awaited<ReturnType<typeof journey>>) {
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await shows('Log answer');
  it.later(9);
  say('acme_care', 'Sorry to hear that. An engineer comes today.', ANSWER);
  await it.slack.press('U1SAM', { message: ts }, 'Log answer');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U1SAM'));
  await it.slack.submit('U1SAM', { url: { type: 'url_text_input', value: ANSWER } });
  await it.slack.until('the thread says verified', () =>
    it.thread(ts).some((line) => /^answer verified at the source, 14 minutes after/u.test(line)),
  );
  const now = await it.now(mention.id);
  assert.deepEqual([now.status, now.answerUrl], ['answered', ANSWER]);
  assert.match(reading(it.slack.messages.get(ts)?.blocks), /verified at the source/u);
}

test('claimed, answered, verified, open again, and then deleted by its author: nothing is left of them, and the figures are', async (t) => {
  const all = await journey(t);
  const { it, place, flows, mention, ts, say, left } = all;
  assert.deepEqual(left(), ['author', 'title', 'text', 'reason', 'url', 'externalId']);
  await answered(all);
  it.later(60);
  say(TRACES.author, `${TRACES.followUp}: still no internet, this is useless.`, `${ANSWER}-2`);
  it.later(6 * 60);
  assert.deepEqual(await verifyDue(flows, it.workspaceId, 10), { reopened: 1 });
  assert.match(reading(it.slack.messages.get(ts)?.blocks), /says that it is not solved/u);
  assert.ok(left().includes('followUp'));

  place.existence.set(TRACES.externalId, 'gone');
  it.later(24 * 60);
  await sweepSource(flows, it.workspaceId, it.sourceId);
  it.later(6);
  await sweepSource(flows, it.workspaceId, it.sourceId);
  assert.equal((await it.now(mention.id)).status, 'withdrawn');
  assert.deepEqual(left(), []);
  assert.match(reading(it.slack.messages.get(ts)?.blocks), /Withdrawn by its author/u);
  assert.match(it.thread(ts).at(-1) ?? '', /withdrawn by its author/u);

  const rows = [];
  for await (const row of exportRows(it, it.workspaceId)) rows.push(row);
  assert.equal(rows.length, 1);
  assert.equal(rows[0]?.negativity, 0.93);
  assert.deepEqual(
    rows[0]?.events.map(({ type, by }) => [type, by]),
    [
      ['posted', 'system'],
      ['claimed', 'U1SAM'],
      ['answered', 'U1SAM'],
      ['verified', 'system'],
      ['reopened', 'system'],
      ['withdrawn', 'system'],
    ],
  );
});

test('text that was kept long enough is left nowhere', async (t) => {
  const all = await journey(t);
  const { it, flows, mention, left } = all;
  await answered(all);
  it.later(30 * 24 * 60 + 1);
  assert.equal(await eraseExpired(flows, it.workspaceId), 1);
  assert.deepEqual(left(), []);
  const now = await it.now(mention.id);
  assert.deepEqual([now.status, now.answeredBy, now.answerUrl], ['expired', 'U1SAM', ANSWER]);
});

test('an author who objects is left nowhere, not even by name', async (t) => {
  const { it, flows, ts, left } = await journey(t);
  const target = `@${TRACES.author}`;
  const outcome = await forget(flows, { workspaceId: it.workspaceId, target, actor: 'U3ALEX' });
  assert.deepEqual(outcome, { ok: true, erased: 1, suppressed: true });
  assert.deepEqual(left(), []);
  assert.match(it.thread(ts).at(-1) ?? '', /the author objects/u);
  assert.equal(await it.stores.suppressions.count(it.workspaceId), 1);
});
