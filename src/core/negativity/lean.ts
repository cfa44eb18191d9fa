import type { Correction } from './correction.ts';
import { model } from './model.ts';
import { SENSE } from './sense.ts';

/** `sense` of a correction is in these parts of a standard deviation. */
export const SENSE_UNIT = 16;
/** How strongly what corrections have in common is held back: as if so many texts spoke against. */
const PRIOR = 30;
/** Newton steps of a fit; from the third on hardly anything moves. */
const STEPS = 4;
/** Corrections of each kind before anything in common is looked for. */
const FEW = 5;
const FOLDS = 5;
/** Standard errors by which the log loss must fall on corrections that a lean was not fitted on. */
const MUST_PROVE = 1.2;
/** The lean and the offset that is fitted with it. */
const SIZE = SENSE + 1;

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
    const own = corrections.filter(({ print }) => print === model().print);
    const bad = own.filter(isBad).length;
    const enough = Math.min(bad, own.length - bad) >= FEW;
    lean = enough && proof(own) >= MUST_PROVE ? fit(own) : null;
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

/** How much a correction of each kind counts, so that both kinds weigh the same together. */
function balanceOf(corrections: readonly Correction[]): (correction: Correction) => number {
  const bad = corrections.filter(isBad).length;
  const good = corrections.length - bad;
  const even = Math.min(bad, good);
  return (correction) => even / (isBad(correction) ? bad : good);
}

/** Penalised logistic regression by Newton's method; the offset, last, is hardly held back. */
function fit(corrections: readonly Correction[]): Lean {
  const balance = balanceOf(corrections);
  const lean = new Float64Array(SIZE);
  const row = new Float64Array(SIZE).fill(1);
  for (let step = 0; step < STEPS; step++) {
    const slope = lean.map((weight, i) => (i < SENSE ? PRIOR : 1) * weight);
    const bend = new Float64Array(SIZE * SIZE);
    for (let i = 0; i < SIZE; i++) bend[i * SIZE + i] = i < SENSE ? PRIOR : 1;
    for (const correction of corrections) {
      for (let i = 0; i < SENSE; i++) row[i] = correction.sense[i]! / SENSE_UNIT;
      const odds = correction.odds + lean[SENSE]! + leanOn(lean, correction.sense);
      const chance = chanceOf(odds);
      const weight = balance(correction);
      const error = weight * (chance - (isBad(correction) ? 1 : 0));
      const curve = weight * chance * (1 - chance);
      for (let i = 0; i < SIZE; i++) {
        slope[i]! += error * row[i]!;
        const factor = curve * row[i]!;
        if (factor === 0) continue;
        for (let j = 0; j <= i; j++) bend[i * SIZE + j]! += factor * row[j]!;
      }
    }
    const change = solve(bend, slope);
    for (let i = 0; i < SIZE; i++) lean[i]! -= change[i]!;
  }
  return lean;
}

/** Solves a symmetric positive system, of which the lower half is given, by Cholesky's method. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const x = right.slice();
  for (let i = 0; i < SIZE; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * SIZE + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i * SIZE + k]! * matrix[j * SIZE + k]!;
      matrix[i * SIZE + j] = i === j ? Math.sqrt(sum) : sum / matrix[j * SIZE + j]!;
    }
    for (let k = 0; k < i; k++) x[i]! -= matrix[i * SIZE + k]! * x[k]!;
    x[i]! /= matrix[i * SIZE + i]!;
  }
  for (let i = SIZE - 1; i >= 0; i--) {
    for (let k = i + 1; k < SIZE; k++) x[i]! -= matrix[k * SIZE + i]! * x[k]!;
    x[i]! /= matrix[i * SIZE + i]!;
  }
  return x;
}

/**
 * Log loss that leans fitted on the other folds save on each fold, next to an offset alone, in
 * standard errors of that saving.
 */
function proof(corrections: readonly Correction[]): number {
  const balance = balanceOf(corrections);
  const saved: number[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const rest = corrections.filter((_, i) => i % FOLDS !== fold);
    if (!rest.some(isBad) || rest.every(isBad)) return 0;
    const lean = fit(rest);
    const plain = ({ odds }: Correction) => odds;
    const leant = ({ odds, sense }: Correction) => odds + leanOn(lean, sense);
    const [offset, leantOffset] = [bestOffset(rest, plain), bestOffset(rest, leant)];
    for (const left of corrections.filter((_, i) => i % FOLDS === fold)) {
      const saving = loss(left, plain(left) + offset) - loss(left, leant(left) + leantOffset);
      saved.push(balance(left) * saving);
    }
  }
  const sum = saved.reduce((a, b) => a + b, 0);
  const mean = sum / saved.length;
  const spread = saved.reduce((all, one) => all + (one - mean) ** 2, 0);
  return sum / (Math.sqrt(spread) + 1e-9);
}

function bestOffset(
  corrections: readonly Correction[],
  oddsOf: (correction: Correction) => number,
): number {
  const balance = balanceOf(corrections);
  let offset = 0;
  for (let round = 0; round < 20; round++) {
    let [slope, bend] = [0, 0.5];
    for (const correction of corrections) {
      const chance = chanceOf(oddsOf(correction) + offset);
      slope += balance(correction) * (chance - (isBad(correction) ? 1 : 0));
      bend += balance(correction) * chance * (1 - chance);
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
