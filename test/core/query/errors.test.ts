import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQuery, showError } from '../../../src/core/query/index.ts';

function refused(written: string) {
  const outcome = parseQuery(written);
  assert.ok(!outcome.ok, `${written} was not refused`);
  return outcome.error;
}

/** A query with ▸ and ◂ around the place, a part of the sentence, and what to write there. */
type Row = [marked: string, message: RegExp, suggestion: string | null];

const ROWS: readonly Row[] = [
  ['▸◂', /a word to listen for/, null],
  ['acme ▸"broadband◂', /never closed/, '"broadband"'],
  ['acme ▸“broadband ltd◂ ', /never closed/, '"broadband ltd"'],
  ['acme ▸="BT◂', /never closed/, '="BT"'],
  ['acme ▸"◂', /never closed/, ''],
  ['acme ▸""◂', /nothing between the quotation/, ''],
  ['acme ▸"?!"◂', /no letter or digit/, ''],
  ['acme ▸...◂', /no letter or digit/, ''],
  ['acme ▸😡◂', /no letter or digit/, ''],
  ['(acme zeta▸◂', /never closed/, ')'],
  ['acme ▸(◂', /never closed/, ''],
  ['acme▸)◂ zeta', /never opened/, ''],
  ['acme ▸()◂', /nothing between the parentheses/, ''],
  ['acme ▸OR◂', /after OR/, ''],
  ['▸OR◂ acme', /before this/, ''],
  ['acme ▸OR◂ OR zeta', /after OR/, ''],
  ['acme ▸AND◂', /after AND/, ''],
  ['▸AND◂ acme', /before this/, ''],
  ['acme ▸NOT◂', /after NOT/, ''],
  ['acme ▸-◂', /follows the minus/, ''],
  ['acme ▸- ◂jobs', /directly before/, '-'],
  ['acme ▸=◂', /follows the equals/, ''],
  ['acme ▸or◂ zeta', /small letters.*quotation marks/, 'OR'],
  ['acme ▸Or◂ zeta', /small letters/, 'OR'],
  ['acme ▸and◂ zeta', /small letters/, 'AND'],
  ["▸'acme broadband'◂", /double quotation marks/, '"acme broadband"'],
  ['▸‘acme broadband ltd’◂ zeta', /double quotation marks/, '"acme broadband ltd"'],
  ['acme ▸NEAR◂ zeta', /number of words/, 'NEAR/5'],
  ['acme ▸NEAR/0◂ zeta', /from 1 to 100/, 'NEAR/1'],
  ['acme ▸NEAR/500◂ zeta', /from 1 to 100/, 'NEAR/100'],
  ['acme ▸near/3◂ zeta', /in capitals/, 'NEAR/3'],
  ['acme ▸NEAR3◂ zeta', /in capitals/, 'NEAR/3'],
  ['acme ▸~3◂ zeta', /in capitals/, 'NEAR/3'],
  ['acme ▸NEAR/3◂', /after NEAR/, ''],
  ['▸NEAR/3◂ acme', /before this/, ''],
  ['acme ▸NEAR/3◂ -zeta', /must be there/, ''],
  ['acme NEAR/3 ▸(zeta router)◂', /joined by OR/, null],
  ['▸has:link◂ NEAR/3 acme', /joined by OR/, null],
  ['▸ac*◂', /at least 3 letters/, 'ac'],
  ['▸*◂', /no letter or digit/, ''],
  ['▸broad*band◂', /end of a word/, 'broad*'],
  ['▸*band◂', /end of a word/, null],
  ['▸=Broad*◂', /exact word/, '=Broad'],
  ['▸acme.exam*◂', /single word/, '"acme.exam"'],
  ['▸"acme broad*"◂', /in a phrase/, 'acme NEAR/1 broad*'],
  ['▸東京*◂', /script/, '東京'],
  ['acme ▸from:jo◂', /no field from:/, 'author:jo'],
  ['acme ▸is:question◂', /no field is:/, 'has:question'],
  ['acme ▸colour:red◂', /no field colour:/, '"colour red"'],
  ['acme ▸lang:◂ en', /Nothing follows lang:/, null],
  ['acme ▸lang:english◂', /code of a language/, 'lang:en'],
  ['acme ▸lang:klingonese◂', /code of a language/, null],
  ['acme ▸site:https://www.forum.example/t/1◂', /name of a site/, 'site:forum.example'],
  ['acme ▸site:forum◂', /name of a site/, null],
  ['acme ▸source:forum.example◂', /short name/, 'site:forum.example'],
  ['acme ▸has:links◂', /link or question/, 'has:link'],
  ['acme ▸has:money◂', /link or question/, null],
  ['acme ▸author:@◂', /handle or a name/, null],
  ['▸-jobs◂', /leave out or where to look/, null],
  ['▸lang:en -jobs◂', /leave out or where to look/, null],
  ['acme OR ▸-jobs◂', /hear everything/, null],
  ['acme OR ▸lang:en◂', /hear everything/, null],
];

test('every mistake is named, with its place and what to write instead', () => {
  for (const [marked, message, suggestion] of ROWS) {
    const start = marked.indexOf('▸');
    const end = marked.indexOf('◂') - 1;
    const written = marked.replace(/[▸◂]/gu, '');
    const error = refused(written);
    assert.match(error.message, message, marked);
    assert.deepEqual(
      { suggestion: error.suggestion, place: [error.start, error.end] },
      { suggestion, place: [start, end] },
      marked,
    );
  }
});

test('doing what the errors say ends in a query, or in an error that only the person can mend', () => {
  for (const [marked] of ROWS) {
    let written = marked.replace(/[▸◂]/gu, '');
    for (let step = 0; ; step++) {
      assert.ok(step < 5, `${marked} still refused as ${written}`);
      const outcome = parseQuery(written);
      if (outcome.ok || outcome.error.suggestion === null) break;
      const { start, end, suggestion } = outcome.error;
      written = written.slice(0, start) + suggestion + written.slice(end);
    }
  }
});

test('an error is shown in one line: the sentence, the place, the whole query as it should be', () => {
  const show = (written: string) => showError(written, refused(written));
  assert.equal(
    show('acme\nNEAR zeta'),
    'NEAR needs a number of words. Here: acme ▸NEAR◂ zeta Write: acme NEAR/5 zeta',
  );
  assert.equal(show(''), 'Write a word to listen for.');
  assert.match(show('acme OR -jobs'), /hear everything\. Here: acme OR ▸-jobs◂$/);
  assert.doesNotMatch(show('...'), /Write:/);
});

test('a query that is too long, too deep or too wide is refused with a reason', () => {
  assert.match(refused('acme '.repeat(1000)).message, /at most 4000 signs/);
  assert.match(refused(`${'('.repeat(60)}acme${')'.repeat(60)}`).message, /parentheses/);
  assert.match(refused(`${'-'.repeat(200)}acme`).message, /parentheses/);
  assert.match(refused(`"${'a '.repeat(50)}"`).message, /at most 40/);
});

test('forty parentheses in one another are read', () => {
  assert.ok(parseQuery(`${'('.repeat(40)}acme${')'.repeat(40)}`).ok);
});

const KNOWN = { sources: ['feed', 'hn', 'mastodon', 'x', 'youtube'] };

test('a name that nothing has is told with the names that there are', () => {
  for (const [query, message, write] of [
    [
      'acme source:mastdon',
      /no kind of source mastdon\. There are feed, hn, mastodon, x/u,
      'mastodon',
    ],
    ['acme source:twitter', /no kind of source twitter/u, 'acme source:x'],
    ['acme -source:rss', /no kind of source rss/u, 'acme -source:feed'],
    ['acme source:carrier-pigeon', /no kind of source carrier-pigeon/u, null],
    ['acme site:youtube', /not a kind of source/u, 'acme source:youtube'],
    ['acme site:forum', /name of a site alone/u, null],
    ['acme lang:xq', /no language with the code xq.*ISO 639/u, null],
    ['acme lang:qq-de', /no language with the code qq-de/u, null],
  ] as const) {
    const outcome = parseQuery(query, KNOWN);
    assert.ok(!outcome.ok, query);
    const shown = showError(query, outcome.error);
    assert.match(shown, message, query);
    if (write === null) assert.equal(outcome.error.suggestion, null);
    else assert.ok(shown.includes(write), shown);
  }
  for (const query of [
    'acme source:hn',
    'acme lang:pt-br',
    'acme lang:ast',
    'acme site:a.example',
  ]) {
    assert.ok(parseQuery(query, KNOWN).ok, query);
  }
  assert.ok(parseQuery('acme source:retired').ok, 'what was saved long ago is still read');
});
