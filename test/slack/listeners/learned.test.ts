import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertWithinLimits, buttonsIn, reading } from '../../helpers/blocks.ts';
import { slackWorld, type SlackWorld } from '../../helpers/slack-world.ts';
import type { Ephemeral } from '../../helpers/slack-standin.ts';

const CARTOON = 'The Acme Broadband truck from the Gremlin cartoon is awful, I hate that episode.';
const JINGLE = 'My sample cat hates the Acme Broadband jingle and hides every time it plays.';

async function said(it: SlackWorld, what: RegExp, before = 0): Promise<Ephemeral> {
  const find = () => it.slack.ephemerals.slice(before).find(({ text }) => what.test(text));
  await it.slack.until(String(what), () => find() !== undefined);
  assertWithinLimits(find()!.blocks);
  return find()!;
}

async function lessons(it: SlackWorld): Promise<string[]> {
  return (await it.stores.lessons.list('T1')).map((lesson) => lesson.said);
}

test('Not negative teaches, says so to the one who pressed, and can be taken back', async (t) => {
  const it = await slackWorld(t);
  const { ts } = await it.carded({ title: null, text: CARTOON });
  await it.slack.press('U1SAM', { message: ts }, 'Not negative');
  const note = await said(it, /count less from now on/u);
  assert.equal(note.userId, 'U1SAM');
  assert.deepEqual(await lessons(it), ['not-negative']);
  await it.slack.press('U1SAM', { ephemeral: note }, 'Undo');
  await said(it, /^Taken back/u);
  assert.deepEqual(await lessons(it), []);
});

test('Not about us proposes a word with its effect, and one click leaves it out', async (t) => {
  const it = await slackWorld(t);
  const { ts } = await it.carded({ title: null, text: CARTOON });
  await it.slack.press('U3ALEX', { message: ts }, 'Dismiss');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U3ALEX'));
  await it.slack.submit('U3ALEX', {
    reason: { selected_option: { value: 'not-about-us' } },
    note: { value: null },
  });
  const note = await said(it, /count less from now on/u);
  assert.match(reading(note.blocks), /Leave out posts with “gremlin” altogether\?/u);
  assert.match(reading(note.blocks), /Of 1 mention of the last four weeks .* left out 1; none/u);
  assert.deepEqual(buttonsIn(note.blocks), ['Exclude it', 'Undo', 'Close']);
  await it.slack.press('U3ALEX', { ephemeral: note }, 'Exclude it');
  const done = await said(it, /^Now watching/u);
  assert.equal((await it.stores.keywords.list('T1'))[0]?.query, '"acme broadband" -gremlin');
  await it.slack.press('U3ALEX', { ephemeral: done }, 'Undo');
  await said(it, /^Watching "acme broadband"$/u);
  assert.equal((await it.stores.keywords.list('T1'))[0]?.query, '"acme broadband"');
});

test('who may not manage cannot change the keyword by excluding a word', async (t) => {
  const it = await slackWorld(t);
  const { ts } = await it.carded({ title: null, text: CARTOON });
  await it.slack.press('U1SAM', { message: ts }, 'Dismiss');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U1SAM'));
  const reason = { selected_option: { value: 'not-about-us' } };
  await it.slack.submit('U1SAM', { reason, note: { value: null } });
  const note = await said(it, /count less from now on/u);
  await it.slack.press('U1SAM', { ephemeral: note }, 'Exclude it');
  await said(it, /admins, and the people that they name/u);
  assert.equal((await it.stores.keywords.list('T1'))[0]?.query, '"acme broadband"');
});

test('learned lists counts, who and when, never texts; Undo draws the list anew', async (t) => {
  const it = await slackWorld(t);
  await it.slack.command('U1SAM', 'learned');
  await said(it, /^Nothing was learned yet/u);
  const { ts } = await it.carded({ title: null, text: CARTOON });
  await it.slack.press('U1SAM', { message: ts }, 'Not negative');
  await said(it, /count less/u);
  await it.slack.command('U2KIM', 'learned');
  const list = await said(it, /^1 lesson: 1 not negative/u);
  assert.match(reading(list.blocks), /Not negative · by Sam · .* · "acme broadband" · .*card/u);
  assert.doesNotMatch(JSON.stringify(list.blocks), /cartoon|gremlin/iu);
  const before = it.slack.ephemerals.length;
  await it.slack.press('U2KIM', { ephemeral: list }, 'Undo');
  await said(it, /admins/u, before);
  await it.slack.press('U3ALEX', { ephemeral: list }, 'Undo');
  assert.ok((await said(it, /^Nothing was learned yet/u, before)).replaces);
});

test('It is negative in the digest gives a card and teaches', async (t) => {
  const it = await slackWorld(t);
  const text = 'Acme Broadband sent the sample technician on the wrong Tuesday.';
  const verdict = {
    label: 'neutral' as const,
    negativity: 0.36,
    reasons: [],
    severity: null,
    question: false,
    judged: true,
  };
  const [mention] = await it.found({ status: 'quiet', title: null, text, verdict });
  await it.slack.command('U1SAM', 'digest');
  const list = await said(it, /^1 to 1 of 1/u);
  await it.slack.press('U1SAM', { ephemeral: list }, 'It is negative');
  await said(it, /count more from now on/u);
  assert.deepEqual(await lessons(it), ['negative']);
  assert.equal((await it.now(mention!.id)).status, 'open');
});

test('a text that is tried can be corrected, and shows what the corrections changed', async (t) => {
  const it = await slackWorld(t);
  await it.slack.command('U3ALEX', `try ${JINGLE}`);
  const trial = await said(it, /^It would be/u);
  assert.match(reading(trial.blocks), /found: Acme Broadband/u);
  assert.match(reading(trial.blocks), /· English$/mu);
  await it.slack.press('U3ALEX', { ephemeral: trial }, 'Not negative');
  await said(it, /count less from now on/u);
  const before = it.slack.ephemerals.length;
  await it.slack.command('U3ALEX', `try ${JINGLE}`);
  const again = await said(it, /^It (?:would|matches)/u, before);
  assert.match(reading(again.blocks), /Your corrections moved it from 0\.\d\d to 0\.\d\d/u);
  await it.slack.press('U3ALEX', { ephemeral: again }, 'It is negative');
  await said(it, /count more from now on/u, before);
  assert.deepEqual(await lessons(it), ['negative'], 'the same text has one lesson');
});

test('an answer agrees with the verdict: it teaches, and nobody is told', async (t) => {
  const it = await slackWorld(t);
  const { ts } = await it.carded();
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await it.slack.until('claimed', () =>
    buttonsIn(it.slack.messages.get(ts)?.blocks).includes('Log answer'),
  );
  await it.slack.press('U1SAM', { message: ts }, 'Log answer');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U1SAM'));
  await it.slack.submit('U1SAM', {
    url: { value: 'https://forum.example/answer' },
    note: { value: null },
  });
  await it.app.stop();
  assert.deepEqual(await lessons(it), ['answered']);
  assert.deepEqual(it.slack.ephemerals, []);
});
