import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  compileQueries,
  matchOne,
  parseQuery,
  type Matcher,
  type Query,
} from '../../../src/core/query/index.ts';

const MEGABYTE = 2 ** 20;
const LONG = 2 ** 16;

function read(written: string): Query {
  const outcome = parseQuery(written);
  assert.ok(outcome.ok, `${written}: ${JSON.stringify(outcome)}`);
  return outcome.query;
}

function seconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const QUERIES = [
  ...[
    'acme',
    "acme's",
    'a',
    '#a',
    '@a',
    '=A',
    'acme*',
    'e-mail',
    'email',
    'acme.example',
    '東京',
    '京',
  ],
  ...['"a b"', `"${'a '.repeat(40)}"`, `"${'京'.repeat(40)}"`, `"${"a's ".repeat(40)}"`, 'สวัสดี'],
  ...['a NEAR/5 b', 'a NEAR/100 (b OR a)', 'a -b', 'a has:link has:question', '"a a a b"', 'aaaa'],
];
const ALL: Matcher = compileQueries(QUERIES.map((query) => ({ id: query, query: read(query) })));

const PIECES: readonly string[] = [
  ...[
    'a',
    'a ',
    "a's ",
    'a-',
    'a.',
    '@',
    '#',
    '@a ',
    'a b ',
    "'",
    "a'",
    'a_',
    '_',
    '-',
    ' ',
    '\0',
    '\n',
  ],
  ...[
    '東',
    '京',
    '東京',
    'か\u3099',
    'สวัสดี',
    'ﾞ',
    '\u200b',
    'a\u200b',
    '\u202e',
    '\u0301',
    'a\u0301',
  ],
  ...[
    '\ud800',
    '\udc00',
    'a\ud800',
    '\udc00\ud800',
    '😡',
    '𝐚',
    '𝐚 ',
    'http://',
    'www.',
    '?',
    'a?',
    'ß',
  ],
];

test('hostile texts are matched in time that grows with their length', { timeout: 120_000 }, () => {
  for (const piece of PIECES) {
    const text = (size: number) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
    ALL.match({ text: text(1000) });
    const small = seconds(() => ALL.match({ text: text(LONG / 8) }));
    const large = seconds(() => ALL.match({ text: text(LONG) }));
    // Quadratic time would be 64 times as long.
    assert.ok(large < 0.3 + 24 * small, `${JSON.stringify(piece)}: ${small} s, then ${large} s`);
  }
});

test('a megabyte of everything at once is matched', () => {
  const text = PIECES.join(' ')
    .repeat(MEGABYTE / 100)
    .slice(0, MEGABYTE);
  assert.ok(seconds(() => assert.ok(ALL.match({ text }).length > 0)) < 10);
});

test('an OR of ten thousand words, and ten thousand queries, are compiled and matched', () => {
  const parts = Array.from({ length: 10_000 }, (_, i) => read(`word${i}`).root);
  const wide: Query = { root: { type: 'or', parts } };
  assert.deepEqual(matchOne(wide, { text: 'this is WORD9999' }), [{ start: 8, end: 16 }]);
  assert.equal(matchOne(wide, { text: 'this is word10000' }), null);
  const many = compileQueries(parts.map((root, i) => ({ id: String(i), query: { root } })));
  assert.deepEqual(
    many.match({ text: 'word77 word5' }).map(({ id }) => id),
    ['5', '77'],
  );
});

test('ten thousand phrases with the same beginning cost no more than one', () => {
  const entries = Array.from({ length: 10_000 }, (_, i) => {
    return { id: String(i), query: read(`"acme broadband area ${i}"`) };
  });
  const matcher = compileQueries(entries);
  const text = 'acme broadband area '.repeat(20_000);
  assert.ok(seconds(() => matcher.match({ text })) < 5);
  assert.deepEqual(
    matcher.match({ text: `${text}7` }).map(({ id }) => id),
    ['7'],
  );
});

test('a tree far deeper than a person can write is still matched', () => {
  let root = read('acme').root;
  for (let i = 0; i < 500; i++) {
    root = { type: i % 2 ? 'and' : 'or', parts: [root, read('acme').root] };
  }
  assert.notEqual(matchOne({ root }, { text: 'acme' }), null);
});

test('a matcher of nothing, and an empty text, match nothing', () => {
  assert.deepEqual(compileQueries([]).match({ text: 'acme' }), []);
  assert.deepEqual(ALL.match({ text: '' }), []);
});
