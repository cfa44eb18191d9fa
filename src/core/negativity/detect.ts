import { bytesOf } from './base64.ts';
import { LANGUAGES, NGRAMS } from './ngrams.ts';

export interface Detected {
  /** ISO 639-1; null where nothing is known of its words. */
  language: string | null;
  /** Whether it scores as texts in that language do. */
  isReliable: boolean;
}

/** Sorted keys; what stands behind the one at `i` is at `starts[i]` up to `starts[i + 1]`. */
interface Grams {
  keys: Uint32Array;
  starts: Uint32Array;
  languages: Uint8Array;
  scores: Uint8Array;
}

/** What is no letter, but for an apostrophe right before one; eld knows no letters beyond U+FFFF. */
const BETWEEN = /[\P{L}\u{10000}-\u{10ffff}]*(?!['`’])[\P{L}\u{10000}-\u{10ffff}]/gu;
/** Bytes after which the next word is not looked at, and after which none is. */
const ENOUGH = 350;
const TOO_MUCH = 380;
const SPACE = 32;
const MOST_OF_A_WORD = 70;
/** The smallest score is kept as nought. */
const LEAST_SCORE = 53;
const SCALE = 25;
/** Fewer pieces of words prove nothing. */
const ENOUGH_GRAMS = 3;
const RELIABLE_PART = 0.75;

const encoder = new TextEncoder();
let groups: Grams[] | null = null;
const languages = LANGUAGES.split(' ').filter((_, index) => index % 2 === 0);
const averages = LANGUAGES.split(' ')
  .filter((_, index) => index % 2 === 1)
  .map(Number);

/**
 * The language of a text, by pieces of its words: the same answer as that of `eld/extrasmall`, from
 * the same figures, without the 40 MB that its objects take.
 */
export function detect(text: string): Detected {
  groups ??= unpack(bytesOf(NGRAMS));
  const totals = new Uint32Array(languages.length);
  const grams = gramsOf(text);
  for (const gram of grams) add(totals, groups, gram);
  let best = 0;
  for (let one = 1; one < totals.length; one++) if (totals[one]! > totals[best]!) best = one;
  const total = totals[best]!;
  if (total === 0) return { language: null, isReliable: false };
  const score = total / grams.size;
  const isReliable =
    grams.size >= ENOUGH_GRAMS && averages[best]! * RELIABLE_PART <= score / (score + SCALE);
  return { language: languages[best]!, isReliable };
}

/** Four bytes and where in a word they stand, as one number. */
function gramsOf(text: string): Set<number> {
  const bytes = encoder.encode(text.replace(BETWEEN, ' ').trim().toLowerCase());
  const grams = new Set<number>();
  let start = 0;
  for (let at = 0; at <= bytes.length; at++) {
    // Nothing is cut within a letter: its later bytes begin with the bits 10.
    const isCut = at > TOO_MUCH && (bytes[at]! & 0xc0) !== 0x80;
    if (at < bytes.length && bytes[at] !== SPACE && !isCut) continue;
    if (at > start) addWord(grams, bytes, start, at);
    if (isCut || at > ENOUGH) break;
    start = at + 1;
  }
  return grams;
}

function addWord(grams: Set<number>, bytes: Uint8Array, start: number, end: number): void {
  const length = Math.min(end - start, MOST_OF_A_WORD);
  let from = 0;
  for (; from + 4 < length; from += 3) {
    grams.add(gram(bytes, start + from, start + from + 4, from === 0 ? 1 : 0));
  }
  const last = start + Math.max(0, length - 4);
  // Of a longer word, five bytes: known are four at the most, and then it is unknown.
  grams.add(gram(bytes, last, Math.min(end, last + 5), from === 0 ? 3 : 2));
}

function gram(bytes: Uint8Array, start: number, end: number, group: number): number {
  let key = 0;
  for (let at = start; at < end; at++) key = key * 256 + bytes[at]!;
  return key * 4 + group;
}

function add(totals: Uint32Array, all: readonly Grams[], gram: number): void {
  const { keys, starts, languages, scores } = all[gram % 4]!;
  const key = Math.floor(gram / 4);
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  if (keys[low] !== key) return;
  for (let at = starts[low]!; at < starts[low + 1]!; at++) {
    totals[languages[at]!]! += scores[at]! + LEAST_SCORE;
  }
}

/** As train/languages.ts packs it. */
function unpack(bytes: Uint8Array): Grams[] {
  let at = 0;
  function take(): number {
    let [number, unit] = [0, 1];
    for (; bytes[at]! > 127; unit *= 128) number += (bytes[at++]! - 128) * unit;
    return number + bytes[at++]! * unit;
  }
  return [0, 1, 2, 3].map(() => {
    const count = take();
    const keys = new Uint32Array(count);
    const starts = new Uint32Array(count + 1);
    const pairs: number[] = [];
    for (let index = 0, key = 0; index < count; index++) {
      keys[index] = key += take();
      const end = at + 1 + bytes[at]! * 2;
      for (at++; at < end; at++) pairs.push(bytes[at]!);
      starts[index + 1] = pairs.length / 2;
    }
    return {
      ...{ keys, starts },
      languages: Uint8Array.from({ length: pairs.length / 2 }, (_, index) => pairs[index * 2]!),
      scores: Uint8Array.from({ length: pairs.length / 2 }, (_, index) => pairs[index * 2 + 1]!),
    };
  });
}
