import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../src/core/negativity/judge.ts';
import type { Label } from '../../../src/core/verdict.ts';
import { PLAIN, TRICKY } from './probes.ts';

const CLEAR: readonly (readonly [Label, string])[] = [
  [
    'negative',
    'Third engineer visit cancelled by Acme Broadband. Still waiting, and nobody answers.',
  ],
  ['negative', '@acme your app is awful and your support is worse'],
  ['negative', 'Worst customer service ever, thanks for nothing Acme'],
  ['negative', 'I hate acme so much right now'],
  ['negative', 'Acme lost my luggage and nobody cares'],
  ['negative', 'acme router does not work, useless company'],
  ['negative', 'So disappointed with Acme. Rude staff and a broken screen.'],
  ['negative', '@acme still no internet after 5 days, this is ridiculous 😡'],
  ['negative', 'Not happy with Acme at all, terrible signal'],
  ['negative', 'ACME IS A JOKE!!! DOWN AGAIN'],
  ['neutral', 'What time does the Acme shop open on Sunday?'],
  ['neutral', 'Acme announces new fibre network in Leeds'],
  ['neutral', 'Picking up a parcel from Acme at six'],
  ['neutral', '@acme do you ship to Norway?'],
  ['positive', 'Acme support were great today, thank you!'],
  ['positive', 'I love my new acme phone'],
  ['positive', "I'm so happy with @acme!!"],
  ['positive', 'Best airline ever, thanks for the lovely flight Acme 😍'],
  ['positive', 'Kudos to Acme, quick and friendly service'],
];

for (const [label, text] of CLEAR) {
  test(`calls ${label}: ${text}`, () => {
    assert.equal(judge(text).label, label);
  });
}

test('ranks plain complaints about a company above questions, news and praise', () => {
  const verdicts = PLAIN.map(({ label, text }) => ({ label, ...pick(text) }));
  let [right, pairs] = [0, 0];
  for (const bad of verdicts.filter(({ label }) => label === 'negative')) {
    for (const other of verdicts.filter(({ label }) => label !== 'negative')) {
      pairs++;
      if (bad.negativity > other.negativity) right++;
    }
  }
  assert.ok(right / pairs > 0.88, `${((100 * right) / pairs).toFixed(1)} % of the pairs in order`);
});

function pick(text: string): { negativity: number } {
  return { negativity: judge(text).negativity };
}

test('a stronger complaint is not less negative than a weaker one', () => {
  const weak = judge('The acme router is slow').negativity;
  const strong = judge('The acme router is terribly slow, useless and down again').negativity;
  assert.ok(strong > weak);
});

test('gives the same verdict whatever was judged before', () => {
  const text = 'My Acme line is down again and nobody answers the phone';
  const first = judge(text);
  for (const { text: other } of Object.values(TRICKY).flat()) judge(other);
  assert.deepEqual(judge(text), first);
});

test('negativity is a chance, whatever the text', () => {
  const odd = [
    '',
    ' ',
    '\u0000',
    '🙂',
    '?',
    '@',
    '#',
    '&amp;',
    'a'.repeat(5000),
    'no '.repeat(3000),
  ];
  for (const text of [...odd, ...PLAIN.map((probe) => probe.text)]) {
    const { negativity, reasons } = judge(text);
    assert.ok(negativity >= 0 && negativity <= 1);
    for (const { phrase, span } of reasons) assert.equal(text.slice(span.start, span.end), phrase);
  }
});

test('an empty text is neutral and hardly negative', () => {
  const { label, negativity, reasons } = judge('');
  assert.equal(label, 'neutral');
  assert.ok(negativity < 0.1);
  assert.deepEqual(reasons, []);
});

test('finds the complaint in the middle of a long text', () => {
  const filler = 'The garden needs water in summer and the hedge grows slowly. '.repeat(20);
  const complaint = 'Acme Broadband is terrible, the line is down again and nobody answers. ';
  const plain = judge(filler).negativity;
  assert.ok(judge(filler + complaint + filler).negativity > plain + 0.1);
});

test('emoticons and emoji speak as loudly as each other', () => {
  assert.ok(judge('acme router again 😡').negativity > judge('acme router again').negativity);
  assert.ok(judge('acme router again :(').negativity > judge('acme router again').negativity);
});
