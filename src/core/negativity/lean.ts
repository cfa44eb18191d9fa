import type { Correction } from './correction.ts';
import { SENSE } from './sense.ts';

/** `sense` of a correction is in these parts of a standard deviation. */
export const SENSE_UNIT = 16;
/** How strongly what corrections have in common is held back: as if so many texts spoke against. */
const PRIOR = 60;
const ROUNDS = 60;
/** Corrections of each kind before anything in common is looked for. */
const FEW = 5;
const FOLDS = 5;
/** Log loss, summed, that the lean must save on corrections that it was not fitted on. */
const MUST_SAVE = 1;

type Lean = Float64Array;
const leans = new WeakMap<readonly Correction[], Lean | null>();

/**
 * What tells the corrections of the two kinds apart in the eyes of the model: a logistic regression
 * on what it makes of a text, starting from its own odds, both kinds weighing the same. Null until
 * there are a few of each, and as long as it does not prove itself on corrections left out of the
 * fit: most of what tells a few dozen texts apart is chance.
 */
export function leanOf(corrections: readonly Correction[]): Lean | null {
  let lean = leans.get(corrections);
  if (lean === undefined) {
    const bad = corrections.filter(isBad).length;
    const enough = Math.min(bad, corrections.length - bad) >= FEW;
    lean = enough && saved(corrections) >= MUST_SAVE ? fit(corrections) : null;
    leans.set(corrections, lean);
  }
  return lean;
}

/** How far a lean moves a text of that sense, in log odds. */
export function leanOn(lean: Lean, sense: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < SENSE; i++) sum += lean[i]! * sense[i]!;
  return sum / SENSE_UNIT;
}

function isBad({ target }: Correction): boolean {
  return target === 'negative';
}

function fit(corrections: readonly Correction[]): Lean {
  const bad = corrections.filter(isBad).length;
  const good = corrections.length - bad;
  const even = Math.min(bad, good);
  const lean = new Float64Array(SENSE);
  let offset = 0;
  // Small enough for the steepest direction: a quarter of the rows times the squares of their sense.
  const step = 1 / (PRIOR + 1 + corrections.length * SENSE * 0.075);
  for (let round = 0; round < ROUNDS; round++) {
    const slope = lean.map((weight) => PRIOR * weight);
    let offsetSlope = 0.2 * PRIOR * offset;
    for (const correction of corrections) {
      const { odds, sense } = correction;
      const balance = even / (isBad(correction) ? bad : good);
      const error = chanceOf(odds + offset + leanOn(lean, sense)) - (isBad(correction) ? 1 : 0);
      offsetSlope += error * balance;
      for (let i = 0; i < SENSE; i++) slope[i]! += (error * balance * sense[i]!) / SENSE_UNIT;
    }
    for (let i = 0; i < SENSE; i++) lean[i]! -= step * slope[i]!;
    offset -= step * offsetSlope;
  }
  return lean;
}

/** Log loss that leans fitted on the other folds save on each fold, next to an offset alone. */
function saved(corrections: readonly Correction[]): number {
  let sum = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    const rest = corrections.filter((_, i) => i % FOLDS !== fold);
    const lean = fit(rest);
    const plain = ({ odds }: Correction) => odds;
    const leant = ({ odds, sense }: Correction) => odds + leanOn(lean, sense);
    const [offset, leantOffset] = [bestOffset(rest, plain), bestOffset(rest, leant)];
    for (const left of corrections.filter((_, i) => i % FOLDS === fold)) {
      sum += loss(left, plain(left) + offset) - loss(left, leant(left) + leantOffset);
    }
  }
  return sum;
}

function bestOffset(
  corrections: readonly Correction[],
  oddsOf: (correction: Correction) => number,
): number {
  let offset = 0;
  for (let round = 0; round < 20; round++) {
    let [slope, bend] = [0, 0.5];
    for (const correction of corrections) {
      const chance = chanceOf(oddsOf(correction) + offset);
      slope += chance - (isBad(correction) ? 1 : 0);
      bend += chance * (1 - chance);
    }
    offset -= slope / bend;
  }
  return offset;
}

function loss(correction: Correction, odds: number): number {
  return Math.log1p(Math.exp(isBad(correction) ? -odds : odds));
}

function chanceOf(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}
