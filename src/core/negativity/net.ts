import { MARK_UNIT, MARKS } from './marks.ts';
import { CLASSES, EMBEDDING, FILTERS, HIDDEN, POOLED, TAPS, WIDTHS, type Model } from './model.ts';
import type { Token } from './tokens.ts';

/** Tokens that the net looks at in one go. */
export const NET_TOKENS = 64;

/** What a run leaves behind, for `blame`. */
export interface Run {
  logits: Float32Array;
  marks: Int8Array;
  length: number;
}

// Module constants are copied: some loaders read imported ones through a getter, each time.
const F = FILTERS;
const ROW = TAPS;
const ALL = POOLED;
/** `POOLED` and what fills it up to a multiple of four, as `dot` wants it. */
const WIDE = Math.ceil(POOLED / 4) * 4;
const M = MARKS;
/** Rows of nothing before and after the tokens, so that a filter may hang over either end. */
const EDGE = WIDTHS.length - 1;
/** What goes to the filters is kept in whole numbers of this fraction: quick to add, small to keep. */
const STEP = 1 / 1024;

// One text at a time is judged, so the space for its numbers is kept from one to the next.
const taps = new Int16Array((NET_TOKENS + 2 * EDGE) * ROW);
const sums = new Int32Array(2 * F * WIDTHS.length);
const pooled = new Float64Array(WIDE);
const hidden = new Float64Array(HIDDEN);

/** What marks together send to the filters. */
interface Marked {
  marks: Int8Array;
  taps: Int16Array;
}

/** What is remembered of a model: what each word sends, 1 kB a word, and each mix of marks. */
interface Memory {
  ofWords: (Int16Array | undefined)[];
  ofMarks: Map<number, Marked>;
  filterBias: Int32Array;
  /** The hidden layer's weights, in rows of `WIDE`. */
  hidden: Float64Array;
}
const MIXES_KEPT = 4_000;
const memories = new WeakMap<Model, Memory>();

function project({ taps: matrix }: Model, vector: Float64Array): Int16Array {
  const out = new Int16Array(ROW);
  for (let tap = 0; tap < ROW; tap++) {
    const exact = dot(vector, matrix, tap * EMBEDDING, EMBEDDING) / STEP;
    out[tap] = Math.max(-32768, Math.min(32767, Math.round(exact)));
  }
  return out;
}

function memoryOf(model: Model): Memory {
  let memory = memories.get(model);
  if (memory === undefined) {
    const filterBias = Int32Array.from(model.filterBias, (bias) => Math.round(bias / STEP));
    const hidden = new Float64Array(HIDDEN * WIDE);
    for (let h = 0; h < HIDDEN; h++) {
      hidden.set(model.hidden.subarray(h * ALL, (h + 1) * ALL), h * WIDE);
    }
    memory = { ofWords: [], ofMarks: new Map(), filterBias, hidden };
    memories.set(model, memory);
  }
  return memory;
}

function sentByWord(model: Model, memory: Memory, row: number): Int16Array {
  const known = memory.ofWords[row];
  if (known !== undefined) return known;
  const scale = model.scales[row]!;
  const codes = model.embeddings.subarray(row * EMBEDDING, (row + 1) * EMBEDDING);
  return (memory.ofWords[row] = project(
    model,
    Float64Array.from(codes, (code) => code * scale),
  ));
}

/** What the marks of the token at `at` (in `marks`) send, null where it has none. */
function sentByMarks(
  model: Model,
  memory: Memory,
  marks: Int8Array,
  at: number,
): Int16Array | null {
  let key = 0;
  for (let mark = at; mark < at + M; mark++) key = (Math.imul(key, 31) + marks[mark]!) | 0;
  if (key === 0) return null;
  const known = memory.ofMarks.get(key);
  if (known !== undefined && sameMarks(known.marks, marks, at)) return known.taps;
  const own = marks.slice(at, at + M);
  const vector = new Float64Array(EMBEDDING);
  for (let mark = 0; mark < M; mark++) {
    const factor = own[mark]! / MARK_UNIT;
    for (let d = 0; d < EMBEDDING; d++) vector[d]! += model.markMap[mark * EMBEDDING + d]! * factor;
  }
  const sent = { marks: own, taps: project(model, vector) };
  if (memory.ofMarks.size >= MIXES_KEPT) memory.ofMarks.clear();
  memory.ofMarks.set(key, sent);
  return sent.taps;
}

function sameMarks(known: Int8Array, marks: Int8Array, at: number): boolean {
  for (let mark = 0; mark < M; mark++) if (known[mark] !== marks[at + mark]) return false;
  return true;
}

/** Fills `taps`: what each token, with its marks, sends to each place of each filter. */
function fillTaps(
  model: Model,
  memory: Memory,
  tokens: readonly Token[],
  marks: Int8Array,
  length: number,
): void {
  for (let t = 0; t < length; t++) {
    const base = (t + EDGE) * ROW;
    const byWord = sentByWord(model, memory, model.rows.get(tokens[t]!.word) ?? 0);
    const byMarks = sentByMarks(model, memory, marks, t * M);
    if (byMarks === null) taps.set(byWord, base);
    else for (let i = 0; i < ROW; i++) taps[base + i] = byWord[i]! + byMarks[i]!;
  }
  taps.fill(0, (length + EDGE) * ROW, (length + 2 * EDGE) * ROW);
}

/** Logits of the first `NET_TOKENS` tokens; `tokens` must not be empty. */
export function runNet(model: Model, tokens: readonly Token[], marks: Int8Array): Run {
  const length = Math.min(tokens.length, NET_TOKENS);
  const memory = memoryOf(model);
  fillTaps(model, memory, tokens, marks, length);
  poolFilters(memory.filterBias, length);
  poolMarks(marks, length);
  for (let h = 0; h < HIDDEN; h++) {
    const sum = model.hiddenBias[h]! + dot(pooled, memory.hidden, h * WIDE, WIDE);
    hidden[h] = sum > 0 ? sum : 0;
  }
  const logits = new Float32Array(CLASSES);
  for (let c = 0; c < CLASSES; c++) {
    logits[c] = model.outBias[c]! + dot(hidden, model.out, c * HIDDEN, HIDDEN);
  }
  return { logits, marks, length };
}

/**
 * Product of `vector` and a row of `matrix`, in four sums that do not wait for one another; `size` is
 * a multiple of four.
 */
function dot(vector: Float64Array, matrix: Float64Array, from: number, size: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < size; i += 4) {
    const at = from + i;
    a += vector[i]! * matrix[at]!;
    b += vector[i + 1]! * matrix[at + 1]!;
    c += vector[i + 2]! * matrix[at + 2]!;
    d += vector[i + 3]! * matrix[at + 3]!;
  }
  return a + b + (c + d);
}

function poolMarks(marks: Int8Array, length: number): void {
  const unit = 1 / (Math.sqrt(length + 2) * MARK_UNIT);
  for (let mark = 0; mark < M; mark++) {
    let sum = 0;
    for (let t = 0; t < length; t++) sum += marks[t * MARKS + mark]!;
    pooled[ALL - MARKS + mark] = sum * unit;
  }
}

/**
 * Pools the filters of each width: the most, and half the sum by the root of the places. The widths
 * are written out, and the positive part is taken by its sign bit, because a branch on the sign is a
 * coin toss that costs more than the sums.
 */
function poolFilters(bias: Int32Array, length: number): void {
  sums.fill(0);
  for (let w = 0, block = 0; w < WIDTHS.length; w++) {
    const biasAt = w * F;
    const at = w * 2 * F;
    const places = length + w;
    for (let place = 0; place < places; place++) {
      let from = (place + EDGE - w) * ROW + block;
      for (let f = 0; f < F; f++, from++) {
        let s = (bias[biasAt + f]! + taps[from]!) | 0;
        if (w > 0) s = (s + taps[from + ROW + F]!) | 0;
        if (w > 1) s = (s + taps[from + 2 * (ROW + F)]!) | 0;
        if (w > 2) s = (s + taps[from + 3 * (ROW + F)]!) | 0;
        sums[at + F + f] = (sums[at + F + f]! + (s & ~(s >> 31))) | 0;
        if (s > sums[at + f]!) sums[at + f] = s;
      }
    }
    const unit = (0.5 * STEP) / Math.sqrt(places);
    for (let f = 0; f < F; f++) {
      pooled[at + f] = sums[at + f]! * STEP;
      pooled[at + F + f] = sums[at + F + f]! * unit;
    }
    block += (w + 1) * F;
  }
}

/**
 * How much each token moved "negative against neutral" in the text that `runNet` saw last: its part
 * of the logit by what it sent to the filters that answered, and by its marks. The net is piecewise
 * linear, so these parts and the biases add up to the logit.
 */
export function blame(model: Model, { length, marks }: Run): Float64Array {
  const blamed = new Float64Array(length);
  const slopes = pooledSlopes(model);
  for (let w = 0, block = 0; w < WIDTHS.length; w++) {
    blameWidth(memoryOf(model).filterBias, blamed, slopes, w, block);
    block += (w + 1) * F;
  }
  const unit = 1 / (Math.sqrt(length + 2) * MARK_UNIT);
  for (let t = 0; t < length; t++) {
    for (let mark = 0; mark < MARKS; mark++) {
      blamed[t]! += slopes[ALL - MARKS + mark]! * marks[t * MARKS + mark]! * unit;
    }
  }
  return blamed;
}

/** How the logit answers to each pooled number. */
function pooledSlopes(model: Model): Float64Array {
  const slopes = new Float64Array(ALL);
  for (let h = 0; h < HIDDEN; h++) {
    if (hidden[h] === 0) continue;
    const slope = model.out[h]! - model.out[HIDDEN + h]!;
    const at = h * ALL;
    for (let i = 0; i < ALL; i++) slopes[i]! += slope * model.hidden[at + i]!;
  }
  return slopes;
}

/** The filters that answered at a place, and how the logit answers to what they are sent there. */
const answering = new Int32Array(F);
const gates = new Float64Array(F);

function blameWidth(
  bias: Int32Array,
  blamed: Float64Array,
  slopes: Float64Array,
  w: number,
  block: number,
): void {
  const length = blamed.length;
  const places = length + w;
  const at = w * 2 * F;
  const unit = 0.5 / Math.sqrt(places);
  for (let place = 0; place < places; place++) {
    const from = (place + EDGE - w) * ROW + block;
    let count = 0;
    for (let f = 0; f < F; f++) {
      let s = (bias[w * F + f]! + taps[from + f]!) | 0;
      if (w > 0) s = (s + taps[from + ROW + F + f]!) | 0;
      if (w > 1) s = (s + taps[from + 2 * (ROW + F) + f]!) | 0;
      if (w > 2) s = (s + taps[from + 3 * (ROW + F) + f]!) | 0;
      const most = s === sums[at + f]! ? slopes[at + f]! : 0;
      gates[count] = slopes[at + F + f]! * unit + most;
      answering[count] = f;
      // What is not positive is written over by the next: no branch here either.
      count += -s >>> 31;
    }
    const first = Math.max(0, w - place);
    for (let j = first; j <= w && place - w + j < length; j++) {
      const tapAt = from + j * (ROW + F);
      let moved = 0;
      for (let i = 0; i < count; i++) moved += gates[i]! * taps[tapAt + answering[i]!]!;
      blamed[place - w + j]! += moved * STEP;
    }
  }
}

/** The hidden layer of the text that `runNet` saw last, copied: what the net makes of a text. */
export function hiddenLayer(): Float64Array {
  return hidden.slice();
}
