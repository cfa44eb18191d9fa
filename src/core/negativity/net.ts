import { MARK_UNIT, MARKS } from './marks.ts';
import { CLASSES, EMBEDDING, FILTERS, HIDDEN, POOLED, TAPS, WIDTHS, type Model } from './model.ts';
import type { Token } from './tokens.ts';

/** Tokens that the net looks at in one go. */
export const NET_TOKENS = 64;

/** What a run leaves behind, for `blame`. */
export interface Run {
  logits: Float32Array;
  length: number;
}

// One text at a time is judged, so the space for its numbers is kept from one to the next.
const taps = new Float32Array(NET_TOKENS * TAPS);
const pooled = new Float32Array(POOLED);
const hidden = new Float32Array(HIDDEN);
const lead = new Int16Array(FILTERS * WIDTHS.length);

const WORDS_KEPT = 10_000;

/** What each word sends to the filters; remembered, because the same few thousand come again. */
interface Projections {
  byRow: Map<number, Float32Array>;
  ofMarks: Float32Array[];
}
const projections = new WeakMap<Model, Projections>();

function project(model: Model, vector: Float32Array): Float32Array {
  const out = new Float32Array(TAPS);
  for (let tap = 0, at = 0; tap < TAPS; tap++) {
    let sum = 0;
    for (let d = 0; d < EMBEDDING; d++) sum += vector[d]! * model.taps[at++]!;
    out[tap] = sum;
  }
  return out;
}

function projectionsOf(model: Model): Projections {
  let known = projections.get(model);
  if (known === undefined) {
    const ofMarks = Array.from({ length: MARKS }, (_, mark) =>
      project(model, model.markMap.subarray(mark * EMBEDDING, (mark + 1) * EMBEDDING)),
    );
    known = { byRow: new Map(), ofMarks };
    projections.set(model, known);
  }
  return known;
}

function projectionOf(model: Model, known: Projections, row: number): Float32Array {
  let projection = known.byRow.get(row);
  if (projection === undefined) {
    if (known.byRow.size >= WORDS_KEPT) known.byRow.clear();
    const scale = model.scales[row]!;
    const vector = Float32Array.from(
      model.embeddings.subarray(row * EMBEDDING, (row + 1) * EMBEDDING),
      (code) => code * scale,
    );
    projection = project(model, vector);
    known.byRow.set(row, projection);
  }
  return projection;
}

/** Fills `taps`: what each token, with its marks, sends to each place of each filter. */
function fillTaps(model: Model, tokens: readonly Token[], marks: Int8Array, length: number): void {
  const known = projectionsOf(model);
  for (let t = 0; t < length; t++) {
    const base = t * TAPS;
    taps.set(projectionOf(model, known, model.rows.get(tokens[t]!.word) ?? 0), base);
    for (let mark = 0; mark < MARKS; mark++) {
      const value = marks[t * MARKS + mark]!;
      if (value === 0) continue;
      const factor = value / MARK_UNIT;
      const ofMark = known.ofMarks[mark]!;
      for (let i = 0; i < TAPS; i++) taps[base + i]! += ofMark[i]! * factor;
    }
  }
}

/** Logits of the first `NET_TOKENS` tokens; `tokens` must not be empty. */
export function runNet(model: Model, tokens: readonly Token[], marks: Int8Array): Run {
  const length = Math.min(tokens.length, NET_TOKENS);
  fillTaps(model, tokens, marks, length);
  let block = 0;
  for (let w = 0; w < WIDTHS.length; w++) {
    poolWidth(model, length, WIDTHS[w]!, block, w * 2 * FILTERS, w * FILTERS);
    block += WIDTHS[w]! * FILTERS;
  }
  const markAt = POOLED - MARKS;
  const unit = 1 / (Math.sqrt(length + 2) * MARK_UNIT);
  for (let mark = 0; mark < MARKS; mark++) {
    let sum = 0;
    for (let t = 0; t < length; t++) sum += marks[t * MARKS + mark]!;
    pooled[markAt + mark] = sum * unit;
  }
  for (let h = 0, at = 0; h < HIDDEN; h++) {
    let sum = model.hiddenBias[h]!;
    for (let i = 0; i < POOLED; i++) sum += pooled[i]! * model.hidden[at++]!;
    hidden[h] = sum > 0 ? sum : 0;
  }
  const logits = new Float32Array(CLASSES);
  for (let c = 0, at = 0; c < CLASSES; c++) {
    let sum = model.outBias[c]!;
    for (let h = 0; h < HIDDEN; h++) sum += hidden[h]! * model.out[at++]!;
    logits[c] = sum;
  }
  return { logits, length };
}

const sums = new Float32Array(FILTERS);

/** Pools the filters of one width: `block` is where its taps start, `at` where its results go. */
function poolWidth(
  model: Model,
  length: number,
  width: number,
  block: number,
  at: number,
  filterAt: number,
): void {
  pooled.fill(0, at, at + 2 * FILTERS);
  const places = length + width - 1;
  for (let place = 0; place < places; place++) {
    for (let f = 0; f < FILTERS; f++) sums[f] = model.filterBias[filterAt + f]!;
    for (let j = 0; j < width; j++) {
      const t = place - width + 1 + j;
      if (t < 0 || t >= length) continue;
      const from = t * TAPS + block + j * FILTERS;
      for (let f = 0; f < FILTERS; f++) sums[f]! += taps[from + f]!;
    }
    for (let f = 0; f < FILTERS; f++) {
      const sum = sums[f]!;
      if (sum <= 0) continue;
      pooled[at + FILTERS + f]! += sum;
      if (sum > pooled[at + f]!) {
        pooled[at + f] = sum;
        lead[filterAt + f] = place;
      }
    }
  }
  const unit = 0.5 / Math.sqrt(places);
  for (let f = 0; f < FILTERS; f++) pooled[at + FILTERS + f]! *= unit;
}

/**
 * How much each token moved "negative against neutral" in the text that `runNet` saw last: its part
 * of the logit by what it sent to the filters that answered. The net is piecewise linear, so these
 * parts and the biases add up to the logit.
 */
export function blame(model: Model, { length }: Run): Float32Array {
  const blamed = new Float32Array(length);
  const slopes = pooledSlopes(model);
  let block = 0;
  for (let w = 0; w < WIDTHS.length; w++) {
    blameWidth(model, blamed, slopes, WIDTHS[w]!, block, w * 2 * FILTERS, w * FILTERS);
    block += WIDTHS[w]! * FILTERS;
  }
  return blamed;
}

/** How the logit answers to each pooled number. */
function pooledSlopes(model: Model): Float32Array {
  const slopes = new Float32Array(POOLED);
  for (let h = 0; h < HIDDEN; h++) {
    if (hidden[h] === 0) continue;
    const slope = model.out[h]! - model.out[HIDDEN + h]!;
    const at = h * POOLED;
    for (let i = 0; i < POOLED; i++) slopes[i]! += slope * model.hidden[at + i]!;
  }
  return slopes;
}

function blameWidth(
  model: Model,
  blamed: Float32Array,
  slopes: Float32Array,
  width: number,
  block: number,
  at: number,
  filterAt: number,
): void {
  const length = blamed.length;
  const places = length + width - 1;
  const unit = 0.5 / Math.sqrt(places);
  for (let place = 0; place < places; place++) {
    const first = Math.max(0, place - width + 1);
    const last = Math.min(place, length - 1);
    for (let f = 0; f < FILTERS; f++) {
      let sum = model.filterBias[filterAt + f]!;
      for (let t = first; t <= last; t++) sum += taps[tapAt(t, place, width, block, f)]!;
      if (sum <= 0) continue;
      let slope = slopes[at + FILTERS + f]! * unit;
      if (lead[filterAt + f] === place) slope += slopes[at + f]!;
      for (let t = first; t <= last; t++) {
        blamed[t]! += slope * taps[tapAt(t, place, width, block, f)]!;
      }
    }
  }
}

/** Where token `t` keeps what it sends to filter `f` at `place`. */
function tapAt(t: number, place: number, width: number, block: number, f: number): number {
  return t * TAPS + block + (t - place + width - 1) * FILTERS + f;
}
