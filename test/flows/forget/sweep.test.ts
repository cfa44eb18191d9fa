import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Http } from '../../../src/core/source.ts';
import { act } from '../../../src/flows/act/act.ts';
import { eraseExpired } from '../../../src/flows/forget/erase.ts';
import { isStillThere, sweepSource } from '../../../src/flows/forget/sweep.ts';
import { upkeepWorld, type UpkeepWorld } from '../../helpers/upkeep.ts';

const DAY = 24 * 60;

function sweep(it: UpkeepWorld) {
  return sweepSource(it.deps, it.workspaceId, it.sourceId);
}

test('a post that is gone twice, minutes apart, is withdrawn, and its card with it', async (t) => {
  const it = await upkeepWorld(t);
  const mention = await it.carded();
  it.place.existence.set(mention.externalId, 'gone');
  it.later(6);
  assert.deepEqual(await sweep(it), { asked: 1, missed: 1, withdrawn: 0, unknown: 0 });
  assert.equal((await it.now(mention.id)).status, 'open');
  it.later(2);
  assert.equal((await sweep(it)).asked, 0, 'not so soon');
  it.later(4);
  assert.equal((await sweep(it)).withdrawn, 1);
  const gone = await it.now(mention.id);
  assert.equal(gone.status, 'withdrawn');
  assert.deepEqual([gone.text, gone.author, gone.url, gone.externalId], [null, null, null, '']);
  assert.equal(it.channel.cardsOf(mention.id)[0]?.status, 'withdrawn');
});

test('a post that is back at the second look stays', async (t) => {
  const it = await upkeepWorld(t);
  const mention = await it.carded();
  it.place.existence.set(mention.externalId, 'gone');
  it.later(6);
  await sweep(it);
  it.place.existence.set(mention.externalId, 'there');
  it.later(6);
  await sweep(it);
  const now = await it.now(mention.id);
  assert.deepEqual([now.status, now.upkeep.goneSince], ['open', null]);
});

test('an outage deletes nothing, however long it lasts, and ends the run', async (t) => {
  const it = await upkeepWorld(t);
  const mentions = await it.found(...Array.from({ length: 25 }, () => ({})));
  for (const { externalId } of mentions) it.place.existence.set(externalId, 'unknown');
  for (let hour = 0; hour < 5; hour += 1) {
    it.later(61);
    const report = await sweep(it);
    assert.equal(report.withdrawn, 0);
    assert.equal(report.asked, 10, 'one batch, then it is left alone');
  }
});

test('what is open is asked about every day, what is closed as often as the source wants', async (t) => {
  const it = await upkeepWorld(t);
  it.place.source.rules.sweepHours = 7 * 24;
  const [open, closed] = [await it.carded(), await it.carded()];
  const dismiss = { type: 'dismiss', actor: 'U1', reason: 'spam', note: null } as const;
  await act(it, { workspaceId: 'T1', mentionId: closed.id, command: dismiss });
  it.later(6);
  assert.equal((await sweep(it)).asked, 2);
  it.later(DAY);
  await sweep(it);
  assert.deepEqual(it.place.asked.at(-1), [open.externalId]);
  it.later(6 * DAY);
  assert.equal((await sweep(it)).asked, 2);
});

test('a source is asked in batches of its size, and every mention once', async (t) => {
  const it = await upkeepWorld(t);
  await it.found(...Array.from({ length: 23 }, () => ({})));
  it.later(6);
  assert.equal((await sweep(it)).asked, 23);
  assert.deepEqual(
    it.place.asked.map(({ length }) => length),
    [10, 10, 3],
  );
  assert.equal((await sweep(it)).asked, 0);
});

test('without its source, the post’s own page tells', async (t) => {
  const it = await upkeepWorld(t);
  const [there, gone, closed] = [await it.carded(), await it.carded(), await it.carded()];
  await it.stores.sources.remove(it.workspaceId, it.sourceId);
  const status = new Map([
    [there.url, 200],
    [gone.url, 404],
    [closed.url, 403],
  ]);
  const http = {
    async get({ url }: { url: string }) {
      const code = status.get(url);
      return code === 200 ? { ok: true } : { ok: false, answer: { status: code } };
    },
  } as unknown as Http;
  for (let look = 0; look < 3; look += 1) {
    it.later(61);
    await sweepSource({ ...it.deps, http }, it.workspaceId, it.sourceId);
  }
  const now = await Promise.all([there, gone, closed].map(({ id }) => it.now(id)));
  assert.deepEqual(
    now.map(({ status: one }) => one),
    ['open', 'withdrawn', 'open'],
  );
});

test('a card that had to wait is not posted when its post went meanwhile', async (t) => {
  const it = await upkeepWorld(t);
  const [mention] = await it.found({});
  const { id, externalId } = mention!;
  assert.equal(await isStillThere(it.deps, it.workspaceId, id), true);
  assert.equal(it.place.asked.length, 0, 'a young one is believed');
  it.later(10);
  it.place.existence.set(externalId, 'gone');
  assert.equal(await isStillThere(it.deps, it.workspaceId, id), false);
  assert.equal(await isStillThere(it.deps, it.workspaceId, id), false);
  assert.equal(it.place.asked.length, 1, 'the second look comes later');
  it.later(6);
  assert.equal(await isStillThere(it.deps, it.workspaceId, id), false);
  assert.equal((await it.now(id)).status, 'withdrawn');
});

test('text goes 30 days after the end, 90 days after it was found, and sooner where a source says so', async (t) => {
  const it = await upkeepWorld(t);
  const [closed, quiet, open] = [
    await it.carded(),
    (await it.found({ status: 'quiet' }))[0]!,
    await it.carded(),
  ];
  const answer = { type: 'answer', actor: 'U1', url: 'https://a.example/1', note: null } as const;
  await act(it, { workspaceId: 'T1', mentionId: closed.id, command: answer });
  it.later(30 * DAY - 1);
  assert.equal(await eraseExpired(it.deps, it.workspaceId), 0);
  it.later(2);
  assert.equal(await eraseExpired(it.deps, it.workspaceId), 2);
  for (const { id } of [closed, quiet]) {
    const { status, text, author } = await it.now(id);
    assert.deepEqual([status, text, author], ['expired', null, null]);
  }
  const kept = await it.now(closed.id);
  assert.deepEqual([kept.answeredBy, kept.verdict.negativity], ['U1', 0.9], 'figures stay');
  assert.equal((await it.now(open.id)).status, 'open');
  it.later(60 * DAY);
  assert.equal(await eraseExpired(it.deps, it.workspaceId), 1);
  assert.equal((await it.now(open.id)).text, null);
  assert.equal(it.channel.cardsOf(open.id)[0]?.status, 'expired');

  const strict = await it.carded();
  it.place.source.rules.keepDays = 10;
  it.later(10 * DAY);
  assert.equal(await eraseExpired(it.deps, it.workspaceId), 1);
  assert.equal((await it.now(strict.id)).status, 'expired');
});

test('a team that keeps text for less time is obeyed, one that wants more is not', async (t) => {
  const it = await upkeepWorld(t, { retentionDays: 1000 });
  const [mention] = await it.found({ status: 'quiet' });
  it.later(89 * DAY);
  assert.equal(await eraseExpired(it.deps, it.workspaceId), 0);
  it.later(2 * DAY);
  assert.equal(await eraseExpired(it.deps, it.workspaceId), 1);
  assert.equal((await it.now(mention!.id)).status, 'expired');
  await it.stores.workspaces.changeSettings(it.workspaceId, { retentionDays: 1 });
  await it.found({ status: 'quiet' });
  it.later(DAY + 1);
  assert.equal(await eraseExpired(it.deps, it.workspaceId), 1);
});
