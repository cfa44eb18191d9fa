import { fnv, mix } from './fingerprint.ts';

/**
 * Which texts are nearly the same: the same complaint shared, quoted, or retyped with another
 * beginning. Texts are compared by their stretches of five characters, which no language needs
 * spaces for, and two sets of stretches by MinHash (Broder 1997): the share of equal smallest hashes
 * estimates the share of stretches that both have (Jaccard). Bands of the sketch (locality-sensitive
 * hashing) find the candidates, so that nobody compares each with each.
 */

/** The smallest hash of the text's stretches under each of 64 hash functions. */
export type Sketch = Uint32Array;

const HASHES = 64;
/** With bands of four, two that share half of their stretches meet in one with probability 0.64. */
const BAND = 4;
const STRETCH = 5;
/** Shorter than this, texts are alike by chance: "acme is down". */
const FEWEST = 20;
/** From this share of common stretches on, two texts count as alike. */
export const ALIKE = 0.5;

/** A text without its case, its punctuation, its links and the handles in it. */
export function normalised(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/https?:\/\/\S+|[@#]\S+/gu, ' ')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(' ');
}

/** Every stretch of five characters, each once. */
export function stretches(text: string): Set<string> {
  const units = [...normalised(text)];
  const found = new Set<string>();
  for (let at = 0; at + STRETCH <= units.length; at += 1) {
    found.add(units.slice(at, at + STRETCH).join(''));
  }
  return found;
}

/** Null for a text that is too short to compare. */
export function sketch(text: string): Sketch | null {
  const found = stretches(text);
  if (found.size < FEWEST) return null;
  const smallest = new Uint32Array(HASHES).fill(0xffffffff);
  for (const stretch of found) {
    const hash = fnv(stretch);
    for (let at = 0; at < HASHES; at += 1) {
      const mixed = mix(hash ^ Math.imul(at + 1, 0x9e3779b1));
      if (mixed < (smallest[at] ?? 0)) smallest[at] = mixed;
    }
  }
  return smallest;
}

/** 0 to 1: about the share of stretches that both texts have, within a tenth or so. */
export function likeness(one: Sketch, other: Sketch): number {
  let equal = 0;
  for (let at = 0; at < HASHES; at += 1) if (one[at] === other[at]) equal += 1;
  return equal / HASHES;
}

/**
 * Groups of texts that are alike, or alike to one that is, as indexes in order; the largest group
 * first. Texts without a like are in none.
 */
export function groupsOf(sketches: readonly (Sketch | null)[]): number[][] {
  const parent = sketches.map((_, at) => at);
  const rootOf = (at: number): number => {
    let root = at;
    while (parent[root] !== root) root = parent[root] ?? root;
    return root;
  };
  const buckets = new Map<string, number[]>();
  sketches.forEach((one, at) => {
    if (one === null) return;
    for (let start = 0; start < HASHES; start += BAND) {
      const key = `${start}:${one.subarray(start, start + BAND).join()}`;
      const bucket = buckets.get(key) ?? [];
      for (const earlier of bucket) {
        if (rootOf(earlier) === rootOf(at)) continue;
        const other = sketches[earlier] ?? null;
        if (other !== null && likeness(one, other) >= ALIKE) parent[rootOf(at)] = rootOf(earlier);
      }
      bucket.push(at);
      buckets.set(key, bucket);
    }
  });
  const groups = new Map<number, number[]>();
  sketches.forEach((_, at) => {
    const root = rootOf(at);
    groups.set(root, [...(groups.get(root) ?? []), at]);
  });
  return [...groups.values()]
    .filter(({ length }) => length > 1)
    .sort((a, b) => b.length - a.length);
}
