import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { addKeyword, changeKeyword, removeKeyword } from '../../src/flows/keywords.ts';
import { world } from '../helpers/flows.ts';

const ACTOR = 'UALEX';

async function team(t: TestContext) {
  const it = await world(t);
  const { workspaceId } = it;
  return {
    ...it,
    deps: it,
    watch: (query: string) => addKeyword(it, { workspaceId, query, channelId: null, actor: ACTOR }),
  };
}

test('a keyword is saved as it was typed, with an explanation', async (t) => {
  const it = await team(t);
  const outcome = await it.watch(' "acme fibre" -jobs ');
  assert.ok(outcome.ok);
  assert.equal(outcome.keyword.query, '"acme fibre" -jobs');
  assert.notEqual(outcome.explanation, '');
  const stored = await it.stores.keywords.find(it.workspaceId, outcome.keyword.id);
  assert.deepEqual(stored, outcome.keyword);
});

test('a query that cannot be understood is refused with a sentence, and nothing is saved', async (t) => {
  const it = await team(t);
  const before = await it.stores.keywords.list(it.workspaceId);
  const outcome = await it.watch('-jobs');
  assert.ok(!outcome.ok && outcome.message !== '');
  assert.deepEqual(await it.stores.keywords.list(it.workspaceId), before);
});

test('the same query twice is one keyword', async (t) => {
  const it = await team(t);
  assert.ok((await it.watch('acme fibre')).ok);
  const again = await it.watch('ACME  fibre');
  assert.ok(!again.ok);
  assert.match(again.message, /watched already/u);
});

test('a keyword can be changed, and its thresholds keep their order', async (t) => {
  const it = await team(t);
  const change = (change: object) =>
    changeKeyword(it.deps, {
      workspaceId: it.workspaceId,
      id: it.keywordId,
      change,
      actor: ACTOR,
    });
  assert.ok((await change({ query: 'acme router', postThreshold: 0.8 })).ok);
  assert.ok(!(await change({ digestThreshold: 0.9 })).ok);
  const keyword = await it.stores.keywords.find(it.workspaceId, it.keywordId);
  assert.equal(keyword?.query, 'acme router');
  assert.equal(keyword?.postThreshold, 0.8);
});

test('a removed keyword comes back to the caller, so that it can be undone', async (t) => {
  const it = await team(t);
  const request = { workspaceId: it.workspaceId, id: it.keywordId, actor: ACTOR };
  assert.equal((await removeKeyword(it.deps, request))?.id, it.keywordId);
  assert.equal(await removeKeyword(it.deps, request), null);
});
