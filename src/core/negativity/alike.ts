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

/** Tells how alike another text is, 0 to 1; one word in common, however telling, is not enough. */
export function likenessTo({ buckets, weights }: Words): (other: Words) => number {
  const own = new Map(buckets.map((bucket, i) => [bucket, weights[i]!]));
  return (other) => {
    let [cosine, most, shared] = [0, 0, 0];
    other.buckets.forEach((bucket, i) => {
      const weight = own.get(bucket);
      if (weight === undefined) return;
      const part = weight * other.weights[i]!;
      cosine += part;
      most = Math.max(most, part);
      shared++;
    });
    if (shared === own.size && shared === other.buckets.length) return 1;
    const beyond = Math.min(1, (cosine - most) / BEYOND_ONE);
    return beyond * Math.max(0, (cosine - ALIKE_FROM) / (1 - ALIKE_FROM));
  };
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
