import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Mention } from '../../../src/core/mention.ts';
import type { Board, Settings } from '../../../src/core/ports.ts';
import { act } from '../../../src/flows/act/act.ts';
import { publishDigests, readDigest } from '../../../src/flows/tell/digest.ts';
import { world, type World } from '../../helpers/flows.ts';
import { sampleMention } from '../../helpers/samples.ts';

/** It is noon; the next digest is due at four. */
async function quietWorld(t: TestContext, settings: Partial<Settings> = {}): Promise<World> {
  return world(t, { digestTimes: ['09:00', '16:00'], ...settings });
}

function quiet(negativity: number, over: Partial<Mention> = {}): Partial<Mention> {
  const { verdict } = sampleMention();
  return { status: 'quiet', verdict: { ...verdict, negativity }, ...over };
}

const boards = (it: World): Board[] => [...it.channel.boards.values()];
const values = (board: Board | undefined) =>
  board?.kind === 'digest' ? board.rows.map(({ mention }) => mention.verdict.negativity) : null;

test('what is quiet is told once, at the next time that the team chose, the most negative first', async (t) => {
  const it = await quietWorld(t);
  await it.found(quiet(0.4), quiet(0.5), {});
  await publishDigests(it, it.workspaceId);
  assert.deepEqual(boards(it), [], 'the one of nine was before the workspace began');
  it.later(4 * 60 + 1);
  await Promise.all([publishDigests(it, it.workspaceId), publishDigests(it, it.workspaceId)]);
  it.later(1);
  await publishDigests(it, it.workspaceId);
  assert.equal(boards(it).length, 1);
  assert.deepEqual(values(boards(it)[0]), [0.5, 0.4]);
});

test('every quiet mention is in one digest, whatever is stored while one is made', async (t) => {
  const it = await quietWorld(t);
  const seen: string[] = [];
  const expected: string[] = [];
  for (let round = 0; round < 14; round += 1) {
    expected.push(...(await it.found(quiet(0.4))).map(({ id }) => id));
    it.later(180);
    await publishDigests(it, it.workspaceId);
  }
  it.later(24 * 60);
  await publishDigests(it, it.workspaceId);
  for (const board of boards(it)) {
    if (board.kind === 'digest') seen.push(...board.rows.map(({ mention }) => mention.id));
  }
  assert.deepEqual(seen.sort(), expected.sort());
});

test('a stop over two times makes one digest of both', async (t) => {
  const it = await quietWorld(t);
  await it.found(quiet(0.4));
  it.later(5 * 60);
  await it.found(quiet(0.5));
  it.later(24 * 60);
  await publishDigests(it, it.workspaceId);
  assert.deepEqual(boards(it).map(values), [[0.5, 0.4]]);
});

test('with nothing to say, without times and without a channel there is no message', async (t) => {
  const it = await quietWorld(t);
  it.later(5 * 60);
  await publishDigests(it, it.workspaceId);
  await it.found(quiet(0.4));
  await it.stores.workspaces.changeSettings(it.workspaceId, { digestTimes: [] });
  it.later(24 * 60);
  await publishDigests(it, it.workspaceId);
  const changed = { digestTimes: ['09:00'], channelId: null };
  await it.stores.workspaces.changeSettings(it.workspaceId, changed);
  await publishDigests(it, it.workspaceId);
  assert.deepEqual(boards(it), []);
});

test('while Slack is unwell a digest waits, with what it was about', async (t) => {
  const it = await quietWorld(t);
  await it.found(quiet(0.4));
  it.later(5 * 60);
  it.channel.trouble = { ok: false, outcome: 'later', cause: 'down', retryAfterSeconds: null };
  await publishDigests(it, it.workspaceId);
  it.channel.trouble = null;
  await it.found(quiet(0.5));
  await publishDigests(it, it.workspaceId);
  assert.deepEqual(boards(it).map(values), [[0.4]]);
});

test('of many the worst get lines and all are counted', async (t) => {
  const it = await quietWorld(t);
  await it.found(...Array.from({ length: 40 }, (_, at) => quiet(0.3 + at / 1000)));
  it.later(5 * 60);
  await publishDigests(it, it.workspaceId);
  const [board] = boards(it);
  assert.ok(board?.kind === 'digest');
  assert.equal(board.rows.length, 15);
  assert.equal(board.total, 40);
  const list = await readDigest(it, { workspaceId: it.workspaceId, offset: 20, limit: 20 });
  assert.equal(list.rows.length, 20);
});

test('what becomes a card or is withdrawn changes in the digest that told of it', async (t) => {
  const it = await quietWorld(t);
  const [raised, gone] = await it.found(quiet(0.5), quiet(0.4));
  it.later(5 * 60);
  await publishDigests(it, it.workspaceId);
  const command = { type: 'post', actor: 'USAM', channelId: 'C1' } as const;
  const { workspaceId } = it;
  await act(it, { workspaceId, mentionId: raised!.id, command });
  await act(it, {
    workspaceId,
    mentionId: gone!.id,
    command: { type: 'withdraw', actor: 'system' },
  });
  await publishDigests(it, workspaceId);
  assert.equal(it.channel.cardsOf(raised!.id).length, 1);
  const [board] = boards(it);
  assert.ok(board?.kind === 'digest');
  assert.deepEqual(
    board.rows.map(({ mention }) => [mention.status, mention.text === null]),
    [
      ['open', false],
      ['withdrawn', true],
    ],
  );
});

test('a digest that somebody removed does not come back', async (t) => {
  const it = await quietWorld(t);
  const [mention] = await it.found(quiet(0.5));
  it.later(5 * 60);
  await publishDigests(it, it.workspaceId);
  it.channel.boards.clear();
  const command = { type: 'withdraw', actor: 'system' } as const;
  await act(it, { workspaceId: it.workspaceId, mentionId: mention!.id, command });
  await publishDigests(it, it.workspaceId);
  await publishDigests(it, it.workspaceId);
  assert.deepEqual(boards(it), []);
  assert.deepEqual(await it.stores.digests.stale(it.workspaceId), []);
});
