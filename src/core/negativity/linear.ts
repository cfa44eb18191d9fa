import { MARK_UNIT, MARKS } from './marks.ts';
import type { PhraseMatch } from './phrases.ts';
import type { Token } from './tokens.ts';

/** Buckets that the features are hashed into; a power of two. */
export const BUCKETS = 1 << 16;

/** The features of a text: the bucket of each, and its value. */
export interface Features {
  buckets: number[];
  values: number[];
}

function hash(text: string, seed: number, from = 0, to = text.length): number {
  let h = seed ^ 0x811c9dc5;
  for (let i = from; i < to; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
}

function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

/** Stands before the first word. */
const START = 77;
/** Tells a negated word from a plain one. */
const NEGATED = 0x5bd1e995;

interface WordHashes {
  hash: number;
  grams: readonly number[];
}

const known = new Map<string, WordHashes>();
const WORDS_KEPT = 50_000;

/** Hash of a word and the buckets of its 3- to 5-letter parts; remembered, as words come again. */
function hashesOf(word: string): WordHashes {
  let hashes = known.get(word);
  if (hashes === undefined) {
    if (known.size >= WORDS_KEPT) known.clear();
    hashes = { hash: hash(word, 1), grams: gramsOf(word) };
    known.set(word, hashes);
  }
  return hashes;
}

function gramsOf(word: string): number[] {
  if (word.length < 3 || word[0] === '<') return [];
  const padded = `^${word}$`;
  const grams: number[] = [];
  for (let size = 3; size <= 5; size++) {
    for (let at = 0; at + size <= padded.length; at++) {
      grams.push(hash(padded, 2, at, at + size) & (BUCKETS - 1));
    }
  }
  return grams;
}

/** Weights for negative and positive, a pair a bucket. */
type Weights = Float32Array;

interface WordWeights {
  hash: number;
  grams: number;
  negative: number;
  positive: number;
}
const summed = new WeakMap<Weights, Map<string, WordWeights>>();

/** Sums of the weights of a word's parts; remembered. */
function weightsOf(weights: Weights, word: string): WordWeights {
  let words = summed.get(weights);
  if (words === undefined) summed.set(weights, (words = new Map()));
  let sum = words.get(word);
  if (sum === undefined) {
    if (words.size >= WORDS_KEPT) words.clear();
    sum = { hash: hash(word, 1), grams: 0, negative: 0, positive: 0 };
    for (const gram of gramsOf(word)) {
      sum.grams++;
      sum.negative += weights[gram * 2]!;
      sum.positive += weights[gram * 2 + 1]!;
    }
    words.set(word, sum);
  }
  return sum;
}

/**
 * What `linearFeatures` and `weights` give for negative and positive, without listing the features:
 * five times as quick, since the parts of a word are summed once.
 */
export function linearSums(
  weights: Weights,
  tokens: readonly Token[],
  marks: Int8Array,
  phrases: readonly PhraseMatch[],
): { negative: number; positive: number } {
  const n = tokens.length;
  let [negative, positive, gramNegative, gramPositive, grams] = [0, 0, 0, 0, 1];
  let before = START;
  for (let i = 0; i < n; i++) {
    const own = weightsOf(weights, tokens[i]!.word);
    const word = marks[i * MARKS + 2] !== 0 ? own.hash ^ NEGATED : own.hash;
    const single = (mix(word) & (BUCKETS - 1)) * 2;
    const pair = (mix(Math.imul(before, 31) + word) & (BUCKETS - 1)) * 2;
    negative += weights[single]! + weights[pair]!;
    positive += weights[single + 1]! + weights[pair + 1]!;
    gramNegative += own.negative;
    gramPositive += own.positive;
    grams += own.grams;
    before = own.hash;
  }
  const [unit, gramUnit] = [1 / Math.sqrt(n + 1), 1 / Math.sqrt(grams)];
  negative = negative * unit + gramNegative * gramUnit;
  positive = positive * unit + gramPositive * gramUnit;
  const counts: Features = { buckets: [], values: [] };
  addCounts(counts, tokens, marks, phrases);
  for (const bucket of counts.buckets) {
    negative += weights[bucket * 2]!;
    positive += weights[bucket * 2 + 1]!;
  }
  return { negative, positive };
}

function add(features: Features, bucket: number, value: number): void {
  features.buckets.push(bucket & (BUCKETS - 1));
  features.values.push(value);
}

/** A small whole number as a feature of its own, `group` telling one kind of number from another. */
function addCount(features: Features, group: number, count: number): void {
  add(features, mix(0x9e3779b1 * group + Math.round(count)), 1);
}

/**
 * Words, pairs of words and parts of words, with a mark on what a negation reaches, each block scaled
 * by the root of its size; and counts of what the lexicons and the phrases found.
 */
export function linearFeatures(
  tokens: readonly Token[],
  marks: Int8Array,
  phrases: readonly PhraseMatch[],
): Features {
  const features: Features = { buckets: [], values: [] };
  const n = tokens.length;
  const unit = 1 / Math.sqrt(n + 1);
  let gramCount = 1;
  for (const { word } of tokens) gramCount += hashesOf(word).grams.length;
  const gramUnit = 1 / Math.sqrt(gramCount);
  let before = START;
  for (let i = 0; i < n; i++) {
    const { hash: own, grams } = hashesOf(tokens[i]!.word);
    const negated = marks[i * MARKS + 2] !== 0;
    const word = negated ? own ^ NEGATED : own;
    add(features, mix(word), unit);
    add(features, mix(Math.imul(before, 31) + word), unit);
    for (const gram of grams) add(features, gram, gramUnit);
    before = own;
  }
  addCounts(features, tokens, marks, phrases);
  return features;
}

function addCounts(
  features: Features,
  tokens: readonly Token[],
  marks: Int8Array,
  phrases: readonly PhraseMatch[],
): void {
  let [up, down, most, least, last, afterBut] = [0, 0, 0, 0, 0, 0];
  let [shouts, stretched, exclaims, asks, users, urls, quoted] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0, at = 0; i < tokens.length; i++, at += MARKS) {
    const value =
      (marks[at]! - marks[at + 1]! - 0.74 * marks[at + 3]! + 0.74 * marks[at + 4]!) / MARK_UNIT;
    if (value !== 0) {
      if (value > 0) up += value;
      else down -= value;
      most = Math.max(most, value);
      least = Math.min(least, value);
      last = value;
      if (marks[at + 15] !== 0) afterBut += value;
    }
    if (marks[at + 5] !== 0) shouts++;
    if (marks[at + 6] !== 0) stretched++;
    if (marks[at + 16] !== 0) quoted++;
    const { word } = tokens[i]!;
    if (word[0] === '!') exclaims += word.length;
    else if (word[0] === '?') asks++;
    else if (word === '<user>') users++;
    else if (word === '<url>') urls++;
  }
  addCount(features, 1, Math.max(-12, Math.min(12, (up - down) * 4)));
  addCount(features, 2, Math.min(up * 3, 12));
  addCount(features, 3, Math.min(down * 3, 12));
  addCount(features, 4, most * 4);
  addCount(features, 5, least * 4);
  addCount(features, 6, last * 4);
  addCount(features, 7, Math.max(-8, Math.min(8, afterBut * 4)));
  addCount(features, 8, Math.min(shouts, 4));
  addCount(features, 9, Math.min(stretched, 2));
  addCount(features, 10, Math.min(exclaims, 4));
  addCount(features, 11, Math.min(asks, 3));
  addCount(features, 12, Math.min(users, 3));
  addCount(features, 13, Math.min(urls, 2));
  addCount(features, 14, Math.min(Math.log2(tokens.length + 1) * 2, 14));
  addCount(features, 15, tokens[0]?.word === '<user>' ? 1 : 0);
  let [complaint, praise, elsewhere] = [0, 0, 0];
  for (const { weight } of phrases) {
    if (weight > 0) complaint++;
    else if (weight > -1) elsewhere++;
    else praise++;
  }
  addCount(features, 16, Math.min(complaint, 4));
  addCount(features, 17, Math.min(praise, 3));
  addCount(features, 18, Math.min(elsewhere, 3));
  addCount(features, 19, Math.min(quoted, 4));
}
