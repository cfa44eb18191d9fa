/** What is promised to people, kept at real sources that read stand-ins over real HTTP. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import type { Source } from '../src/core/source.ts';
import { change } from '../src/flows/change.ts';
import { checkAnswer } from '../src/flows/answer/check-answer.ts';
import { forget, heldAbout } from '../src/flows/forget/forget.ts';
import { createMatching } from '../src/flows/hear/matching.ts';
import { pollSource, type PollDeps } from '../src/flows/hear/poll.ts';
import { sweepSource } from '../src/flows/forget/sweep.ts';
import { verifyDue } from '../src/flows/answer/verify.ts';
import { appStore } from '../src/sources/appstore.ts';
import { discourse } from '../src/sources/discourse.ts';
import { googlePlay } from '../src/sources/googleplay.ts';
import { hackerNews } from '../src/sources/hackernews.ts';
import { createHttp } from '../src/sources/http.ts';
import { lemmy } from '../src/sources/lemmy.ts';
import { mastodon } from '../src/sources/mastodon.ts';
import { trustpilot } from '../src/sources/trustpilot.ts';
import { sampleSource } from './helpers/samples.ts';
import { upkeepWorld, type UpkeepWorld } from './helpers/upkeep.ts';
import { appStoreOn } from './stand-ins/appstore.ts';
import { discourseOn } from './stand-ins/discourse.ts';
import { googlePlayOn, PACKAGE } from './stand-ins/googleplay.ts';
import { hackerNewsOn } from './stand-ins/hackernews.ts';
import { lemmyOn } from './stand-ins/lemmy.ts';
import { mastodonOn } from './stand-ins/mastodon.ts';
import { startPlace, type Place } from './stand-ins/place.ts';
import { trustpilotOn } from './stand-ins/trustpilot.ts';

const COMPLAINT = 'Acme Broadband is down again. Still waiting, nobody answers, this is awful.';

interface Heard {
  source: Source;
  address: string;
}

/** A workspace that listens to stand-ins, each on a server of its own, with its baseline done. */
async function listening(t: TestContext, places: readonly Place[], heard: readonly Heard[]) {
  const it = await upkeepWorld(t);
  const http = createHttp({
    contact: null,
    version: '0',
    privateHosts: places.map(({ web }) => web.host),
    pause: () => 0,
    limits: { seconds: 20 },
    clock: it.clock,
  });
  t.after(() => http.close());
  const deps: PollDeps & UpkeepWorld['deps'] = {
    ...it.deps,
    stores: it.stores,
    sources: heard.map(({ source }) => source),
    http,
    sourceSettings: Object.assign({}, ...places.map(({ settings }) => settings)) as Record<
      string,
      string
    >,
    timeoutSeconds: 30,
    match: createMatching(),
    learned: it.learned,
    jitter: () => 1,
    notice: async () => {},
  };
  const records = heard.map(({ source, address }) =>
    sampleSource({ kind: source.kind, address, nextPollAt: it.clock() }),
  );
  for (const record of records) await it.stores.sources.add(record);
  const poll = async () => {
    for (const { id, label } of records) {
      const report = await pollSource(deps, it.workspaceId, id);
      assert.equal(report.outcome, 'polled', `${label}: ${JSON.stringify(report)}`);
    }
    it.later(5);
  };
  const held = async () =>
    (await it.stores.mentions.list(it.workspaceId, {})).filter(({ text }) => text !== null);
  await poll();
  return { it, deps, records, poll, held };
}

async function place(t: TestContext): Promise<Place> {
  const started = await startPlace();
  t.after(() => started.close());
  return started;
}

test('who objects is erased at Mastodon, Discourse, Lemmy and Hacker News, and nothing of their next ten posts is ever stored', async (t) => {
  const tooting = mastodonOn(await place(t));
  const forum = discourseOn(await place(t));
  const instance = lemmyOn(await place(t));
  const news = hackerNewsOn(await place(t));
  const all = [tooting, forum, instance, news];
  const { it, deps, poll, held } = await listening(t, all, [
    { source: mastodon, address: `${tooting.web.url}/public/local` },
    { source: discourse, address: `${forum.web.url}/latest` },
    { source: lemmy, address: `lemmy:${instance.web.url}` },
    { source: hackerNews, address: 'hn' },
  ]);
  let made = 0;
  /** By place, as the same person, who has the same name everywhere. */
  const says: ((words: string, by?: string) => void)[] = [
    (words, by = 'sample_user') =>
      void tooting.add(it.clock(), {
        content: `<p>${words}</p>`,
        url: `${tooting.web.url}/@${by}/${made}`,
        uri: `${tooting.web.url}/users/${by}/statuses/${made}`,
        account: { acct: by, note: '', noindex: false, bot: false },
      }),
    (words, by = 'sample_user') => {
      forum.add(made);
      const [created_at, cooked] = [it.clock().toISOString(), `<p>${words}</p>`];
      forum.change(made, { username: by, cooked, created_at, updated_at: created_at });
    },
    (words, by = 'sample_user') =>
      instance.addPost(made, it.clock(), { name: 'Sample', body: words, creator: { name: by } }),
    (words, by = 'sample_user') =>
      news.add({ id: made, time: it.clock().getTime() / 1000, title: 'Sample', text: words, by }),
  ];
  const say = (at: number, mark: string, by?: string) => {
    made += 1;
    says[at % says.length]!(`${COMPLAINT} ${mark} ${made}`, by);
  };
  for (const at of says.keys()) say(at, 'before');
  for (const at of says.keys()) say(at, 'neighbour', 'sample_user_2');
  await poll();
  assert.equal((await held()).length, 8);

  const { host } = new URL(tooting.web.url);
  for (const target of ['@sample_user', `@sample_user@${host}`, '@sample_user@home.example']) {
    const outcome = await forget(deps, { workspaceId: it.workspaceId, target, actor: 'U3' });
    assert.ok(outcome.ok && outcome.suppressed, target);
  }
  assert.deepEqual(
    (await held()).map(({ author }) => author?.includes('sample_user_2')),
    [true, true, true, true],
    'the others stay',
  );
  const objecting = 'objecting-sample-words';
  for (let number = 0; number < 12; number += 1) {
    say(number, objecting, number > 5 ? 'SAMPLE_USER' : undefined);
    if (number % 4 === 3) await poll();
  }
  say(1, 'neighbour again', 'sample_user_2');
  await poll();
  assert.equal((await held()).length, 5);
  assert.equal((await it.stores.mentions.list(it.workspaceId, {})).length, 9);
  await it.stores.mentions.settle();
  const file = readFileSync(it.path);
  assert.ok(file.includes('neighbour again'));
  assert.ok(!file.includes(objecting), 'no byte of what they said');
  assert.doesNotMatch(file.toString('latin1'), /sample_user(?!_2)/iu);
});

test('where only the company can answer, its answer is verified although no account is set', async (t) => {
  const reviews = trustpilotOn(await place(t));
  const store = appStoreOn(await place(t));
  const play = googlePlayOn(await place(t));
  const all = [reviews, store, play];
  const { it, deps, poll, held } = await listening(t, all, [
    { source: trustpilot, address: 'https://www.trustpilot.com/review/acme.example' },
    { source: appStore, address: 'https://apps.apple.com/app/id123' },
    { source: googlePlay, address: `https://play.google.com/store/apps/details?id=${PACKAGE}` },
  ]);
  for (const one of all) one.now = it.clock();
  reviews.add('65a', it.clock(), { title: 'Sample', text: COMPLAINT });
  store.add('r1', it.clock(), { title: 'Sample', body: COMPLAINT });
  play.add('gp:1', it.clock(), { text: COMPLAINT });
  await poll();
  assert.deepEqual((await held()).map(({ sourceKind }) => sourceKind).sort(), [
    'appstore',
    'googleplay',
    'trustpilot',
  ]);
  for (const { id } of await held()) {
    const command = { type: 'post', actor: 'system', channelId: 'C1' } as const;
    assert.ok((await change(deps, it.workspaceId, id, command)).ok);
  }
  it.later(20);
  for (const one of all) one.now = it.clock();
  assert.deepEqual(await verifyDue(deps, it.workspaceId, 10), { waiting: 3 });

  const at = it.clock().toISOString();
  reviews.add('65a', new Date(it.clock().getTime() - 25 * 60_000), {
    text: COMPLAINT,
    companyReply: { text: 'Sorry, an engineer comes today.', createdAt: at },
  });
  store.responses.set('r1', { responseBody: 'Sorry.', lastModifiedDate: at, state: 'PUBLISHED' });
  play.answers.set('gp:1', 'Sorry.');
  it.later(60);
  for (const one of all) one.now = it.clock();
  assert.deepEqual(await verifyDue(deps, it.workspaceId, 10), { verified: 3 });
  for (const mention of await held()) {
    assert.equal(mention.status, 'answered', mention.sourceKind);
    assert.notEqual(mention.verifiedAt, null);
    const pasted = mention.url ?? '';
    const asked = { workspaceId: it.workspaceId, mentionId: mention.id, pasted, seconds: 20 };
    const checked = await checkAnswer(deps, asked);
    assert.ok(checked.ok, 'the answer has no address but that of the review');
  }
});

test('a post that is deleted at Mastodon is gone here after two looks, and an outage deletes nothing', async (t) => {
  const tooting = mastodonOn(await place(t));
  const { it, deps, records, poll, held } = await listening(
    t,
    [tooting],
    [{ source: mastodon, address: `${tooting.web.url}/public/local` }],
  );
  const [first] = [tooting.add(it.clock(), { content: `<p>${COMPLAINT}</p>` })];
  tooting.add(it.clock(), { content: `<p>${COMPLAINT} Twice.</p>` });
  await poll();
  const sweep = async (minutes: number) => {
    it.later(minutes);
    return sweepSource(deps, it.workspaceId, records[0]!.id);
  };
  tooting.web.instead({ status: 503 });
  const outage = await sweep(24 * 60);
  assert.deepEqual([outage.withdrawn, outage.unknown], [0, 2]);
  tooting.web.instead(null);
  tooting.statuses.delete(first.id);
  assert.equal((await sweep(2 * 60)).missed, 1);
  assert.equal((await sweep(6)).withdrawn, 1);
  assert.equal((await held()).length, 1);
});

test('an answer at Mastodon is taken in any form that people paste, in its thread and by the brand alone', async (t) => {
  const tooting = mastodonOn(await place(t));
  const { host } = new URL(tooting.web.url);
  const { it, deps, poll, held } = await listening(
    t,
    [tooting],
    [{ source: mastodon, address: `${tooting.web.url}/public/local` }],
  );
  const brandAccounts = [`mastodon:@acme@${host}`];
  await it.stores.workspaces.changeSettings(it.workspaceId, { brandAccounts });
  const post = tooting.add(it.clock(), { content: `<p>${COMPLAINT}</p>` });
  await poll();
  const [mention] = await held();
  const answer = (acct: string, minutes: number) => {
    const id = String(BigInt(post.id) + BigInt(1000 + minutes));
    const over = {
      id,
      url: `${tooting.web.url}/@${acct}/${id}`,
      uri: `${tooting.web.url}/users/${acct}/statuses/${id}`,
      account: { acct, note: '', noindex: false, bot: false },
      replyTo: post.id,
    };
    const at = new Date(it.clock().getTime() + minutes * 60_000);
    return { ...over, ...tooting.add(at, { ...over, content: '<p>Sorry, on our way.</p>' }) };
  };
  const [ours, theirs] = [answer('acme', 5), answer('sample_user_3', 6)];
  it.later(10);
  const check = (pasted: string) =>
    checkAnswer(deps, {
      ...{ workspaceId: it.workspaceId, mentionId: mention!.id, pasted, seconds: 20 },
    });
  for (const pasted of [
    ours.url,
    ours.uri,
    `<${ours.url}|${host}>`,
    `${tooting.web.url}/web/@acme/${ours.id}?utm_source=share`,
    `${tooting.web.url}/deck/@acme/${ours.id}#:~:text=Sorry`,
  ]) {
    assert.ok((await check(pasted)).ok, pasted);
  }
  for (const [pasted, why] of [
    [theirs.url, /by @sample_user_3@.*not by one of your accounts/u],
    [post.url, /the post itself/u],
    ['acme said sorry', /whole address/u],
  ] as const) {
    const checked = await check(pasted);
    assert.ok(!checked.ok && why.test(checked.message), JSON.stringify(checked));
  }
});

test('all that is held of somebody comes out by whatever they are called, and nothing of anybody else', async (t) => {
  const tooting = mastodonOn(await place(t));
  const forum = discourseOn(await place(t));
  const { it, deps, poll, held } = await listening(
    t,
    [tooting, forum],
    [
      { source: mastodon, address: `${tooting.web.url}/public/local` },
      { source: discourse, address: `${forum.web.url}/latest` },
    ],
  );
  const toot = tooting.add(it.clock(), { content: `<p>${COMPLAINT}</p>` });
  for (const [id, username] of [
    [1, 'sample_user'],
    [2, 'sample_user_2'],
  ] as const) {
    forum.add(id);
    forum.change(id, { username, cooked: `<p>${COMPLAINT} ${id}</p>` });
  }
  await poll();
  assert.equal((await held()).length, 3);
  const [tootHost, forumUrl] = [new URL(tooting.web.url).host, forum.web.url];
  const theirs = (await held()).find(({ author }) => author === 'sample_user')!;
  for (const [target, kind] of [
    [`@sample_user@${tootHost}`, 'mastodon'],
    [`mastodon:@sample_user@${tootHost}`, 'mastodon'],
    [`${tooting.web.url}/@sample_user`, 'mastodon'],
    [`${toot.url}?utm_source=mail`, 'mastodon'],
    ['@Sample_User', 'discourse'],
    ['discourse:sample_user', 'discourse'],
    [`${forumUrl}/u/sample_user`, 'discourse'],
    [theirs.url!, 'discourse'],
  ] as const) {
    const rows = [];
    for await (const row of heldAbout(deps, { workspaceId: it.workspaceId, target }))
      rows.push(row);
    const mentions = rows.filter(({ type }) => type === 'mention');
    assert.deepEqual(
      mentions.map(({ sourceKind }) => sourceKind),
      [kind],
      target,
    );
    assert.match(JSON.stringify(mentions), /nobody answers/u);
    assert.doesNotMatch(JSON.stringify(rows), /sample_user_2/u);
    assert.equal(rows.at(-1)?.['suppressed'], false);
  }
});
