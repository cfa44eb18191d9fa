import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { indexTexts, likenesses, wordsOf, type Words } from '../../../src/core/negativity/alike.ts';
import { tokenise } from '../../../src/core/negativity/tokens.ts';

const words = (text: string) => wordsOf(tokenise(text), 'sample-key');

/** The likeness of two texts, each word compared with each. */
function compared(one: Words, other: Words): number {
  const parts = one.buckets.flatMap((bucket, i) => {
    const at = other.buckets.indexOf(bucket);
    return at < 0 ? [] : [one.weights[i]! * other.weights[at]!];
  });
  if (parts.length === one.buckets.length && parts.length === other.buckets.length) return 1;
  const cosine = parts.reduce((sum, part) => sum + part, 0);
  const beyondOne = Math.min(1, (cosine - Math.max(0, ...parts)) / 0.3);
  return beyondOne * Math.max(0, (cosine - 0.5) / 0.5);
}

test('texts looked up by their words are as alike as when compared one by one', () => {
  const word = fc.constantFrom('router', 'broken', 'line', 'film', 'tonight', 'the', 'not');
  const text = fc.array(word, { maxLength: 6 }).map((list) => words(list.join(' ')));
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 8 }), (one, others) => {
      const found = likenesses(indexTexts(others), one);
      assert.equal(found.length, others.length);
      others.forEach((other, i) => {
        assert.ok(Math.abs(found[i]! - compared(one, other)) < 1e-12);
      });
    }),
  );
});

test('the same text is alike, another one is not, and one word in common is not enough', () => {
  const index = indexTexts([words('the broken router'), words('horror film'), words('router')]);
  const [same, other, oneWord] = likenesses(index, words('the broken router'));
  assert.deepEqual([same, other, oneWord], [1, 0, 0]);
});
