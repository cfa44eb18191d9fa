import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linearFeatures, linearSums } from '../../../src/core/negativity/linear.ts';
import { markTokens } from '../../../src/core/negativity/marks.ts';
import { model, valenceIn } from '../../../src/core/negativity/model.ts';
import { blame, runNet } from '../../../src/core/negativity/net.ts';
import { findPhrases } from '../../../src/core/negativity/phrases.ts';
import { tokenise } from '../../../src/core/negativity/tokens.ts';
import { WEIGHTS } from '../../../src/core/negativity/weights.ts';
import { PLAIN } from './probes.ts';

const shipped = model();

function seen(text: string) {
  const tokens = tokenise(text);
  const phrases = findPhrases(tokens);
  const marks = markTokens(tokens, phrases, (word) => valenceIn(shipped, word));
  return { tokens, phrases, marks };
}

test('the weights are at most 1 MB', () => {
  assert.ok(atob(WEIGHTS).length <= 1_000_000);
});

test('the quick sums of the linear model equal the listed features that it was trained on', () => {
  for (const { text } of PLAIN) {
    const { tokens, phrases, marks } = seen(text);
    const { buckets, values } = linearFeatures(tokens, marks, phrases);
    const slow = buckets.reduce((sum, b, i) => sum + shipped.linear[b * 2]! * values[i]!, 0);
    const { negative } = linearSums(shipped.linear, tokens, marks, phrases);
    assert.ok(Math.abs(slow - negative) < 1e-6);
  }
});

test('what the tokens are blamed for explains how taking one out moves the net', () => {
  const text = 'acme is awful and rude today';
  const { tokens, marks } = seen(text);
  const run = runNet(shipped, tokens, marks);
  const blamed = blame(shipped, run);
  const most = tokens[blamed.indexOf(Math.max(...blamed))]!.word;
  assert.ok(['awful', 'rude'].includes(most), most);
});
