import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { textOfHtml, textOfMarkdown } from '../../src/sources/text.ts';

function isQuote(name: string, classes: readonly string[]): boolean {
  return name === 'aside' && classes.includes('quote');
}

test('what others wrote is cut out of HTML, however deep it is nested', () => {
  for (const [html, text] of [
    [
      '<p>Sample</p><aside class="quote x">Fine <aside>really</aside> so</aside><p>broken</p>',
      'Sample\n\nbroken',
    ],
    ['<aside class=quote>Fine</aside>broken<ASIDE CLASS="big quote">fine</ASIDE>', 'broken'],
    ['<aside>Sample</aside>', 'Sample'],
    ['</aside>Sample<aside class="quote">never closed', 'Sample'],
    ['<p title="<aside class=quote>">Sample</p>', 'Sample'],
    ['5 < 7 &amp; 7 > 5', '5 < 7 & 7 > 5'],
  ] as const) {
    assert.equal(textOfHtml(html, isQuote), text, html);
  }
});

test('Markdown becomes what somebody says', () => {
  for (const [markdown, text] of [
    [
      '**Sample:** it _fails_ `often`, [see here](https://a.example/x_y)',
      'Sample: it fails often, see here',
    ],
    [
      '<!-- What happened? -->\nIt fails\n<!-- a --> twice <!-- never closed',
      'It fails\n twice'.replace('\n ', '\n'),
    ],
    ['> Acme is fine\n\nNo, it is not', 'No, it is not'],
    ['# Heading\n- one\n- [x] two\n* three', 'Heading\none\ntwo\nthree'],
    ['```sh\nacme up\n```', 'acme up'],
    ['![shot](https://a.example/1.png)Sample', 'Sample'],
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
  ] as const) {
    assert.equal(textOfMarkdown(markdown), text, markdown);
  }
});

test('hostile markup is read in time that grows with its length', () => {
  const hostile = [
    '<aside class="quote">'.repeat(20_000),
    '<aside>'.repeat(60_000) + '</p>'.repeat(60_000),
    '<!--'.repeat(100_000),
    '['.repeat(200_000),
    '[a](('.repeat(80_000),
    '*a '.repeat(130_000),
    '_'.repeat(400_000),
    '> '.repeat(200_000),
  ];
  for (const text of hostile) {
    const before = process.cpuUsage();
    textOfHtml(text, isQuote);
    textOfMarkdown(text);
    const { user, system } = process.cpuUsage(before);
    const took = (user + system) / 1000;
    assert.ok(took < 1000, `${text.slice(0, 8)} took ${Math.round(took)} ms`);
  }
});

test('words without markup come through unchanged', () => {
  const word = fc.stringMatching(/^[a-zäöü0-9]{1,12}$/u);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), (words) => {
      const text = words.join(' ');
      assert.equal(textOfHtml(text, isQuote), text);
      assert.equal(textOfHtml(`<p>${text}</p>`, isQuote), text);
      assert.equal(textOfMarkdown(text), text);
    }),
  );
});
