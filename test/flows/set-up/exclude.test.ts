import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Mention } from '../../../src/core/mention.ts';
import { exclude, proposeExclusion } from '../../../src/flows/set-up/exclude.ts';
import { world } from '../../helpers/flows.ts';
import { minutesAfter } from '../../helpers/samples.ts';

const ABOUT_TRUCKS = 'The Acme Broadband truck from the Gremlin cartoon is awful.';

async function team(t: TestContext, query = '"acme broadband"') {
  const it = await world(t);
  const { workspaceId, keywordId } = it;
  await it.stores.keywords.change(workspaceId, keywordId, { query });
  const found = async (text: string, over: Partial<Mention> = {}) => {
    const [mention] = await it.found({ title: null, text, ...over });
    return mention!;
  };
  return { ...it, found };
}

const amiss = { status: 'dismissed', dismissedReason: 'not-about-us' } as const;

test('the proposed word is a telling one, and what leaving it out would have meant is counted', async (t) => {
  const it = await team(t);
  await it.found('Gremlin again, Acme Broadband of course.', amiss);
  await it.found('The truck of Acme Broadband blocks my street again.', { status: 'answered' });
  const mention = await it.found(ABOUT_TRUCKS, amiss);
  const proposed = await proposeExclusion(it, mention);
  assert.equal(proposed?.term, 'gremlin', 'truck stands in a post that was answered');
  assert.equal(proposed?.query, '"acme broadband" -gremlin');
  assert.deepEqual([proposed?.mentions, proposed?.leftOut, proposed?.wanted], [3, 2, 0]);
});

test('words of the query, of feeling and without meaning are not proposed', async (t) => {
  const it = await team(t);
  const mention = await it.found('Acme Broadband is awful and that is what they are.', amiss);
  assert.equal(await proposeExclusion(it, mention), null);
});

test('what is older than four weeks, or erased, is not counted', async (t) => {
  const it = await team(t);
  await it.found('Gremlin again, Acme Broadband.', { foundAt: minutesAfter(-29 * 24 * 60) });
  await it.found('', { text: null, status: 'expired' });
  const proposed = await proposeExclusion(it, await it.found(ABOUT_TRUCKS, amiss));
  assert.equal(proposed?.mentions, 1);
});

test('a word is left out of a query with OR as a whole', async (t) => {
  const it = await team(t, 'acme OR "beta telecom"');
  const { workspaceId, keywordId } = it;
  const request = { workspaceId, keywordId, term: 'gremlin', actor: 'U1' };
  const outcome = await exclude(it, request);
  assert.ok(outcome.ok);
  assert.equal(outcome.keyword.query, '(acme OR "beta telecom") -gremlin');
  assert.equal(outcome.before?.query, 'acme OR "beta telecom"');
  const stored = await it.stores.keywords.find(workspaceId, keywordId);
  assert.equal(stored?.query, '(acme OR "beta telecom") -gremlin');
  assert.ok(!(await exclude(it, { ...request, keywordId: 'nothing' })).ok);
});
