import { isEmptyWord } from './empty-words.ts';
import { isNegator, valence } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** The words of a text as keyed buckets, none twice, weighted by what they tell, of length 1. */
export interface Words {
  readonly buckets: readonly number[];
  readonly weights: readonly number[];
}

/** Few enough that several words share each, so that a bucket alone proves nothing. */
const BUCKETS = 1 << 18;
/** Tokens of a text that are looked at. */
const WORDS = 120;
/** Two texts are alike from this cosine of their words on. */
const ALIKE_FROM = 0.5;
/** The cosine that must remain without the one word that gives most of it. */
const BEYOND_ONE = 0.3;

/** The words of a text; without `key`, the secret of a workspace, nobody can tell which they are. */
export function wordsOf(tokens: readonly Token[], key: string): Words {
  const found = new Map<number, number>();
  for (const { word } of tokens.slice(0, WORDS)) found.set(keyedHash(key, word), weightOf(word));
  const length = Math.hypot(...found.values()) || 1;
  return {
    buckets: [...found.keys()],
    weights: [...found.values()].map((weight) => Math.round((1000 * weight) / length) / 1000),
  };
}

/** The words of many texts, sorted by bucket: few of the texts share a word with any given one. */
export interface TextIndex {
  readonly buckets: Int32Array;
  /** For each bucket the number of a text that has it, and its weight there. */
  readonly texts: Int32Array;
  readonly weights: Float64Array;
  /** Words of each text. */
  readonly sizes: readonly number[];
}

export function indexTexts(texts: readonly Words[]): TextIndex {
  const entries = texts.flatMap(({ buckets, weights }, text) =>
    buckets.map((bucket, i) => ({ bucket, text, weight: weights[i]! })),
  );
  entries.sort((a, b) => a.bucket - b.bucket);
  return {
    buckets: Int32Array.from(entries, ({ bucket }) => bucket),
    texts: Int32Array.from(entries, ({ text }) => text),
    weights: Float64Array.from(entries, ({ weight }) => weight),
    sizes: texts.map(({ buckets }) => buckets.length),
  };
}

/** How alike each text is, 0 to 1; one word in common, however telling, is not enough. */
export function likenesses(index: TextIndex, { buckets, weights }: Words): Float64Array {
  const count = index.sizes.length;
  const [cosine, most, shared] = [
    new Float64Array(count),
    new Float64Array(count),
    new Int32Array(count),
  ];
  buckets.forEach((bucket, i) => {
    for (let at = firstOf(index.buckets, bucket); index.buckets[at] === bucket; at++) {
      const text = index.texts[at]!;
      const part = weights[i]! * index.weights[at]!;
      cosine[text]! += part;
      most[text] = Math.max(most[text]!, part);
      shared[text]!++;
    }
  });
  return cosine.map((sum, text) => {
    if (shared[text] === buckets.length && shared[text] === index.sizes[text]) return 1;
    const beyond = Math.min(1, (sum - most[text]!) / BEYOND_ONE);
    return beyond * Math.max(0, (sum - ALIKE_FROM) / (1 - ALIKE_FROM));
  });
}

/** The place of the first number that is not less, in sorted ones. */
function firstOf(sorted: Int32Array, wanted: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! < wanted) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** A word of feeling says less about what a text is about than the others do. */
function weightOf(word: string): number {
  if (isNegator(word)) return 0.1;
  if (!/^[\p{L}#*]/u.test(word) || isEmptyWord(word)) return 0.05;
  return valence(word) === 0 ? 1 : 0.6;
}

function keyedHash(key: string, word: string): number {
  const keyed = `${key}\u0000${word}\u0000${key}`;
  let [a, b] = [0x9e3779b9, 0x85ebca6b];
  for (let i = 0; i < keyed.length; i++) {
    const code = keyed.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ (code + (a >>> 7)), 0xcc9e2d51);
    b = (b << 13) | (b >>> 19);
  }
  let h = a ^ Math.imul(b, 0x1b873593);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) & (BUCKETS - 1);
}
