import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  adviseQuery,
  contextOf,
  explainQuery,
  formatQuery,
  parseQuery,
  typicalWords,
  type Query,
} from '../../../src/core/query/index.ts';

function read(written: string): Query {
  const outcome = parseQuery(written);
  assert.ok(outcome.ok, `${written}: ${JSON.stringify(outcome)}`);
  return outcome.query;
}

test('a query is explained in plain words', () => {
  const rows: [query: string, explanation: string][] = [
    ['acme', 'posts with the word acme'],
    [
      '“Acme  Broadband” -jobs',
      'posts with the phrase "Acme Broadband", but not with the word jobs',
    ],
    ['acme broadband', 'posts with the words acme and broadband'],
    [
      'acme OR zeta OR "no signal"',
      'posts with the word acme, the word zeta or the phrase "no signal"',
    ],
    ['acme | zeta', 'posts with the word acme or zeta'],
    ['#acme OR @acme_help', 'posts with the hashtag #acme or the handle @acme_help'],
    ['https://www.acme.example/help/', 'posts with the address acme.example/help'],
    ['e-mail!', 'posts with the word e-mail'],
    ['broad*', 'posts with a word that begins with broad'],
    ['#acme*', 'posts with a hashtag that begins with #acme'],
    ['=BT', 'posts with the word BT in exactly these capitals'],
    [
      'BT NEAR/8 (broadband OR router)',
      'posts with the word BT at most 8 words from the word broadband or router',
    ],
    ['acme NEAR/1 down', 'posts with the word acme directly beside the word down'],
    [
      'acme source:feed lang:de author:jo site:forum.example has:link has:question',
      'posts with the word acme, and from the source feed, and in German, and by jo, ' +
        'and at forum.example, and with a link, and with a question mark',
    ],
    [
      'acme -(jobs hiring) -lang:fr',
      'posts with the word acme, but not (with the words jobs and hiring), and not in French',
    ],
    ['acme (router OR hub)', 'posts with the word acme, and with the word router or hub'],
    ['(acme down) OR zeta', 'posts either (with the words acme and down), or with the word zeta'],
    ['acme lang:qqq', 'posts with the word acme, and in the language qqq'],
  ];
  for (const [query, explanation] of rows) assert.equal(explainQuery(read(query)), explanation);
});

test('spellings of the same query have one canonical form', () => {
  const rows: [canonical: string, ...same: string[]][] = [
    ['acme', 'Acme', 'ＡＣＭＥ', '(acme)', 'ac\u00adme', 'acme!', 'NOT NOT acme'],
    ['"acme broadband"', '“Acme   Broadband”', '"acme-broadband"', '«ACME broadband»'],
    ['acme zeta', 'acme AND zeta', '(acme) (zeta)', 'acme && zeta'],
    ['acme OR zeta', 'acme | zeta', 'acme || zeta', '(acme OR (zeta))'],
    ['(acme down) OR zeta', 'acme down OR zeta'],
    ['acme -(a OR b)', 'acme NOT (a | b)', 'acme –(a OR b)'],
    ["acme's", 'ACME’S'],
    ["l'acme", 'L’Acme'],
    ['acme.example', 'https://www.ACME.example/', 'www.acme.example'],
    ['=BT', '(=BT)'],
    ['bt NEAR/3 (a OR b)', '(bt) NEAR/3 (a | b)'],
    ['acme author:sample_user', 'acme author:@Sample_User'],
    ['acme author:"jo sample"', 'acme author:"Jo  Sample"'],
    ['acme site:forum.example', 'acme site:www.Forum.example'],
  ];
  for (const [canonical, ...same] of rows) {
    for (const query of [canonical, ...same])
      assert.equal(formatQuery(read(query)), canonical, query);
  }
});

test('a short, common or ambiguous word alone is warned of, with a query that asks for context', () => {
  const near = 'NEAR/8 (broadband OR router OR engineer)';
  const any = 'NEAR/8 (customer OR support OR service)';
  const rows: [query: string, message: RegExp, proposal: string][] = [
    ['BT', /"BT" often means something else.* BT NEAR\/8 \(broadband OR/, `bt ${near}`],
    ['ee', /often means something else/, `ee ${near}`],
    ['o2 -jobs', /often means something else/, `(o2 ${near}) -jobs`],
    ['xq', /is short/, `xq ${any}`],
    ['orange OR "orange mobile"', /often means/, `orange ${near} OR "orange mobile"`],
    ['sky lang:en', /often means/, `(sky ${near}) lang:en`],
    ['delta', /often means/, 'delta NEAR/8 (flight OR airport OR luggage)'],
    ['working OR help', /common word/, `working OR help ${any}`],
    ['"three"', /often means/, `"three" ${near}`],
    ['=BT', /often means/, `=BT ${near}`],
    ['acm*', /begins many words/, `acm* ${any}`],
    ['水', /single sign/, `水 ${any}`],
  ];
  for (const [query, message, proposal] of rows) {
    const [advice, ...more] = adviseQuery(read(query));
    assert.deepEqual(more, [], query);
    assert.match(advice?.message ?? '', message, query);
    assert.equal(advice?.proposal, proposal, query);
    assert.deepEqual(adviseQuery(read(proposal)), [], `${proposal} is warned of as well`);
  }
});

test('the proposed context is what the team knows of itself, before what fits the trade or anybody', () => {
  const known = contextOf(
    ['acme NEAR/5 (fibre OR modem)', '"acme fibre" -jobs', 'beta landline -recruiting'].map(read),
  );
  assert.deepEqual(known, ['fibre', 'modem', 'landline']);
  const [advice] = adviseQuery(read('BT'), ['fibre', 'modem', 'landline', 'socket']);
  assert.equal(advice?.proposal, 'bt NEAR/8 (fibre OR modem OR landline)');
  const [one] = adviseQuery(read('BT'), ['fibre']);
  assert.equal(one?.proposal, 'bt NEAR/8 (fibre OR broadband OR router)');
});

test('words are typical of posts that have them more than others do, unless they are of feeling, of every day or asked for', () => {
  const inside = [
    'My bt modem is broken, the landline is awful',
    'A new modem from bt today, awful landline',
    'bt sent a modem and a landline',
  ];
  const outside = ['The hedge grows', 'A modem in the museum', 'Awful weather, broken hedge'];
  assert.deepEqual(typicalWords(inside, outside, [read('bt')]), ['landline']);
  assert.deepEqual(typicalWords(inside, outside, [read('bt landline')]), []);
  assert.deepEqual(typicalWords([], outside, [read('bt')]), []);
});

test('no advice is given where the query asks for context, or the word is telling', () => {
  for (const query of [
    ...[
      'acme',
      '"acme broadband"',
      'sky broadband',
      'bt NEAR/5 router',
      '#bt',
      '@bt',
      'target.example',
    ],
    ...['broadband*', '東京', 'apple site:forum.example', 'bt author:jo', 'acme -bt', '=Help'],
  ]) {
    assert.deepEqual(adviseQuery(read(query)), [], query);
  }
});

test('a small "not" and signs that are not looked for are pointed out', () => {
  const [not] = adviseQuery(read('acme not hiring'));
  assert.match(not?.message ?? '', /NOT in capitals/);
  assert.equal(not?.proposal, 'acme -hiring');
  assert.match(adviseQuery(read('acme C++'))[0]?.message ?? '', /signs \+\+ of "C\+\+"/);
});

test('every query in the table of the page for users is understood', () => {
  const rows = readFileSync('docs/QUERIES.md', 'utf8').match(/^\| `.*$/gmu) ?? [];
  const queries = rows.flatMap((row) => {
    const [, cell = ''] = row.split(/(?<!\\)\|/u);
    return Array.from(cell.matchAll(/`([^`]+)`/gu), ([, query = '']) => query);
  });
  assert.ok(queries.length > 15);
  for (const query of queries) read(query);
});
