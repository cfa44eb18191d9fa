import type { Verdict } from '../verdict.ts';
import type { Correction, Target } from './correction.ts';
import { isEmptyWord } from './empty-words.ts';
import { judge } from './judge.ts';
import { isNegator, valence } from './lexicon.ts';
import { leanOf, leanOn, SENSE_UNIT } from './lean.ts';
import { model } from './model.ts';
import { rawSense, SENSE } from './sense.ts';
import { tokenise, type Token } from './tokens.ts';

export type { Correction, Target } from './correction.ts';

/** What one workspace taught. All but the key may be stored as JSON. */
export interface Learned {
  /** Secret of the workspace: without it nobody can tell which words the buckets stand for. */
  readonly key: string;
  readonly corrections: readonly Correction[];
}

/** Corrections kept; the oldest go first. */
export const MAX_CORRECTIONS = 500;
/** How far corrections may move a text in all, in log odds. */
export const MAX_PUSH = 4;
/** How far what they have in common may move a text that is unlike each of them. */
const MAX_LEAN = 1.5;
/** Two texts are alike from this cosine of their words on. */
const ALIKE_FROM = 0.35;
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
 * Learns that `text` should be judged as `target`: it is moved there, up to `MAX_PUSH`, and texts
 * with much the same words are moved in proportion. Agreement teaches as well: a claimed post is
 * `negative`, and what the wrong and the right verdicts have in common is only told from both.
 */
export function correct(state: Learned, text: string, target: Target, id: string): Learned {
  const others = undo(state, id);
  const plain = judge(text);
  const { negativity } = adjust(plain, others, text);
  const isWrong = negativity >= NEGATIVE_FROM !== (target === 'negative');
  const correction: Correction = {
    id,
    target,
    push: isWrong ? clamp(logOdds(WANTED[target]) - logOdds(negativity), -MAX_PUSH, MAX_PUSH) : 0,
    odds: logOdds(plain.negativity),
    ...wordsOf(tokenise(text), state.key),
    sense: senseOf(tokenise(text)),
  };
  return { ...state, corrections: [...others.corrections, correction].slice(-MAX_CORRECTIONS) };
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
    isNegative && shift > 0
      ? 'negative'
      : !isNegative && wasNegative && shift < 0
        ? 'neutral'
        : verdict.label;
  return { ...verdict, negativity, label };
}

/** How far a text is moved, in log odds, at most `MAX_PUSH`. */
export function shiftOf(state: Learned, text: string): number {
  if (state.corrections.length === 0) return 0;
  const tokens = tokenise(text);
  const { buckets, weights } = wordsOf(tokens, state.key);
  const own = new Map(buckets.map((bucket, i) => [bucket, weights[i]!]));
  let shift = 0;
  for (const correction of state.corrections) {
    let cosine = 0;
    correction.buckets.forEach((bucket, i) => {
      cosine += (own.get(bucket) ?? 0) * correction.weights[i]!;
    });
    shift += correction.push * Math.max(0, (cosine - ALIKE_FROM) / (1 - ALIKE_FROM));
  }
  const lean = leanOf(state.corrections);
  if (lean !== null) shift += clamp(leanOn(lean, senseOf(tokens)), -MAX_LEAN, MAX_LEAN);
  return clamp(shift, -MAX_PUSH, MAX_PUSH);
}

function senseOf(tokens: readonly Token[]): number[] {
  if (tokens.length === 0) return new Array<number>(SENSE).fill(0);
  const { senseMean, senseUnit } = model();
  return rawSense(model(), tokens).map((value, i) => {
    const standard = clamp((value - senseMean[i]!) * senseUnit[i]!, -4, 4);
    // Without the sum a small negative number would become -0, which JSON does not bring back.
    return Math.round(standard * SENSE_UNIT) + 0;
  });
}

/** Tokens of a text that are looked at. */
const WORDS = 120;

/** The words of a text as buckets, weighted by what they tell, of length 1. */
function wordsOf(tokens: readonly Token[], key: string): Pick<Correction, 'buckets' | 'weights'> {
  const found = new Map<number, number>();
  for (const { word } of tokens.slice(0, WORDS)) found.set(keyedHash(key, word), weightOf(word));
  const length = Math.hypot(...found.values()) || 1;
  return {
    buckets: [...found.keys()],
    weights: [...found.values()].map((weight) => Math.round((1000 * weight) / length) / 1000),
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

function logOdds(chance: number): number {
  const safe = clamp(chance, 0.001, 0.999);
  return Math.log(safe / (1 - safe));
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
