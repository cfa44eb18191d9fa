import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Knex } from 'knex';
import type { Stores } from '../../src/core/ports.ts';
import {
  minutesAfter,
  NOON,
  sampleMention,
  samplePoll,
  sampleSource,
  sampleWorkspace,
} from '../helpers/samples.ts';
import { sqliteStores } from '../helpers/stores.ts';

/** Few come out of these, but of many rows each. */
const GATHERED = [
  'missing lines',
  'sources to sweep',
  'arrivals',
  'cards of a burst',
  'how many are snoozed',
];
const LIMITS = { endedBefore: NOON, foundBefore: NOON, foundBeforeByKind: { youtube: NOON } };

/** Every query that runs often or over much, and the index that it must use; of several, each. */
const PLANS: [string, (stores: Stores) => Promise<unknown>, string[]][] = [
  ['due sources', ({ sources }) => sources.due(NOON, 50), ['sources_due']],
  ['waiting mentions', ({ mentions }) => mentions.waiting('T1', 1), ['mentions_waiting']],
  ['arrivals', ({ mentions }) => mentions.arrivals('T1', NOON), ['mentions_found']],
  ['cards of a burst', ({ mentions }) => mentions.posted('T1', NOON), ['events_actor']],
  ['stale cards', ({ mentions }) => mentions.stale('T1', 50), ['mentions_stale']],
  [
    'steps that are due',
    ({ mentions }) => mentions.toEscalate('T1', 'b', NOON, 50),
    ['mentions_step'],
  ],
  ['old postings', ({ postings }) => postings.prune(NOON), ['postings_time']],
  ['missing lines', ({ mentions }) => mentions.unlogged('T1', 50), ['events_unlogged']],
  [
    'the oldest open mentions',
    ({ mentions }) => mentions.list('T1', { statuses: ['open'] }, { limit: 1, order: 'oldest' }),
    ['mentions_status'],
  ],
  [
    'the oldest that nobody snoozed',
    ({ mentions }) =>
      mentions.list(
        'T1',
        { statuses: ['open'], awakeAt: NOON },
        { limit: 20, offset: 20, order: 'oldest' },
      ),
    ['mentions_status'],
  ],
  [
    'how many are open',
    ({ mentions }) => mentions.count('T1', { statuses: ['open'] }),
    ['mentions_status'],
  ],
  [
    'the newest mentions',
    ({ mentions }) => mentions.list('T1', {}, { limit: 50 }),
    ['mentions_found'],
  ],
  ['how many today', ({ mentions }) => mentions.count('T1', { from: NOON }), ['mentions_found']],
  [
    'my claims',
    ({ mentions }) =>
      mentions.list('T1', { claimedBy: 'U1', statuses: ['claimed'] }, { limit: 50 }),
    ['mentions_claimed'],
  ],
  [
    'what is snoozed',
    ({ mentions }) => mentions.snoozed('T1', NOON, { limit: 20, offset: 0 }),
    ['mentions_snoozed'],
  ],
  [
    'how many are snoozed',
    ({ mentions }) => mentions.countSnoozed('T1', NOON),
    ['mentions_snoozed'],
  ],
  ['what was done today', ({ mentions }) => mentions.tally('T1', NOON), ['events_done']],
  [
    'how long answers took',
    ({ mentions }) => mentions.answerTimes('T1', NOON, 50),
    ['events_done'],
  ],
  [
    'a post in any source',
    ({ mentions }) =>
      mentions.findByPost('T1', { url: 'https://a.example/1', title: null, text: 'a' }),
    ['mentions_post'],
  ],
  ['the log of today', ({ mentions }) => mentions.log('T1', { from: NOON }, 50), ['events_time']],
  [
    'the log of a person',
    ({ mentions }) => mentions.log('T1', { actor: 'U1' }, 50),
    ['events_actor'],
  ],
  ['the events of a mention', ({ mentions }) => mentions.events('T1', 'm1'), ['events_mention']],
  ['known posts', ({ mentions }) => mentions.findByPosts('T1', 's1', ['a', 'b']), ['external_key']],
  ['a source', ({ sources }) => sources.find('T1', 's1'), ['autoindex_sources_1']],
  ['who objected', ({ suppressions }) => suppressions.among('T1', ['h']), ['suppressions']],
  ['sources to sweep', ({ mentions }) => mentions.sourcesToSweep('T1', NOON), ['mentions_due']],
  ['the longest due sweep', ({ mentions }) => mentions.nextSweep('T1'), ['mentions_due']],
  ['posts to sweep', ({ mentions }) => mentions.toSweep('T1', 's1', NOON, 20), ['mentions_sweep']],
  ['threads to read', ({ mentions }) => mentions.toLookAt('T1', NOON, 20), ['mentions_look']],
  ['what an author wrote', ({ mentions }) => mentions.byAuthors('T1', ['h']), ['mentions_author']],
  [
    'text kept long enough',
    ({ mentions }) => mentions.toExpire('T1', LIMITS, 20),
    ['mentions_ended', 'mentions_held', 'mentions_held'],
  ],
  ['old deliveries', ({ deliveries }) => deliveries.prune(minutesAfter(-60)), ['deliveries_time']],
];

/** Of anything but the rows that came with the statement. */
const SCAN = /SCAN (?!given )/;

for (const [what, ask, indexes] of PLANS) {
  test(`SQLite finds ${what} by an index, already in order`, async (t) => {
    const { db, stores } = await sqliteStores(t);
    const queries: { sql: string; bindings: Knex.Value[] }[] = [];
    db.on('query', ({ sql, bindings }: (typeof queries)[number]) =>
      queries.push({ sql, bindings }),
    );
    await ask(stores);
    for (const [place, index] of indexes.entries()) {
      const plan = await explained(db, queries[place]!);
      assert.match(plan, new RegExp(`USING .*INDEX \\S*${index}`), plan);
      // The rows that were asked for may be read one by one.
      assert.doesNotMatch(plan, SCAN, plan);
      if (!GATHERED.includes(what)) assert.doesNotMatch(plan, /TEMP B-TREE/, plan);
    }
  });
}

test('SQLite reads no table as a whole to write a poll', async (t) => {
  const { db, stores } = await sqliteStores(t);
  await stores.workspaces.save(sampleWorkspace());
  await stores.sources.add(sampleSource({ id: 's1' }));
  const queries: { sql: string; bindings: Knex.Value[] }[] = [];
  db.on('query', (query: (typeof queries)[number]) => queries.push(query));
  const source = (await stores.sources.find('T1', 's1'))!;
  const counts = [{ keywordId: 'k1', step: 3, posts: 7 }];
  await stores.sources.commitPoll(samplePoll(source, [sampleMention()], { counts }));
  const statements = queries.filter(({ sql }) => /^(?:select|insert|update|delete)/iu.test(sql));
  assert.equal(statements.length, 6);
  for (const statement of statements) {
    const plan = await explained(db, statement);
    assert.doesNotMatch(plan, SCAN, `${statement.sql}\n${plan}`);
  }
});

async function explained(
  db: Knex,
  { sql, bindings }: { sql: string; bindings: Knex.Value[] },
): Promise<string> {
  const rows = (await db.raw(`EXPLAIN QUERY PLAN ${sql}`, bindings)) as { detail: string }[];
  return rows.map(({ detail }) => detail).join('\n');
}
