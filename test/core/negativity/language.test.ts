import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../src/core/negativity/judge.ts';
import { PLAIN, TRICKY } from './probes.ts';

const FOREIGN: readonly (readonly [string, string])[] = [
  ['de', 'Das Internet von Acme ist seit drei Tagen kaputt und niemand antwortet'],
  ['es', 'Llevo tres días sin internet y nadie contesta, Acme es una vergüenza'],
  ['fr', "Le service client d'Acme est vraiment nul, je change de fournisseur"],
  ['it', 'Sono senza linea da ieri e nessuno risponde al telefono'],
  ['nl', 'Zeer slechte service van Acme, ik wacht al drie weken op een monteur'],
  ['pl', 'Internet znowu nie działa, trzeci dzień bez odpowiedzi'],
  ['ja', 'アクメの回線がまた落ちた。もう三日目だ。'],
  ['ru', 'Интернет опять не работает, третий день без связи'],
  ['ar', 'الإنترنت لا يعمل منذ ثلاثة أيام ولا أحد يجيب'],
];

for (const [code, text] of FOREIGN) {
  test(`does not judge ${code}: ${text}`, () => {
    const verdict = judge(text);
    assert.equal(verdict.language, code);
    assert.equal(verdict.judged, false);
    assert.equal(verdict.label, 'neutral');
    assert.deepEqual(verdict.reasons, []);
    assert.ok(verdict.negativity >= 0 && verdict.negativity <= 1);
  });
}

test('never refuses the English samples', () => {
  for (const { text } of [...PLAIN, ...Object.values(TRICKY).flat()]) {
    assert.equal(judge(text).judged, true, text);
  }
});

const ODD_ENGLISH = [
  'acme sux',
  'omg acme y u no work',
  'dis app trash af smh',
  'ugh #acmefail',
  'lol wut @acme',
  'gr8 job acme',
  '@acme @acmehelp ???',
  'helloooo anyone home',
  'worst ever',
  'pls fix ur wifi tho',
];

for (const text of ODD_ENGLISH) {
  test(`judges English however it is written: ${text}`, () => {
    assert.equal(judge(text).judged, true);
  });
}

test('a short text of no clear language has none', () => {
  assert.equal(judge('acme 2').language, null);
});

test('emoji that speak for themselves are judged in any language', () => {
  const verdict = judge('Acme Internet wieder kaputt seit gestern 😡😡');
  assert.equal(verdict.judged, true);
  assert.equal(verdict.label, 'negative');
  assert.equal(verdict.language, 'de');
});
