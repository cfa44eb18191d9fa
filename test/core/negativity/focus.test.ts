import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Span } from '../../../src/core/post.ts';
import { judge } from '../../../src/core/negativity/judge.ts';

function about(keyword: string, text: string) {
  const focus: Span[] = [];
  for (let at = text.indexOf(keyword); at >= 0; at = text.indexOf(keyword, at + 1)) {
    focus.push({ start: at, end: at + keyword.length });
  }
  return judge(text, focus);
}

const COMPARED = 'Acme is great, unlike Beta Telecom whose router is awful';

test('praise of us and a curse on a competitor is not a complaint about us', () => {
  assert.notEqual(about('Acme', COMPARED).label, 'negative');
  assert.ok(about('Acme', COMPARED).negativity < 0.2);
});

test('the same text is a complaint about the competitor', () => {
  assert.equal(about('Beta Telecom', COMPARED).label, 'negative');
});

const SIDES: readonly (readonly [keyword: string, negative: boolean, text: string])[] = [
  ['Acme', true, 'I love Acme but the router is broken and nobody helps, awful service'],
  ['Acme', false, 'Beta Telecom is a joke. Acme Broadband is fine.'],
  ['Acme', true, 'Unlike Beta Telecom, Acme is useless'],
  ['Beta Telecom', false, 'Unlike Beta Telecom, Acme is useless'],
  ['Acme', false, 'Acme works fine for me but Beta Telecom is terrible and rude'],
  ['Beta Telecom', true, 'Acme works fine for me but Beta Telecom is terrible and rude'],
  ['Acme', true, 'Called @Acme three times. Nobody answers. Useless.'],
  ['Acme', true, 'I am with Acme. It is terrible and it is down again.'],
];

for (const [keyword, negative, text] of SIDES) {
  test(`about ${keyword} ${negative ? 'a' : 'no'} complaint: ${text}`, () => {
    assert.equal(about(keyword, text).label === 'negative', negative);
  });
}

test('a long text is judged around the keyword', () => {
  const rant = 'The bus company is horrible, rude and always late, I hate it. '.repeat(8);
  const calm = 'The bakery opens at seven and the library at nine on most days. '.repeat(8);
  const text = `${rant}${calm}Acme Broadband is on the corner, next to the bank. ${calm}${rant}`;
  assert.ok(about('Acme Broadband', text).negativity < 0.3);
  assert.ok(judge(text).negativity > 0.5);
});

test('a keyword that is not in the text means the whole text', () => {
  const text = 'Terrible service, never again';
  assert.deepEqual(judge(text, [{ start: 500, end: 504 }]), judge(text));
});
