import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  compileQueries,
  formatQuery,
  matchOne,
  parseQuery,
  type MatchInput,
  type Query,
} from '../../../src/core/query/index.ts';
import { slowMatch } from './slow-matcher.ts';

/** Few words, so that texts and queries meet; every trap that we know of is among them. */
const WORDS = [
  ...[
    'acme',
    'Acme',
    'ACME',
    "acme's",
    'acme’s',
    'acmes',
    "l'acme",
    'acmé',
    'ａｃｍｅ',
    'ac\u00adme',
  ],
  ...['#acme', '@acme', '@acme.example', '#acme_net', 'acme.example', 'https://www.acme.example/a'],
  ...[
    'e-mail',
    'email',
    'E‑Mail',
    'e',
    'mail',
    'mail@acme.example',
    'a-c-m-e',
    'ac-me',
    'acme-mail',
  ],
  ...["don't", 'dont', 'straße', 'STRASSE', 'bt', 'BT', 'Bt', 'acmeology', '_acme_', 'acme_'],
  ...[
    '東京',
    '東京都',
    '京都',
    '東',
    '京',
    'がく',
    'か\u3099く',
    'ｶﾞｸ',
    'สวัสดี',
    'สวัส',
    'acme東京',
    '𝐚𝐜𝐦𝐞',
  ],
];
const GLUE = [
  ...[
    ' ',
    ' ',
    ' ',
    ' ',
    '',
    '-',
    '.',
    '. ',
    '! ',
    ', ',
    '\n',
    '/',
    '’',
    "'",
    '’s',
    '_',
    '@',
    '#',
    ' @',
  ],
  ...[
    '\u200b',
    '–',
    '。',
    '？',
    '... ',
    '?',
    '(',
    ')',
    '\ud800',
    '\u0301',
    '\0',
    '\u202e',
    '😡',
    '://',
  ],
];

const text = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...GLUE)), { maxLength: 9 })
  .map((pieces) => pieces.flat().join(''));

const term = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('acm*', '#acm*', 'mai*', '=BT', '=Acme', '="Acme"', '=acme’s'),
  },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 })
      .map((words) => `"${words.join(' ')}"`),
  },
);
const side = fc.oneof(
  term,
  fc.array(term, { minLength: 2, maxLength: 3 }).map((terms) => `(${terms.join(' OR ')})`),
);
const field = fc.constantFrom(
  ...['source:feed', 'lang:en', 'author:jo', 'site:acme.example', 'has:link', 'has:question'],
);
const { node } = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 5, arbitrary: term },
    { weight: 1, arbitrary: field },
    {
      weight: 2,
      arbitrary: fc
        .tuple(side, fc.integer({ min: 1, max: 4 }), side)
        .map(([a, n, b]) => `${a} NEAR/${n} ${b}`),
    },
    { weight: 3, arbitrary: fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a}) (${b})`) },
    {
      weight: 3,
      arbitrary: fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a}) OR (${b})`),
    },
    { weight: 2, arbitrary: tie('node').map((a) => `-(${a})`) },
  ),
}));
const query = node
  .map((written) => ({ written, outcome: parseQuery(written) }))
  .filter(({ outcome }) => outcome.ok)
  .map(({ written, outcome }) => ({ written, query: (outcome as { query: Query }).query }));

const input: fc.Arbitrary<MatchInput> = fc.record({
  text,
  author: fc.constantFrom(null, 'jo', '@jo', 'jo@forum.example', 'joan'),
  url: fc.constantFrom(
    null,
    'https://acme.example/1',
    'https://help.acme.example/',
    'https://b.example/',
  ),
  language: fc.constantFrom(null, 'en', 'en-gb', 'de'),
  source: fc.constantFrom('feed', 'lemmy'),
});

test('the matcher agrees with a slow, obviously right one, word for word and place for place', () => {
  let matched = 0;
  fc.assert(
    fc.property(query, input, ({ query: read, written }, post) => {
      const spans = matchOne(read, post);
      assert.deepEqual(spans, slowMatch(read, post), written);
      if (spans) matched++;
    }),
    { numRuns: 6000 },
  );
  assert.ok(matched > 600, `only ${matched} of them matched`);
});

test('many queries in one pass match what each of them matches alone', () => {
  fc.assert(
    fc.property(fc.array(query, { minLength: 2, maxLength: 30 }), input, (queries, post) => {
      const entries = queries.map(({ query: read }, i) => ({ id: String(i), query: read }));
      const alone = entries.flatMap(({ id, query: read }) => {
        const spans = matchOne(read, post);
        return spans ? [{ id, spans }] : [];
      });
      assert.deepEqual(compileQueries(entries).match(post), alone);
    }),
    { numRuns: 600 },
  );
});

test('a query in its canonical spelling reads as the same query', () => {
  fc.assert(
    fc.property(query, ({ query: read, written }) => {
      const spelled = formatQuery(read);
      const again = parseQuery(spelled);
      assert.ok(again.ok, `${written} became ${spelled}`);
      assert.deepEqual(unwritten(again.query), unwritten(read), `${written} became ${spelled}`);
      assert.equal(formatQuery(again.query), spelled);
    }),
    { numRuns: 4000 },
  );
});

test('any text is read as a query or refused with a place inside it', () => {
  const signs = fc.constantFrom(
    ...WORDS,
    ...GLUE,
    '"',
    '“',
    '(',
    ')',
    ' OR ',
    ' NEAR/2 ',
    '-',
    '=',
    '*',
    'x:',
    '|',
  );
  fc.assert(
    fc.property(fc.array(signs, { maxLength: 12 }), (pieces) => {
      const written = pieces.join('');
      const outcome = parseQuery(written);
      if (outcome.ok) return;
      const { start, end, message } = outcome.error;
      assert.ok(0 <= start && start <= end && end <= written.length, JSON.stringify(outcome));
      assert.match(message, /^[A-Z].*\.$/u);
    }),
    { numRuns: 5000 },
  );
});

/** Without how the person wrote it. */
function unwritten(read: Query): unknown {
  return JSON.parse(JSON.stringify(read, (key, value) => (key === 'written' ? undefined : value)));
}
