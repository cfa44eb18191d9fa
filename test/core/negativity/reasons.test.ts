import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../src/core/negativity/judge.ts';
import { PLAIN, TRICKY } from './probes.ts';

function phrases(text: string): string[] {
  return judge(text).reasons.map(({ phrase }) => phrase.toLowerCase());
}

test('complaint phrases are reasons, as written', () => {
  const found = phrases(
    'Third engineer visit cancelled. Still waiting, and nobody answers the phone.',
  );
  assert.ok(found.includes('still waiting'));
  assert.ok(found.includes('nobody answers'));
});

test('a word of feeling comes with the negation before it', () => {
  assert.ok(
    phrases('@acme I am not happy, this is awful').some((phrase) => phrase.includes('not happy')),
  );
});

test('there are at most five, none twice, none overlapping, each found in the text', () => {
  for (const { text } of [...PLAIN, ...Object.values(TRICKY).flat()]) {
    const { reasons } = judge(text);
    assert.ok(reasons.length <= 5);
    const said = reasons.map(({ phrase }) => phrase.toLowerCase());
    assert.equal(new Set(said).size, said.length);
    for (const [i, { phrase, span }] of reasons.entries()) {
      assert.equal(text.slice(span.start, span.end), phrase);
      assert.ok(phrase.length <= 60);
      for (const other of reasons.slice(i + 1)) {
        assert.ok(other.span.end <= span.start || span.end <= other.span.start);
      }
    }
  }
});

test('reasons come strongest first', () => {
  for (const { text } of PLAIN) {
    const weights = judge(text).reasons.map(({ weight }) => Math.abs(weight));
    assert.deepEqual(
      weights,
      [...weights].sort((a, b) => b - a),
    );
  }
});

test('reasons of a negative verdict speak for negative', () => {
  for (const { text } of PLAIN) {
    const { label, reasons } = judge(text);
    if (label === 'negative') for (const { weight } of reasons) assert.ok(weight > 0);
  }
});

test('most complaints that are called negative have a reason to show', () => {
  const verdicts = PLAIN.map(({ text }) => judge(text)).filter(({ label }) => label === 'negative');
  const shown = verdicts.filter(({ reasons }) => reasons.length > 0);
  assert.ok(shown.length >= verdicts.length * 0.9, `${shown.length} of ${verdicts.length}`);
});

test('taking the first reason out of a text makes it less negative', () => {
  const texts = [
    'Acme support is useless and I will miss my train',
    'my acme screen is broken, help',
  ];
  for (const text of texts) {
    const { negativity, reasons } = judge(text);
    const { start, end } = reasons[0]!.span;
    assert.ok(judge(text.slice(0, start) + text.slice(end)).negativity < negativity);
  }
});

test('a reason is a phrase that a person would say: no loose word at its ends, and with its object', () => {
  for (const [text, reason] of [
    ['Acme cancelled my order without a word, awful', 'cancelled my order'],
    ['acme ignored my complaint and then closed it', 'ignored my complaint'],
    ['Awful. The acme agent hung up on me', 'hung up on me'],
    ['Acme support is rude, useless and slow', 'rude'],
  ] as const) {
    const found = phrases(text);
    assert.ok(
      found.some((phrase) => phrase.startsWith(reason)),
      `${text}: ${found.join(' · ')}`,
    );
    for (const phrase of found) assert.doesNotMatch(phrase, /^(?:and|the|is) | (?:and|my|the|on)$/);
  }
});

test('how long and how often are reasons where they moved the score', () => {
  assert.ok(
    phrases('@AcmeAir two hours in the dark, terrible, and not even water').some((phrase) =>
      phrase.includes('two hours'),
    ),
  );
});
