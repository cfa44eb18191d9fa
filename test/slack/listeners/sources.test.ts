import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertWithinLimits, buttonsIn, reading } from '../../helpers/blocks.ts';
import { fakePlace, type FakePlace } from '../../helpers/place.ts';
import { minutesAfter } from '../../helpers/samples.ts';
import { slackWorld, type SlackWorld } from '../../helpers/slack-world.ts';
import type { Ephemeral } from '../../helpers/slack-standin.ts';

async function said(it: SlackWorld, what: RegExp): Promise<Ephemeral> {
  const find = () => it.slack.ephemerals.find(({ text }) => what.test(text));
  await it.slack.until(String(what), () => find() !== undefined);
  assertWithinLimits(find()!.blocks);
  return find()!;
}

const count = async (it: SlackWorld) => (await it.stores.sources.list('T1')).length;

function say(place: FakePlace, text: string): void {
  place.posts.push({
    externalId: text,
    url: null,
    author: null,
    title: null,
    text,
    publishedAt: minutesAfter(-5),
    editedAt: null,
    language: null,
  });
}

test('a source is added at once with Keep and Remove, and says how it is listened to', async (t) => {
  const place = fakePlace();
  say(place, 'A sample post');
  const it = await slackWorld(t, { sources: [place.source] });
  await it.slack.command('U3ALEX', 'source add https://forum.example/feed');
  const note = await said(it, /^Listening to forum\.example/u);
  assert.match(reading(note.blocks), /A made-up place · looked at every 5 minutes/u);
  assert.match(reading(note.blocks), /A sample post/u);
  assert.deepEqual(buttonsIn(note.blocks), ['Keep', 'Remove']);
  assert.equal(await count(it), 2);
  await it.slack.press('U3ALEX', { ephemeral: note }, 'Keep');
  const kept = await said(it, /See all: \/earshot sources$/u);
  assert.ok(kept.replaces);
  await it.slack.press('U3ALEX', { ephemeral: note }, 'Remove');
  await said(it, /^Removed\./u);
  assert.equal(await count(it), 1);
});

test('what is doubtful is asked about first: Cancel leaves it, Add adds it', async (t) => {
  const place = fakePlace();
  const it = await slackWorld(t, { sources: [place.source] });
  await it.slack.command('U3ALEX', 'source add https://forum.example/feed');
  const note = await said(it, /^Listen to forum\.example\?$/u);
  assert.match(reading(note.blocks), /Nothing can be heard there at the moment/u);
  assert.deepEqual(buttonsIn(note.blocks), ['Add', 'Cancel']);
  assert.equal(await count(it), 1);
  await it.slack.press('U3ALEX', { ephemeral: note }, 'Cancel');
  await said(it, /was not added\.$/u);
  await it.slack.press('U1SAM', { ephemeral: note }, 'Add');
  await said(it, /admins, and the people that they name/u);
  assert.equal(await count(it), 1);
  await it.slack.press('U3ALEX', { ephemeral: note }, 'Add');
  const added = await said(it, /^Listening to forum\.example$/u);
  assert.deepEqual(buttonsIn(added.blocks), ['Keep', 'Remove']);
  assert.equal(await count(it), 2);
});

test('where posts cost something, the list says how much of the month’s budget was read', async (t) => {
  const it = await slackWorld(t, { sources: [fakePlace().source] });
  const month = { kind: 'feed', month: '2026-11', most: 10_000, spare: 0 };
  await it.stores.budgets.take({ ...month, wanted: 4200, least: 1 });
  await it.slack.command('U3ALEX', 'sources');
  const list = await said(it, /^1 source$/u);
  assert.match(reading(list.blocks), /4,200 of November’s 10,000 posts read/u);
});

test('a source that fails says why, since when, and when it is tried again', async (t) => {
  const it = await slackWorld(t, { sources: [fakePlace().source] });
  const [source] = await it.stores.sources.list('T1');
  const message = 'answers with a web page instead of a feed; it may want a login';
  await it.stores.sources.commitFailure({
    workspaceId: 'T1',
    sourceId: source!.id,
    at: minutesAfter(0),
    nextPollAt: minutesAfter(60),
    failure: { kind: 'malformed', cause: 'HTML', message },
  });
  await it.slack.command('U3ALEX', 'sources');
  const list = await said(it, /^1 source$/u);
  assert.match(reading(list.blocks), /web page instead of a feed[^]*since [^]*next try .*13:00/u);
});
