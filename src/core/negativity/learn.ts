import type { Span } from '../post.ts';
import type { Verdict } from '../verdict.ts';
import { indexTexts, likenesses, wordsOf, type TextIndex } from './alike.ts';
import type { Correction, Target } from './correction.ts';
import { focused } from './focus.ts';
import { judge } from './judge.ts';
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
/** How far what they have in common may quieten a text that is unlike each of them. */
const MAX_LEAN = 3;

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
 * `focus` as for `judge`: learned is what was judged.
 */
export function correct(
  state: Learned,
  text: string,
  target: Target,
  id: string,
  focus: readonly Span[] = [],
): Learned {
  const others = undo(state, id);
  const plain = judge(text, focus);
  const { negativity } = adjust(plain, others, text, focus);
  const isWrong = negativity >= NEGATIVE_FROM !== (target === 'negative');
  const tokens = judgedTokens(text, focus);
  const { buckets, weights } = wordsOf(tokens, state.key);
  const correction: Correction = {
    id,
    target,
    push: isWrong ? clamp(logOdds(WANTED[target]) - logOdds(negativity), -MAX_PUSH, MAX_PUSH) : 0,
    odds: logOdds(plain.negativity),
    buckets: [...buckets],
    weights: [...weights],
    sense: senseOf(tokens),
    print: model().print,
  };
  return { ...state, corrections: [...others.corrections, correction].slice(-MAX_CORRECTIONS) };
}

/** Takes a correction back: the state is as if it had never been made. */
export function undo(state: Learned, id: string): Learned {
  const corrections = state.corrections.filter((correction) => correction.id !== id);
  return corrections.length === state.corrections.length ? state : { ...state, corrections };
}

/** The verdict on `text`, with what the team taught. */
export function adjust(
  verdict: Verdict,
  state: Learned,
  text: string,
  focus: readonly Span[] = [],
): Verdict {
  const shift = shiftOf(state, text, focus);
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

/**
 * How far a text is moved, in log odds, at most `MAX_PUSH`. Its like pull it, the less the more of
 * them say otherwise. What corrections have in common only quietens: nearly all of them are about
 * posts that were shown, so that they tell nothing of those that were not.
 */
export function shiftOf(state: Learned, text: string, focus: readonly Span[] = []): number {
  const { corrections, key } = state;
  if (corrections.length === 0) return 0;
  const tokens = judgedTokens(text, focus);
  const alikes = likenesses(indexOf(corrections), wordsOf(tokens, key));
  const pull = { negative: 0, 'not-negative': 0 };
  const near = { negative: 0, 'not-negative': 0 };
  corrections.forEach(({ target, push }, i) => {
    near[target] += alikes[i]!;
    pull[target] += push * alikes[i]!;
  });
  const agreed = (target: Target) =>
    near[target] === 0 ? 0 : (near[target] / (near.negative + near['not-negative'])) ** 2;
  let shift = pull.negative * agreed('negative') + pull['not-negative'] * agreed('not-negative');
  const lean = leanOf(corrections);
  if (lean !== null) shift += clamp(leanOn(lean, senseOf(tokens)), -MAX_LEAN, 0);
  return clamp(shift, -MAX_PUSH, MAX_PUSH);
}

const indexes = new WeakMap<readonly Correction[], TextIndex>();

/** What was corrected, by its words; kept as long as the corrections stay the same. */
function indexOf(corrections: readonly Correction[]): TextIndex {
  let index = indexes.get(corrections);
  if (index === undefined) indexes.set(corrections, (index = indexTexts(corrections)));
  return index;
}

/** The tokens that the verdict on `text` is about. */
function judgedTokens(text: string, focus: readonly Span[]): Token[] {
  const tokens = tokenise(text);
  return tokens.length === 0 ? tokens : focused(text, tokens, focus).flat();
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

function logOdds(chance: number): number {
  const safe = clamp(chance, 0.001, 0.999);
  return Math.log(safe / (1 - safe));
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
