import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act } from '../../../src/flows/act/act.ts';
import { csvLine, exportRows, type ExportRow } from '../../../src/flows/report/export.ts';
import { createMatching } from '../../../src/flows/hear/matching.ts';
import { drain } from '../../../src/flows/tell/outbox.ts';
import { readLog, status, tryText } from '../../../src/flows/report/report.ts';
import { world, type World } from '../../helpers/flows.ts';

const ANSWER = 'https://forum.example/t/1#reply';

/** One mention answered by Sam after 20 minutes, one still open. */
async function day(it: World): Promise<string> {
  const [mention] = await it.found({}, {});
  await drain(it, it.workspaceId);
  const doing = async (command: Parameters<typeof act>[1]['command']) => {
    await act(it, { workspaceId: it.workspaceId, mentionId: mention!.id, command });
  };
  it.later(5);
  await doing({ type: 'claim', actor: 'USAM' });
  it.later(15);
  await doing({ type: 'answer', actor: 'USAM', url: ANSWER, note: null });
  return mention!.id;
}

test('the status counts what was done since midnight in the team’s time zone', async (t) => {
  const it = await world(t, { timeZone: 'Pacific/Auckland' });
  const deps = { ...it, match: createMatching() };
  await day(it);
  const today = await status(deps, it.workspaceId);
  assert.deepEqual(today.today, { found: 2, claimed: 1, answered: 1, dismissed: 0 });
  assert.deepEqual([today.open, today.claimed, today.waiting], [1, 0, 0]);
  assert.notEqual(today.oldestOpen, null);
  it.later(23 * 60);
  const tomorrow = await status(deps, it.workspaceId);
  assert.deepEqual(tomorrow.today, { found: 0, claimed: 0, answered: 0, dismissed: 0 });
});

test('the log says who did what, newest first, and can be asked about one person', async (t) => {
  const it = await world(t);
  const deps = { ...it, match: createMatching() };
  const id = await day(it);
  const from = new Date(0);
  const all = await readLog(deps, { workspaceId: it.workspaceId, from, limit: 100 });
  assert.deepEqual(
    all.map(({ event }) => event.type),
    ['answered', 'claimed', 'posted', 'posted'],
  );
  const request = { workspaceId: it.workspaceId, from, actor: 'USAM', limit: 100 };
  const sams = await readLog(deps, request);
  assert.deepEqual(
    sams.map(({ event, mention }) => [event.type, mention?.id]),
    [
      ['answered', id],
      ['claimed', id],
    ],
  );
});

test('the export has a row a mention with the times to claim and to answer, and its events', async (t) => {
  const it = await world(t);
  const id = await day(it);
  const rows: ExportRow[] = [];
  for await (const row of exportRows(it, it.workspaceId)) rows.push(row);
  assert.equal(rows.length, 2);
  const row = rows.find((one) => one.id === id);
  assert.equal(row?.keyword, '"acme broadband"');
  assert.deepEqual([row?.claimedBy, row?.answeredBy, row?.answerUrl], ['USAM', 'USAM', ANSWER]);
  assert.deepEqual([row?.minutesToClaim, row?.minutesToAnswer], [5, 20]);
  assert.deepEqual(
    row?.events.map(({ type, by }) => [type, by]),
    [
      ['posted', 'system'],
      ['claimed', 'USAM'],
      ['answered', 'USAM'],
    ],
  );
  assert.doesNotMatch(JSON.stringify(rows), /engineer visit|sample_user/u, 'no text, no handle');
});

test('a CSV cell cannot break out of its place, or run as a formula', async (t) => {
  const it = await world(t);
  await day(it);
  const rows: ExportRow[] = [];
  for await (const row of exportRows(it, it.workspaceId)) rows.push(row);
  const line = csvLine({ ...rows[0]!, keyword: '=HYPERLINK("https://evil.example"),"x"\n' });
  assert.match(line, /,"'=HYPERLINK\(""https:\/\/evil\.example""\),""x""\n",/u);
});

test('a text can be tried against every keyword, and nothing is stored', async (t) => {
  const it = await world(t);
  const deps = { ...it, match: createMatching() };
  const text = 'Acme Broadband is down again, still waiting, nobody answers. Awful.';
  const trial = await tryText(deps, { workspaceId: it.workspaceId, text });
  assert.equal(trial.verdict.label, 'negative');
  assert.deepEqual(
    trial.keywords.map(({ matched, wouldBe }) => [matched, wouldBe]),
    [[true, 'card']],
  );
  const other = await tryText(deps, { workspaceId: it.workspaceId, text: 'Nice weather today.' });
  assert.deepEqual(
    other.keywords.map(({ matched, wouldBe }) => [matched, wouldBe]),
    [[false, 'nothing']],
  );
  assert.equal(await it.stores.mentions.count(it.workspaceId, {}), 0);
});
