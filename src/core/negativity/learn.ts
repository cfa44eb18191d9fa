import type { Verdict } from '../verdict.ts';
import { isEmptyWord } from './empty-words.ts';
import { judge } from './judge.ts';
import { isNegator } from './lexicon.ts';
import { tokenise } from './tokens.ts';

/** What a person said that a verdict should have been. */
export type Target = 'negative' | 'not-negative';

/** One press of a button, as weights: the text it was about cannot be read back from them. */
export interface Correction {
  /** The caller's own id, such as the mention's; a second correction with it replaces the first. */
  id: string;
  target: Target;
  /** How far the corrected text itself is moved, in log odds. */
  push: number;
  /** Buckets of the text's words and pairs of words, under the workspace's key. */
  buckets: number[];
  /** Weight of each bucket; their squares add up to 1. */
  weights: number[];
}

/** What one workspace taught. All but the key may be stored as JSON. */
export interface Learned {
  /** Secret of the workspace: without it nobody can tell which words the buckets stand for. */
  readonly key: string;
  readonly corrections: readonly Correction[];
}

/** Corrections kept; the oldest go first. */
export const MAX_CORRECTIONS = 500;
/** How far one correction, and all together, may move a text, in log odds. */
export const MAX_PUSH = 4;
/** Few enough that several words share each, so that a bucket alone proves nothing. */
const BUCKETS = 1 << 18;

const WANTED: Readonly<Record<Target, number>> = { negative: 0.8, 'not-negative': 0.08 };
/** Negativity from which an adjusted verdict is called negative. */
const NEGATIVE_FROM = 0.35;

/** A workspace that has taught nothing yet. */
export function nothingLearned(key: string): Learned {
  return { key, corrections: [] };
}

/**
 * Learns that `text` should have been judged as `target`: it is moved there, up to `MAX_PUSH`, and
 * texts that share its telling words are moved in proportion.
 */
export function correct(state: Learned, text: string, target: Target, id: string): Learned {
  const others = undo(state, id);
  const { buckets, weights } = featuresOf(text, state.key);
  const odds = logOdds(adjust(judge(text), others, text).negativity);
  const wanted = logOdds(WANTED[target]);
  const direction = target === 'negative' ? 1 : -1;
  // Even a verdict that was nearly right already is moved a little: the person did press the button.
  const push = direction * clamp((wanted - odds) * direction, 0.5, MAX_PUSH);
  const corrections = [...others.corrections, { id, target, push, buckets, weights }];
  return { ...state, corrections: corrections.slice(-MAX_CORRECTIONS) };
}

/** Takes a correction back: the state is as if it had never been made. */
export function undo(state: Learned, id: string): Learned {
  return { ...state, corrections: state.corrections.filter((correction) => correction.id !== id) };
}

/** The verdict on `text`, with what the team taught. */
export function adjust(verdict: Verdict, state: Learned, text: string): Verdict {
  const shift = shiftOf(state, text);
  if (shift === 0) return verdict;
  const negativity = 1 / (1 + Math.exp(-(logOdds(verdict.negativity) + shift)));
  const isNegative = negativity >= NEGATIVE_FROM;
  const wasNegative = verdict.label === 'negative';
  const label =
    isNegative && shift > 0 ? 'negative' : !isNegative && wasNegative ? 'neutral' : verdict.label;
  return { ...verdict, negativity, label };
}

/** How far the corrections move a text, in log odds; 0 where they share no telling word with it. */
export function shiftOf({ key, corrections }: Learned, text: string): number {
  if (corrections.length === 0) return 0;
  const { buckets, weights } = featuresOf(text, key);
  const own = new Map(buckets.map((bucket, i) => [bucket, weights[i]!]));
  let shift = 0;
  for (const correction of corrections) {
    let alike = 0;
    correction.buckets.forEach((bucket, i) => {
      alike += (own.get(bucket) ?? 0) * correction.weights[i]!;
    });
    shift += correction.push * alike;
  }
  return clamp(shift, -MAX_PUSH, MAX_PUSH);
}

/** How much a word counts next to one that tells nothing. */
const EMPTY_WEIGHT = 0.15;
const MARK_WEIGHT = 0.3;
const PAIR_WEIGHT = 0.6;
/** Tokens of a text that are looked at. */
const WORDS = 120;

/** The words and pairs of words of a text as buckets, weighted by what they tell, of length 1. */
function featuresOf(text: string, key: string): Pick<Correction, 'buckets' | 'weights'> {
  const found = new Map<number, number>();
  let before = '';
  let weightBefore = 0;
  for (const { word } of tokenise(text).slice(0, WORDS)) {
    const weight = weightOf(word);
    found.set(keyedHash(key, word), weight);
    if (before !== '') {
      found.set(
        keyedHash(key, `${before} ${word}`),
        PAIR_WEIGHT * Math.sqrt(weight * weightBefore),
      );
    }
    [before, weightBefore] = [word, weight];
  }
  const length = Math.hypot(...found.values()) || 1;
  return {
    buckets: [...found.keys()],
    weights: [...found.values()].map((weight) => Math.round((1000 * weight) / length) / 1000),
  };
}

function weightOf(word: string): number {
  if (isNegator(word)) return 0.5;
  if (!/^[\p{L}#*]/u.test(word)) return word.startsWith('<') ? MARK_WEIGHT : EMPTY_WEIGHT;
  return isEmptyWord(word) ? EMPTY_WEIGHT : 1;
}

function keyedHash(key: string, text: string): number {
  const keyed = `${key}\u0000${text}\u0000${key}`;
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

function logOdds(chance: number): number {
  const safe = clamp(chance, 0.001, 0.999);
  return Math.log(safe / (1 - safe));
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
