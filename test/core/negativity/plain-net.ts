import { MARK_UNIT, MARKS } from '../../../src/core/negativity/marks.ts';
import {
  CLASSES,
  EMBEDDING,
  FILTERS,
  HIDDEN,
  POOLED,
  TAPS,
  WIDTHS,
  type Model,
} from '../../../src/core/negativity/model.ts';

const STEP = 1 / 1024;

/** What the net makes of a text. */
export interface PlainRun {
  hidden: number[];
  logits: number[];
  /** A number a token. */
  blamed: number[];
}

/** The net, written down as plainly as can be: what the kernels do must come to the same. */
export function plainNet(model: Model, words: readonly string[], marks: Int8Array): PlainRun {
  const sent = words.map((word, t) => {
    const row = model.rows.get(word) ?? 0;
    const codes = [...model.embeddings.subarray(row * EMBEDDING, (row + 1) * EMBEDDING)];
    const byWord = project(
      model,
      codes.map((code) => code * model.scales[row]!),
    );
    const own = [...marks.subarray(t * MARKS, (t + 1) * MARKS)];
    const byMarks = project(model, markVector(model, own));
    return Int16Array.from(byWord, (value, tap) => value + byMarks[tap]!);
  });
  const pooled = new Array<number>(POOLED).fill(0);
  const filters = WIDTHS.flatMap((span, w) =>
    Array.from({ length: FILTERS }, (_, f) => {
      const answers = answersOf(model, sent, w, f);
      const places = words.length + span - 1;
      const most = Math.max(0, ...answers);
      const unit = (0.5 * STEP) / Math.sqrt(places);
      pooled[2 * w * FILTERS + f] = most * STEP;
      pooled[(2 * w + 1) * FILTERS + f] = answers.reduce((a, b) => a + Math.max(0, b), 0) * unit;
      return { w, f, span, answers, most, unit };
    }),
  );
  const markUnit = 1 / (Math.sqrt(words.length + 2) * MARK_UNIT);
  for (let mark = 0; mark < MARKS; mark++) {
    const sum = words.reduce((all, _, t) => all + marks[t * MARKS + mark]!, 0);
    pooled[POOLED - MARKS + mark] = sum * markUnit;
  }
  const hidden = Array.from({ length: HIDDEN }, (_, h) =>
    Math.max(0, model.hiddenBias[h]! + dot(pooled, model.hidden, h * POOLED)),
  );
  const logits = Array.from(
    { length: CLASSES },
    (_, c) => model.outBias[c]! + dot(hidden, model.out, c * HIDDEN),
  );

  const slopes = pooled.map((_, i) =>
    hidden.reduce((sum, value, h) => {
      if (value === 0) return sum;
      return sum + (model.out[h]! - model.out[HIDDEN + h]!) * model.hidden[h * POOLED + i]!;
    }, 0),
  );
  const blamed = words.map((_, t) => {
    const own = marks.subarray(t * MARKS, (t + 1) * MARKS);
    return own.reduce((sum, mark, m) => sum + slopes[POOLED - MARKS + m]! * mark * markUnit, 0);
  });
  for (const { w, f, span, answers, most, unit } of filters) {
    answers.forEach((answer, place) => {
      if (answer <= 0) return;
      const byMost = answer === most ? slopes[2 * w * FILTERS + f]! * STEP : 0;
      const slope = byMost + slopes[(2 * w + 1) * FILTERS + f]! * unit;
      for (let tap = 0; tap < span; tap++) {
        const token = place - w + tap;
        if (sent[token]) blamed[token]! += slope * sent[token][tapAt(w, tap, f)]!;
      }
    });
  }
  return { hidden, logits, blamed };
}

/** The answers of filter `f` of width `w` at each place of the text. */
function answersOf(model: Model, sent: readonly Int16Array[], w: number, f: number): number[] {
  const bias = Math.round(model.filterBias[w * FILTERS + f]! / STEP);
  return Array.from({ length: sent.length + w }, (_, place) => {
    let answer = bias;
    for (let tap = 0; tap <= w; tap++) answer += sent[place - w + tap]?.[tapAt(w, tap, f)] ?? 0;
    return answer;
  });
}

function tapAt(w: number, tap: number, f: number): number {
  return ((w * (w + 1)) / 2 + tap) * FILTERS + f;
}

function markVector(model: Model, own: readonly number[]): number[] {
  return Array.from({ length: EMBEDDING }, (_, d) =>
    own.reduce((sum, mark, m) => sum + model.markMap[m * EMBEDDING + d]! * (mark / MARK_UNIT), 0),
  );
}

function project(model: Model, vector: readonly number[]): Int16Array {
  return Int16Array.from({ length: TAPS }, (_, tap) => {
    const exact = dot(vector, model.taps, tap * EMBEDDING) / STEP;
    return Math.max(-32768, Math.min(32767, Math.round(exact)));
  });
}

/** The product with a row of the matrix, in the order of sums that the kernels keep to. */
function dot(vector: readonly number[], matrix: Float64Array, from: number): number {
  const sums: [number, number, number, number] = [0, 0, 0, 0];
  vector.forEach((value, i) => (sums[i % 4]! += value * matrix[from + i]!));
  return sums[0] + sums[1] + (sums[2] + sums[3]);
}
