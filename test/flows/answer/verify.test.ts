import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Mention } from '../../../src/core/mention.ts';
import type { Http, Reply } from '../../../src/core/source.ts';
import { act } from '../../../src/flows/act/act.ts';
import { checkAnswer } from '../../../src/flows/answer/check-answer.ts';
import { verifyDue, verifyMention } from '../../../src/flows/answer/verify.ts';
import { minutesAfter } from '../../helpers/samples.ts';
import { upkeepWorld, type UpkeepWorld } from '../../helpers/upkeep.ts';

const BRAND = 'acme_care';
const HOUR = 60;
const DAY = 24 * HOUR;

function reply(it: UpkeepWorld, mention: Mention, over: Partial<Reply> = {}): Reply {
  const number = it.place.replies?.get(mention.externalId)?.length ?? 0;
  const one = {
    externalId: `${mention.externalId}-${number}`,
    url: `${mention.url}#reply-${number + 1}`,
    author: BRAND,
    text: 'Sorry to hear that. Your line is back.',
    publishedAt: it.clock(),
    ...over,
  };
  const before = it.place.replies?.get(mention.externalId) ?? [];
  it.place.replies?.set(mention.externalId, [...before, one]);
  return one;
}

function verify(it: UpkeepWorld, { id }: Mention) {
  return verifyMention(it.deps, it.workspaceId, id);
}

function logAnswer(it: UpkeepWorld, { id: mentionId }: Mention, url: string) {
  const command = { type: 'answer', actor: 'U1', url, note: null } as const;
  return act(it, { workspaceId: it.workspaceId, mentionId, command });
}

async function lastEvent(it: UpkeepWorld, { id }: Mention) {
  return (await it.stores.mentions.events(it.workspaceId, id)).at(-1);
}

async function opened(t: TestContext) {
  const it = await upkeepWorld(t, { brandAccounts: [`feed:@${BRAND}`] });
  return { it, mention: await it.carded() };
}

test('an answer by the brand in the thread is verified, though nobody pressed a button', async (t) => {
  const { it, mention } = await opened(t);
  it.later(14);
  const { url } = reply(it, mention);
  assert.equal(await verify(it, mention), 'verified');
  const now = await it.now(mention.id);
  assert.equal(now.status, 'answered');
  assert.equal(now.answerUrl, url);
  assert.deepEqual(now.verifiedAt, minutesAfter(14));
  assert.deepEqual(now.answeredAt, minutesAfter(14), 'when they answered, not when we saw it');
  const event = await lastEvent(it, mention);
  assert.ok(event?.type === 'verified');
  assert.deepEqual([event.minutes, event.how], [19, 'thread']);
  assert.match(it.channel.cardsOf(mention.id)[0]?.lines.at(-1) ?? '', /verified by system/);
});

test('who claimed it has answered it, when the brand’s answer is found', async (t) => {
  const { it, mention } = await opened(t);
  const claim = { type: 'claim', actor: 'U7' } as const;
  await act(it, { workspaceId: 'T1', mentionId: mention.id, command: claim });
  reply(it, mention);
  await verify(it, mention);
  assert.equal((await it.now(mention.id)).answeredBy, 'U7');
});

test('neither somebody else’s reply, nor an older one, nor an undated one is an answer', async (t) => {
  const { it, mention } = await opened(t);
  reply(it, mention, { author: 'sample_user_2' });
  reply(it, mention, { publishedAt: minutesAfter(-6) });
  reply(it, mention, { publishedAt: null });
  assert.equal(await verify(it, mention), 'waiting');
  assert.equal((await it.now(mention.id)).status, 'open');
});

test('a logged answer is proven by its own address, whatever else the brand wrote', async (t) => {
  const { it, mention } = await opened(t);
  reply(it, mention);
  const { url } = reply(it, mention);
  await logAnswer(it, mention, url!);
  assert.equal(await verify(it, mention), 'verified');
  assert.equal((await it.now(mention.id)).answerUrl, url);
});

test('an answer that is not there yet is looked for again, less and less often, for a week', async (t) => {
  const { it, mention } = await opened(t);
  await logAnswer(it, mention, `${mention.url}#reply-1`);
  const waits: number[] = [];
  for (let look = 0; look < 12; look += 1) {
    if ((await verify(it, mention)) === 'skipped') break;
    const { lookAt } = (await it.now(mention.id)).upkeep;
    const wait = (lookAt!.getTime() - it.clock().getTime()) / 60_000;
    waits.push(wait);
    it.later(wait - 1);
    assert.deepEqual(await verifyDue(it.deps, it.workspaceId, 10), {}, 'not before its time');
    it.later(1);
  }
  assert.deepEqual(waits.slice(0, 9), [5, 10, 20, 40, 80, 160, 320, 640, 1280]);
  it.later(8 * DAY);
  assert.equal(await verify(it, mention), 'skipped');
  assert.equal((await it.now(mention.id)).upkeep.lookAt, null);
});

test('a place that cannot be read proves and disproves nothing', async (t) => {
  const { it, mention } = await opened(t);
  const { url } = reply(it, mention);
  await verify(it, mention);
  it.place.replies = null;
  for (let look = 0; look < 4; look += 1) {
    it.later(DAY);
    assert.equal(await verify(it, mention), 'unreadable');
  }
  const now = await it.now(mention.id);
  assert.deepEqual([now.status, now.answerUrl], ['answered', url]);
  assert.notEqual(now.verifiedAt, null);
});

test('a verified answer that disappears is noticed at the second look', async (t) => {
  const { it, mention } = await opened(t);
  reply(it, mention);
  await verify(it, mention);
  it.place.replies?.clear();
  it.later(6 * HOUR);
  assert.deepEqual(await verifyDue(it.deps, it.workspaceId, 10), { waiting: 1 });
  it.later(11);
  assert.deepEqual(await verifyDue(it.deps, it.workspaceId, 10), { 'answer-gone': 1 });
  const now = await it.now(mention.id);
  assert.deepEqual([now.status, now.verifiedAt], ['answered', null]);
  const event = await lastEvent(it, mention);
  assert.ok(event?.type === 'answer-gone');
  assert.equal(event.url, '#reply-1', 'the page is the post’s, and goes with it');
});

test('aftercare: who says that it is not solved is heard once more, and only once', async (t) => {
  const { it, mention } = await opened(t);
  it.later(10);
  reply(it, mention);
  await verify(it, mention);
  it.later(30);
  const text = 'Still no internet, this is useless. Nobody answers on 020 7946 0018.';
  reply(it, mention, { author: '@Sample_User', text });
  it.later(6 * HOUR);
  assert.deepEqual(await verifyDue(it.deps, it.workspaceId, 10), { reopened: 1 });
  const now = await it.now(mention.id);
  assert.deepEqual([now.status, now.claimedBy, now.verifiedAt], ['open', null, null]);
  assert.match(now.followUp ?? '', /Still no internet/u);
  assert.doesNotMatch(now.followUp ?? '', /7946/u);
  const event = await lastEvent(it, mention);
  assert.ok(event?.type === 'reopened');
  assert.equal(event.because, 'not-solved');

  it.later(20);
  assert.equal(await verify(it, mention), 'waiting', 'the old answer does not answer this');
  reply(it, mention, { text: 'We have sent an engineer.' });
  assert.equal(await verify(it, mention), 'verified');
  it.later(10);
  reply(it, mention, { author: 'sample_user', text: 'Awful. Still waiting, worst provider ever.' });
  it.later(6 * HOUR);
  assert.equal(await verify(it, mention), 'waiting');
  assert.equal((await it.now(mention.id)).status, 'answered');
});

test('thanks by the author, and a stranger’s complaint, open nothing again', async (t) => {
  const { it, mention } = await opened(t);
  reply(it, mention);
  await verify(it, mention);
  it.later(30);
  reply(it, mention, { author: 'sample_user_2', text: 'Mine is down too, awful, useless.' });
  reply(it, mention, { author: 'sample_user', text: 'Thank you, it works again. Great help!' });
  it.later(6 * HOUR);
  assert.equal(await verify(it, mention), 'waiting');
  assert.equal((await it.now(mention.id)).status, 'answered');
});

test('the looks at a verified answer end after a week', async (t) => {
  const { it, mention } = await opened(t);
  reply(it, mention);
  await verify(it, mention);
  const waits: number[] = [];
  for (let look = 0; look < 10; look += 1) {
    const { lookAt } = (await it.now(mention.id)).upkeep;
    if (lookAt === null) break;
    waits.push((lookAt.getTime() - it.clock().getTime()) / (HOUR * 60_000));
    it.later((lookAt.getTime() - it.clock().getTime()) / 60_000);
    assert.equal(await verify(it, mention), 'waiting');
  }
  assert.deepEqual(waits, [6, 18, 48, 96]);
});

/** Pages by address; anything else is not there. */
function pages(found: Record<string, string>): Http {
  return {
    async get({ url }: { url: string }) {
      const html = found[url.replace(/#.*$/u, '')];
      if (html === undefined) {
        const failure = { kind: 'unavailable', cause: '404', message: 'is not there' };
        return { ok: false, failure, answer: { status: 404 } };
      }
      const body = new TextEncoder().encode(html);
      return { ok: true, notModified: false, answer: { url, body } };
    },
  } as unknown as Http;
}

test('where no replies can be read, the logged address must be public, there, and not older', async (t) => {
  const it = await upkeepWorld(t);
  delete it.place.source.replies;
  const found: Record<string, string> = {};
  const deps = { ...it.deps, http: pages(found) };
  const look = ({ id }: Mention) => verifyMention(deps, it.workspaceId, id);

  const byPart = await it.carded();
  found[byPart.url!] = '<li id="reply-1">Sorry to hear that.</li>';
  assert.equal(await look(byPart), 'skipped', 'nothing was logged');
  await logAnswer(it, byPart, `${byPart.url}#reply-2`);
  assert.equal(await look(byPart), 'waiting', 'there is no such part');
  found[byPart.url!] += '<li id="reply-2">Your line is back.</li>';
  assert.equal(await look(byPart), 'verified');
  const event = await lastEvent(it, byPart);
  assert.ok(event?.type === 'verified');
  assert.equal(event.how, 'page');

  const older = await it.carded();
  await logAnswer(it, older, 'https://blog.example/old');
  found['https://blog.example/old'] =
    '<meta property="article:published_time" content="2020-01-01T00:00:00Z">';
  assert.equal(await look(older), 'waiting');

  const itself = await it.carded();
  found[itself.url!] = 'the post';
  await logAnswer(it, itself, itself.url!);
  assert.equal(await look(itself), 'waiting');

  delete found[byPart.url!];
  it.later(6 * HOUR);
  await look(byPart);
  it.later(11);
  assert.equal(await look(byPart), 'answer-gone');
});

test('an address to log is taken in any form, and refused kindly when it is not the answer', async (t) => {
  const { it, mention } = await opened(t);
  const theirs = reply(it, mention, { author: 'sample_user_2' });
  const old = reply(it, mention, { publishedAt: minutesAfter(-30) });
  const ours = reply(it, mention);
  const check = (pasted: string, http = it.deps.http) =>
    checkAnswer(
      { ...it.deps, http },
      { workspaceId: it.workspaceId, mentionId: mention.id, pasted, seconds: 1 },
    );
  assert.deepEqual(await check(`${ours.url}`), { ok: true, url: ours.url });
  const tracked = await check(ours.url!.replace('#', '?utm_source=x#'));
  assert.deepEqual(tracked, { ok: true, url: ours.url });
  for (const [pasted, message] of [
    [theirs.url!, /by sample_user_2, not by one of your accounts/u],
    [old.url!, /older than the post/u],
    [mention.url!, /the post itself/u],
    ['we answered', /whole address/u],
  ] as const) {
    const outcome = await check(pasted);
    assert.ok(!outcome.ok, pasted);
    assert.match(outcome.message, message);
  }
  assert.equal((await check(`${mention.url}#reply-99`)).ok, true, 'it may come a little later');
  const short = await check('https://t.co/abc', {
    get: async () => ({ ok: true, notModified: false, answer: { url: ours.url! } }),
  } as unknown as Http);
  assert.deepEqual(short, { ok: true, url: ours.url });
});

test('where a place shows its newest replies alone, a logged answer is looked for at its own address too', async (t) => {
  const { it, mention } = await opened(t);
  it.place.source.repliesScroll = true;
  assert.equal(await verify(it, mention), 'waiting', 'nothing is logged, and nothing is there');
  await logAnswer(it, mention, `${mention.url}#reply-9`);
  const http = pages({ [mention.url!]: '<li id="reply-9">Your line is back.</li>' });
  const look = () => verifyMention({ ...it.deps, http }, it.workspaceId, mention.id);
  assert.equal(await look(), 'verified');
  const event = await lastEvent(it, mention);
  assert.ok(event?.type === 'verified' && event.how === 'page');
  it.place.replies = null;
  assert.equal(await look(), 'waiting');
  assert.equal(
    (await it.now(mention.id)).upkeep.answerGoneSince,
    null,
    'scrolled away is not gone',
  );
});
