import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  addKeyword,
  newDraft,
  pauseKeyword,
  removeKeyword,
  saveDraft,
} from '../../../src/flows/set-up/keywords.ts';
import { world } from '../../helpers/flows.ts';

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
  const typo = await it.watch('acme source:mastdon');
  assert.ok(!typo.ok && typo.message.includes('mastodon'));
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
  const { workspaceId } = it;
  const draft = { ...newDraft('acme router', 'C2'), id: it.keywordId, postThreshold: 0.8 };
  assert.ok((await saveDraft(it, { workspaceId, draft, actor: ACTOR })).ok);
  const turned = { ...draft, digestThreshold: 0.9 };
  assert.ok(!(await saveDraft(it, { workspaceId, draft: turned, actor: ACTOR })).ok);
  const keyword = await it.stores.keywords.find(workspaceId, it.keywordId);
  assert.deepEqual(
    [keyword?.query, keyword?.postThreshold, keyword?.channelId, keyword?.createdBy],
    ['acme router', 0.8, 'C2', 'U1'],
  );
  const gone = { ...draft, id: 'nothing' };
  assert.ok(!(await saveDraft(it, { workspaceId, draft: gone, actor: ACTOR })).ok);
});

test('a keyword can be paused and go on', async (t) => {
  const it = await team(t);
  const request = { workspaceId: it.workspaceId, id: it.keywordId, actor: ACTOR };
  assert.ok(await pauseKeyword(it, { ...request, paused: true }));
  assert.equal((await it.stores.keywords.find(it.workspaceId, it.keywordId))?.paused, true);
  assert.ok(!(await pauseKeyword(it, { ...request, id: 'nothing', paused: true })));
});

test('a removed keyword comes back to the caller, so that it can be undone', async (t) => {
  const it = await team(t);
  const request = { workspaceId: it.workspaceId, id: it.keywordId, actor: ACTOR };
  assert.equal((await removeKeyword(it.deps, request))?.id, it.keywordId);
  assert.equal(await removeKeyword(it.deps, request), null);
});
