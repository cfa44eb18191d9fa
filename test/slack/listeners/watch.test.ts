import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { FLOOD } from '../../../src/flows/set-up/consider.ts';
import { assertWithinLimits, buttonsIn, reading } from '../../helpers/blocks.ts';
import { fakePlace } from '../../helpers/place.ts';
import { samplePoll } from '../../helpers/samples.ts';
import { slackWorld, type SlackWorld } from '../../helpers/slack-world.ts';
import type { Ephemeral } from '../../helpers/slack-standin.ts';

const ANGRY = 'Acme Fibre is down again and nobody answers. Third day, this is awful.';
const ADVERT = 'Acme Fibre jobs: we are looking for a sample engineer.';

async function team(t: TestContext, posts: string[]) {
  const place = fakePlace();
  posts.forEach((text, n) => {
    place.posts.push({
      externalId: `p${n}`,
      url: `https://forum.example/${n}`,
      author: 'sample_user',
      title: null,
      text,
      publishedAt: null,
      editedAt: null,
      language: 'en',
    });
  });
  return slackWorld(t, { sources: [place.source] });
}

/** What is said after `before` messages that matches. */
async function said(it: SlackWorld, what: RegExp, before = 0): Promise<Ephemeral> {
  const find = () => it.slack.ephemerals.slice(before).find(({ text }) => what.test(text));
  await it.slack.until(String(what), () => find() !== undefined);
  const found = find()!;
  assertWithinLimits(found.blocks);
  return found;
}

const queries = async (it: SlackWorld) =>
  (await it.stores.keywords.list('T1')).map(({ query }) => query).sort();

test('a harmless query is saved at once and shows what it would have heard; Undo takes it back', async (t) => {
  const it = await team(t, [ANGRY, ADVERT, 'Beta Telecom is awful.']);
  await it.slack.command('U3ALEX', 'watch "acme fibre" -jobs');
  await said(it, /^Looking at 1 source …$/u);
  const seen = await said(it, /^Watching "acme fibre" -jobs$/u);
  const read = reading(seen.blocks);
  assert.match(read, /Of 3 posts that 1 source shows now: 1 card, .*, 1 left out by the query/u);
  assert.match(read, /A card · Negative 0\.\d\d: .*nobody answers/u);
  assert.match(read, /Left out by -jobs/u);
  assert.deepEqual(buttonsIn(seen.blocks), ['Adjust', 'Undo']);
  assert.deepEqual(await queries(it), ['"acme broadband"', '"acme fibre" -jobs']);
  await it.slack.press('U3ALEX', { ephemeral: seen }, 'Undo');
  await said(it, /^Undone: "acme fibre" -jobs/u);
  assert.deepEqual(await queries(it), ['"acme broadband"']);
});

test('a short word waits for a yes, and the better query is one click away', async (t) => {
  const it = await team(t, [ANGRY]);
  await it.slack.command('U3ALEX', 'watch BT');
  const seen = await said(it, /^Not saved yet: BT$/u);
  assert.deepEqual(buttonsIn(seen.blocks), ['Use this', 'Save', 'Adjust', 'Cancel']);
  assert.equal((await queries(it)).length, 1);
  await it.slack.press('U3ALEX', { ephemeral: seen }, 'Use this');
  const taken = await said(it, /^Watching bt near/iu);
  assert.ok(taken.replaces);
  assert.match((await queries(it))[1] ?? '', /^bt NEAR\/8 \(/iu);
});

test('Save saves what was doubtful, Cancel saves nothing', async (t) => {
  const it = await team(
    t,
    Array.from({ length: FLOOD }, (_, n) => `${ANGRY} (${n})`),
  );
  await it.slack.command('U3ALEX', 'watch "acme fibre"');
  const seen = await said(it, /^Not saved yet/u);
  assert.match(reading(seen.blocks), /20 would be cards/u);
  await it.slack.press('U3ALEX', { ephemeral: seen }, 'Cancel');
  await said(it, /^Nothing was saved\.$/u);
  assert.equal((await queries(it)).length, 1);
  await it.slack.press('U3ALEX', { ephemeral: seen }, 'Save');
  await said(it, /^Watching "acme fibre"$/u);
  assert.deepEqual(await queries(it), ['"acme broadband"', '"acme fibre"']);
});

test('Adjust compares what was with what would be, and Undo brings back what was', async (t) => {
  const it = await team(t, [ANGRY, ADVERT]);
  await it.slack.command('U3ALEX', 'watch "acme fibre"');
  const seen = await said(it, /^Watching/u);
  await it.slack.press('U3ALEX', { ephemeral: seen }, 'Adjust');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U3ALEX'));
  const before = it.slack.ephemerals.length;
  await it.slack.submit('U3ALEX', {
    query: { value: '"acme fibre" -down' },
    channel: { selected_conversation: null },
    post_threshold: { selected_option: { value: '0.8' } },
    digest_threshold: { selected_option: { value: '0.35' } },
  });
  const adjusted = await said(it, /^Watching "acme fibre" -down$/u, before);
  assert.match(reading(adjusted.blocks), /Before the change: 1 card/u);
  assert.match(reading(adjusted.blocks), /now: 0 cards/u);
  await it.slack.press('U3ALEX', { ephemeral: adjusted }, 'Undo');
  await said(it, /^Watching "acme fibre"$/u, before + 1);
  const keyword = (await it.stores.keywords.list('T1')).find(({ id }) => id !== it.keywordId);
  assert.deepEqual([keyword?.query, keyword?.postThreshold], ['"acme fibre"', 0.5]);
});

test('an unsaved query can be adjusted too, and is then saved as a new keyword', async (t) => {
  const it = await team(t, [ANGRY]);
  await it.slack.command('U3ALEX', 'watch BT');
  const seen = await said(it, /^Not saved yet/u);
  await it.slack.press('U3ALEX', { ephemeral: seen }, 'Adjust');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U3ALEX'));
  await it.slack.submit('U3ALEX', {
    query: { value: '"bt fibre"' },
    channel: { selected_conversation: null },
    post_threshold: { selected_option: { value: '0.5' } },
    digest_threshold: { selected_option: { value: '0.5' } },
  });
  await said(it, /^Watching "bt fibre"$/u);
  assert.deepEqual(await queries(it), ['"acme broadband"', '"bt fibre"']);
});

test('who may not manage can press none of it', async (t) => {
  const it = await team(t, [ANGRY]);
  await it.slack.command('U3ALEX', 'watch BT');
  const seen = await said(it, /^Not saved yet/u);
  for (const text of ['Save', 'Use this', 'Adjust']) {
    const before = it.slack.ephemerals.length;
    await it.slack.press('U1SAM', { ephemeral: seen }, text);
    await said(it, /admins, and the people that they name/u, before);
  }
  assert.equal((await queries(it)).length, 1);
});

test('Thresholds shows what each choice would have meant, to everybody', async (t) => {
  const it = await team(t, []);
  await it.found({ status: 'answered', answeredAt: it.clock() });
  const source = (await it.stores.sources.find('T1', it.sourceId))!;
  const counts = [{ keywordId: it.keywordId, step: 18, posts: 3 }];
  await it.stores.sources.commitPoll(samplePoll(source, [], { counts }));
  await it.slack.command('U1SAM', 'keywords');
  const list = await said(it, /^1 keyword$/u);
  await it.slack.press('U1SAM', { ephemeral: list }, 'Thresholds');
  const table = await said(it, /^"acme broadband": 3 judged posts in the last four weeks$/u);
  const read = reading(table.blocks);
  assert.match(read, /^0\.80 {2}█{12} {2}3 posts, 1 answered\n {6}only clear complaints$/mu);
  assert.match(read, /^0\.60 {2}█{12} {2}3 posts, 1 answered\n {6}cards from here now$/mu);
});
