import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Post } from '../../../src/core/post.ts';
import { findAuthor, forget, heldAbout } from '../../../src/flows/forget/forget.ts';
import { createMatching } from '../../../src/flows/hear/matching.ts';
import { pollSource, type PollDeps } from '../../../src/flows/hear/poll.ts';
import { fakePlace } from '../../helpers/place.ts';
import { minutesAfter, sampleSource } from '../../helpers/samples.ts';
import { upkeepWorld, type UpkeepWorld } from '../../helpers/upkeep.ts';

const COMPLAINT = 'Acme Broadband is down again. Still waiting, nobody answers, this is awful.';

/** Three made-up places of three kinds, each with its silent baseline done. */
async function listening(it: UpkeepWorld) {
  const kinds = ['mastodon', 'hackernews', 'discourse'] as const;
  const places = kinds.map((kind) => {
    const place = fakePlace();
    place.source.kind = kind;
    return place;
  });
  const sources = places.map(({ source }) => source);
  const deps: PollDeps & UpkeepWorld['deps'] = {
    ...it.deps,
    stores: it.stores,
    sources,
    match: createMatching(),
    learned: it.learned,
    jitter: () => 1,
    notice: async () => {},
  };
  const records = kinds.map((kind) => sampleSource({ kind, nextPollAt: it.clock() }));
  for (const record of records) await it.stores.sources.add(record);
  const poll = async () => {
    for (const { id } of records) await pollSource(deps, it.workspaceId, id);
  };
  await poll();
  let made = 0;
  const say = (place: (typeof places)[number], over: Partial<Post> = {}) => {
    made += 1;
    place.posts.push({
      externalId: `said-${made}`,
      url: `https://${place.source.kind}.example/${made}`,
      author: 'sample_user',
      title: null,
      text: `${COMPLAINT} (sample ${made})`,
      publishedAt: minutesAfter(-1),
      editedAt: null,
      language: 'en',
      ...over,
    });
  };
  const stored = () => it.stores.mentions.list(it.workspaceId, {}, { order: 'oldest' });
  return { deps, places, poll, say, stored };
}

test('who objects is erased, and their next ten posts through three sources are never stored', async (t) => {
  const it = await upkeepWorld(t);
  const { deps, places, poll, say, stored } = await listening(it);
  for (const place of places) say(place);
  say(places[0]!, { author: 'sample_user_2' });
  await poll();
  assert.equal((await stored()).length, 4);

  const request = { workspaceId: it.workspaceId, target: '@Sample_User', actor: 'U3' };
  const outcome = await forget(deps, request);
  assert.deepEqual(outcome, { ok: true, erased: 3, suppressed: true });
  const texts = (await stored()).map(({ text, authorHash }) => [
    text !== null,
    authorHash !== null,
  ]);
  assert.equal(texts.filter(([text]) => text).length, 1, 'the other person stays');
  assert.equal(texts.filter(([, hash]) => hash).length, 1, 'not even a hash is left of them');

  for (let number = 0; number < 10; number += 1) {
    say(places[number % 3]!, { author: number % 2 === 0 ? 'sample_user' : '@SAMPLE_USER' });
    await poll();
  }
  say(places[1]!, { author: 'sample_user_2' });
  await poll();
  assert.equal((await stored()).length, 5, 'only what the other person wrote came in');
  assert.deepEqual(await forget(deps, request), { ok: true, erased: 0, suppressed: true });
});

test('an objection by the address of a post finds its author, in that kind of source alone', async (t) => {
  const it = await upkeepWorld(t);
  const { deps, places, poll, say, stored } = await listening(it);
  for (const place of places) say(place);
  await poll();
  const [first] = await stored();
  const target = `${first!.url}/?utm_source=mail`;
  const outcome = await forget(deps, { workspaceId: 'T1', target, actor: 'U3' });
  assert.deepEqual(outcome, { ok: true, erased: 1, suppressed: true });
  for (const place of places) say(place);
  await poll();
  const kinds = (await stored()).filter(({ text }) => text !== null);
  assert.deepEqual(kinds.map(({ sourceKind }) => sourceKind).sort(), [
    'discourse',
    'discourse',
    'hackernews',
    'hackernews',
  ]);
});

test('an objection holds for a name that holds contact data as well', async (t) => {
  const it = await upkeepWorld(t);
  const { deps, places, poll, say, stored } = await listening(it);
  const author = 'sample.user@mail.example';
  say(places[0]!, { author });
  await poll();
  const [first] = await stored();
  assert.notEqual(first!.author, author, 'the address itself is not kept');

  // Somebody objects while a poll is under way: after it looked who did, before it is committed.
  const { sources } = it.stores;
  const late = { ...sources, commitPoll };
  async function commitPoll(...poll: Parameters<typeof sources.commitPoll>) {
    await forget(deps, { workspaceId: 'T1', target: first!.url!, actor: 'U3' });
    return sources.commitPoll(...poll);
  }
  say(places[0]!, { author });
  const records = await sources.list('T1');
  const { id } = records.find(({ kind }) => kind === places[0]!.source.kind)!;
  await pollSource({ ...deps, stores: { ...deps.stores, sources: late } }, 'T1', id);
  say(places[0]!, { author });
  await poll();
  const texts = (await stored()).map(({ text }) => text);
  assert.deepEqual(texts, [null, null], 'neither what was stored before, nor under way, nor after');
});

test('a profile read through a feed is known by its address', async (t) => {
  const it = await upkeepWorld(t);
  const { deps, places, poll, say, stored } = await listening(it);
  const target = 'https://social.example/@sample_user';
  await forget(deps, { workspaceId: 'T1', target, actor: 'U3' });
  say(places[1]!, { author: 'A. Sample', url: `${target}/113` });
  say(places[0]!, { author: '@sample_user@social.example' });
  say(places[0]!, { author: '@sample_user@other.example' });
  await poll();
  const authors = (await stored()).map(({ author }) => author);
  assert.deepEqual(authors, ['@sample_user@other.example']);
});

test('places that the team never wants to hear are not heard', async (t) => {
  const it = await upkeepWorld(t, { neverHear: ['quiet.example'] });
  const { places, poll, say, stored } = await listening(it);
  say(places[0]!, { url: 'https://www.quiet.example/1' });
  say(places[0]!, { url: 'https://loud.example/1' });
  await poll();
  assert.deepEqual(
    (await stored()).map(({ url }) => url),
    ['https://loud.example/1'],
  );
});

test('what names nobody is refused with what to give instead', async (t) => {
  const it = await upkeepWorld(t);
  const found = await findAuthor(it.deps, {
    workspaceId: 'T1',
    target: 'https://forum.example/nobody-knows-this',
  });
  assert.ok(!found.ok);
  assert.match(found.message, /Give a handle/u);
});

test('the database remembers an objection without a name', async (t) => {
  const it = await upkeepWorld(t);
  await forget(it.deps, { workspaceId: 'T1', target: '@sample_user', actor: 'U3' });
  const hash = it.hash('*', 'sample_user');
  assert.deepEqual(await it.stores.suppressions.among('T1', [hash]), new Set([hash]));
  assert.doesNotMatch(JSON.stringify(it.log.lines), /sample_user/u);
});

test('everything held about one handle can be given out', async (t) => {
  const it = await upkeepWorld(t);
  const mention = await it.carded();
  await it.carded({ author: 'sample_user_2' });
  const rows = [];
  for await (const row of heldAbout(it.deps, { workspaceId: 'T1', target: 'sample_user' })) {
    rows.push(row);
  }
  assert.equal(rows.length, 2);
  assert.deepEqual([rows[0]?.['id'], rows[0]?.['text']], [mention.id, mention.text]);
  assert.equal((rows[0]?.['events'] as unknown[]).length, 1);
  assert.deepEqual(rows[1], { type: 'suppression', workspaceId: 'T1', suppressed: false });
});
