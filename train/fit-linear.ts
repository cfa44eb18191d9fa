import { BUCKETS, linearFeatures, type Features } from '../src/core/negativity/linear.ts';
import { SOURCES } from './data.ts';
import { generator } from './generator.ts';
import type { Seen } from './prepare.ts';

const EPOCHS = 3;
const RATE = 0.03;
const CLASSES = 3;

/** A fitted linear model: three weights a bucket, and three biases. */
export interface Linear {
  weights: Float64Array;
  bias: Float64Array;
}

/** How much a class counts: the rarer the more, by (N / 3n)^0.7. */
export function classWeights(seen: readonly Seen[]): number[] {
  const fitted = seen.filter(({ row }) => !row.dev);
  const mass = [0, 0, 0];
  for (const { row } of fitted) mass[row.label]! += 1;
  const total = mass.reduce((a, b) => a + b, 0);
  return mass.map((m) => (total / (3 * m)) ** 0.7);
}

/** Logits of one text. */
export function linearLogits(model: Linear, { buckets, values }: Features): number[] {
  const out = [...model.bias];
  for (let f = 0; f < buckets.length; f++) {
    for (let c = 0; c < CLASSES; c++)
      out[c]! += model.weights[buckets[f]! * CLASSES + c]! * values[f]!;
  }
  return out;
}

/** Multinomial logistic regression by Adagrad, one row at a time, weights averaged over the steps. */
export function fitLinear(seen: readonly Seen[]): Linear {
  const rows = seen.filter(({ row }) => !row.dev);
  const byClass = classWeights(seen);
  const size = BUCKETS * CLASSES;
  const model: Linear = { weights: new Float64Array(size), bias: new Float64Array(CLASSES) };
  const squares = new Float64Array(size).fill(1e-4);
  const biasSquares = new Float64Array(CLASSES).fill(1e-4);
  // Average = last - drift / steps, where drift adds up each change times the steps before it.
  const drift = new Float64Array(size);
  const biasDrift = new Float64Array(CLASSES);
  const features = rows.map(({ tokens, marks, phrases }) => linearFeatures(tokens, marks, phrases));
  const random = generator(7);
  const order = rows.map((_, i) => i);
  let step = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (const i of order) {
      const { row } = rows[i]!;
      const { buckets, values } = features[i]!;
      const weight = SOURCES[row.source]!.weight * byClass[row.label]!;
      const chances = softmax(linearLogits(model, features[i]!));
      for (let c = 0; c < CLASSES; c++) {
        const slope = (chances[c]! - (c === row.label ? 1 : 0)) * weight;
        for (let f = 0; f < buckets.length; f++) {
          const w = buckets[f]! * CLASSES + c;
          const g = slope * values[f]!;
          squares[w]! += g * g;
          const change = (RATE * g) / Math.sqrt(squares[w]!);
          model.weights[w]! -= change;
          drift[w]! -= change * step;
        }
        biasSquares[c]! += slope * slope;
        const change = (RATE * slope) / Math.sqrt(biasSquares[c]!);
        model.bias[c]! -= change;
        biasDrift[c]! -= change * step;
      }
      step++;
    }
  }
  for (let w = 0; w < size; w++) model.weights[w]! -= drift[w]! / step;
  for (let c = 0; c < CLASSES; c++) model.bias[c]! -= biasDrift[c]! / step;
  return model;
}

/** Chances of the classes from their logits. */
export function softmax(logits: readonly number[]): number[] {
  const top = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

function shuffle(order: number[], random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}
