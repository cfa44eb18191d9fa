import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { MARK_UNIT, MARKS, markTokens } from '../../../src/core/negativity/marks.ts';
import {
  BYTE_PARTS,
  EMBEDDING,
  FLOAT_PARTS,
  model,
  NET_TOKENS,
  TAPS,
  valenceIn,
  type Model,
} from '../../../src/core/negativity/model.ts';
import { blame, hiddenLayer, runNet } from '../../../src/core/negativity/net.ts';
import { findPhrases } from '../../../src/core/negativity/phrases.ts';
import { tokenise, type Token } from '../../../src/core/negativity/tokens.ts';
import { compiledKernels } from '../../../train/kernels.ts';
import { plainNet } from './plain-net.ts';
import { PLAIN } from './probes.ts';

/** As many words as texts are made of here; each text has a word or two that no model knows. */
const WORDS = 40;

test('the compiled kernels are those of the text beside them', async () => {
  const path = '../../../src/core/negativity/kernels-wasm.ts';
  assert.equal(readFileSync(new URL(path, import.meta.url), 'utf8'), await compiledKernels());
});

test('the kernels come to what the net is, on the shipped weights', () => {
  for (const { text } of PLAIN.slice(0, 12)) {
    const tokens = tokenise(text);
    const marks = markTokens(tokens, findPhrases(tokens), (word) => valenceIn(model(), word));
    assertSame(model(), tokens, marks);
  }
});

test('the kernels come to what the net is, whatever the weights, the words and the marks', () => {
  const numbers = { min: -128, max: 127 };
  fc.assert(
    fc.property(
      fc.integer(),
      fc.double({ min: 0.01, max: 4, noNaN: true }),
      fc.array(fc.nat({ max: WORDS + 2 }), { minLength: 1, maxLength: NET_TOKENS }),
      fc.array(fc.integer(numbers), { minLength: 3 * MARKS, maxLength: 3 * MARKS }),
      (seed, size, words, mixes) => {
        const tokens = words.map((word) => tokenOf(`word${word}`));
        // The first of three mixes is no marks at all, as with most words.
        const marks = Int8Array.from({ length: tokens.length * MARKS }, (_, i) => {
          const mix = Math.floor(i / MARKS) % 4;
          return mix === 0 ? 0 : mixes[(mix - 1) * MARKS + (i % MARKS)]!;
        });
        assertSame(randomModel(seed, size), tokens, marks);
      },
    ),
    { numRuns: 25 },
  );
});

test('what words were found to send is forgotten with the model, and where there is no more room', () => {
  const many = Array.from({ length: 8000 }, (_, i) => tokenOf(`word${i}`));
  const [one, other] = [randomModel(1, 1, many.length), randomModel(2, 1, many.length)];
  const logits = (of: Model, from: number) => {
    const tokens = many.slice(from, from + NET_TOKENS);
    return [...runNet(of, tokens, new Int8Array(NET_TOKENS * MARKS)).logits];
  };
  const first = logits(one, 0);
  assert.notDeepEqual(logits(other, 0), first);
  for (let from = NET_TOKENS; from < many.length; from += NET_TOKENS) logits(one, from);
  assert.deepEqual(logits(one, 0), first);
});

/** Sums of whole numbers and the layers are the same to the last digit, what is blamed nearly so. */
function assertSame(of: Model, tokens: readonly Token[], marks: Int8Array): void {
  const run = runNet(of, tokens, marks);
  const blamed = blame(of, run);
  const plain = plainNet(
    of,
    tokens.map(({ word }) => word),
    marks,
  );
  assert.deepEqual([...hiddenLayer(of)], plain.hidden);
  assert.deepEqual([...run.logits], [...Float32Array.from(plain.logits)]);
  const size = Math.max(1, ...plain.blamed.map(Math.abs));
  plain.blamed.forEach((value, t) => {
    assert.ok(Math.abs(value - blamed[t]!) < 1e-4 * size, `${t}: ${value} or ${blamed[t]!}`);
  });
}

function tokenOf(word: string): Token {
  return { word, start: 0, end: 0, shout: false, stretched: false, tag: false };
}

/** Weights drawn evenly around 0, `size` at most; `count` words. */
function randomModel(seed: number, size: number, count = WORDS): Model {
  let state = seed | 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  };
  const drawn = (length: number) => Float64Array.from({ length }, () => size * next());
  const codes = (length: number) => Int8Array.from({ length }, () => 128 * next());
  const shipped = model();
  const tapCodes = codes(TAPS * EMBEDDING);
  const tapScales = drawn(TAPS).map((scale) => Math.fround(scale / 128));
  return {
    ...shipped,
    rows: new Map(Array.from({ length: count }, (_, i) => [`word${i}`, i + 1])),
    embeddings: codes((count + 1) * EMBEDDING),
    scales: Float32Array.from({ length: count + 1 }, () => 1 / MARK_UNIT),
    markMap: drawn(BYTE_PARTS.markMap[0] * BYTE_PARTS.markMap[1]),
    tapCodes,
    tapScales,
    taps: Float64Array.from(tapCodes, (code, i) => code * tapScales[Math.floor(i / EMBEDDING)]!),
    hidden: drawn(BYTE_PARTS.hidden[0] * BYTE_PARTS.hidden[1]),
    filterBias: drawn(FLOAT_PARTS.filterBias),
    hiddenBias: drawn(FLOAT_PARTS.hiddenBias),
    out: drawn(FLOAT_PARTS.out),
    outBias: drawn(FLOAT_PARTS.outBias),
  };
}
