import { MARK_UNIT, MARKS } from './marks.ts';
import { CLASSES, FILTERS, HIDDEN, NET_TOKENS, POOLED, TAPS, WIDTHS, type Model } from './model.ts';
import {
  EDGE,
  makeRoom,
  memoryOf,
  ROW_BYTES,
  sentByMarks,
  sentByWord,
  STEP,
  WIDE,
  type NetMemory,
} from './net-memory.ts';
import type { Token } from './tokens.ts';

/** What a run leaves behind, for `blame`. */
export interface Run {
  logits: Float32Array;
  marks: Int8Array;
  length: number;
}

/** Logits of the first `NET_TOKENS` tokens; `tokens` must not be empty. */
export function runNet(model: Model, tokens: readonly Token[], marks: Int8Array): Run {
  const length = Math.min(tokens.length, NET_TOKENS);
  const memory = memoryOf(model);
  send(memory, model, tokens, marks, length);
  poolFilters(memory, length);
  poolMarks(memory.pooled, marks, length);
  const { kernels, hiddenWeights, pooled, hidden, outWeights, out } = memory;
  kernels.multiply(hiddenWeights.byteOffset, HIDDEN, WIDE, pooled.byteOffset, hidden.byteOffset);
  for (let h = 0; h < HIDDEN; h++) hidden[h] = Math.max(0, model.hiddenBias[h]! + hidden[h]!);
  kernels.multiply(outWeights.byteOffset, CLASSES + 1, HIDDEN, hidden.byteOffset, out.byteOffset);
  const logits = new Float32Array(CLASSES);
  for (let c = 0; c < CLASSES; c++) logits[c] = model.outBias[c]! + out[c]!;
  return { logits, marks, length };
}

/** Fills `sent`: what each token, with its marks, sends to each place of each filter. */
function send(
  memory: NetMemory,
  model: Model,
  tokens: readonly Token[],
  marks: Int8Array,
  length: number,
): void {
  const { kernels, pairs, sent } = memory;
  makeRoom(memory);
  for (let t = 0; t < length; t++) {
    pairs[2 * t] = sentByWord(memory, model, tokens[t]!.word);
    pairs[2 * t + 1] = sentByMarks(memory, model, marks, t * MARKS);
  }
  kernels.add(pairs.byteOffset, length, ROW_BYTES, sent.byteOffset + EDGE * ROW_BYTES);
  sent.fill(0, (length + EDGE) * TAPS, (length + 2 * EDGE) * TAPS);
}

/** What the kernels want to know of the filters of one width. */
interface Width {
  /** Address of what the first token under the first place sends to the first of the filters. */
  from: number;
  places: number;
  span: number;
  /** Number of the first filter, among those of all widths. */
  first: number;
}

/** The filters of width `w` over a text of `length` tokens. */
function widthOf({ sent }: NetMemory, w: number, length: number): Width {
  const block = (FILTERS * w * (w + 1)) / 2;
  return {
    from: sent.byteOffset + (EDGE - w) * ROW_BYTES + block * sent.BYTES_PER_ELEMENT,
    places: length + w,
    span: WIDTHS[w]!,
    first: w * FILTERS,
  };
}

/** Pools the filters of each width: the most, and half the sum by the root of the places. */
function poolFilters(memory: NetMemory, length: number): void {
  const { kernels, filterBias, most, sum, pooled } = memory;
  for (let w = 0; w < WIDTHS.length; w++) {
    const { from, places, span, first } = widthOf(memory, w, length);
    kernels.pool(
      from,
      ROW_BYTES,
      places,
      span,
      FILTERS,
      filterBias.byteOffset + 4 * first,
      most.byteOffset + 4 * first,
      sum.byteOffset + 4 * first,
    );
    const unit = (0.5 * STEP) / Math.sqrt(places);
    for (let f = 0; f < FILTERS; f++) {
      pooled[2 * first + f] = most[first + f]! * STEP;
      pooled[2 * first + FILTERS + f] = sum[first + f]! * unit;
    }
  }
}

function poolMarks(pooled: Float64Array, marks: Int8Array, length: number): void {
  const unit = 1 / (Math.sqrt(length + 2) * MARK_UNIT);
  for (let mark = 0; mark < MARKS; mark++) {
    let sum = 0;
    for (let t = 0; t < length; t++) sum += marks[t * MARKS + mark]!;
    pooled[POOLED - MARKS + mark] = sum * unit;
  }
}

/**
 * How much each token moved "negative against neutral" in the text that `runNet` saw last: its part
 * of the logit by what it sent to the filters that answered, and by its marks. The net is piecewise
 * linear, so these parts and the biases add up to the logit.
 */
export function blame(model: Model, { length, marks }: Run): Float64Array {
  const memory = memoryOf(model);
  const { pooledSlopes: slopes } = memory;
  slopesBack(memory, model);
  blameFilters(memory, length);
  const blamed = new Float64Array(memory.blamed.subarray(EDGE, EDGE + length));
  const unit = 1 / (Math.sqrt(length + 2) * MARK_UNIT);
  for (let t = 0, at = 0; t < length; t++, at += MARKS) {
    let sum = 0;
    for (let mark = 0; mark < MARKS; mark++)
      sum += slopes[POOLED - MARKS + mark]! * marks[at + mark]!;
    blamed[t]! += sum * unit;
  }
  return blamed;
}

/** Fills `pooledSlopes`: how the logit answers to each pooled number. */
function slopesBack(memory: NetMemory, model: Model): void {
  const { kernels, hidden, hiddenSlopes, hiddenWeights, pooledSlopes } = memory;
  for (let h = 0; h < HIDDEN; h++) {
    hiddenSlopes[h] = hidden[h] === 0 ? 0 : model.out[h]! - model.out[HIDDEN + h]!;
  }
  kernels.addRows(
    hiddenWeights.byteOffset,
    HIDDEN,
    WIDE,
    hiddenSlopes.byteOffset,
    pooledSlopes.byteOffset,
  );
}

/** Fills `blamed` with what each token moved by the filters. */
function blameFilters(memory: NetMemory, length: number): void {
  const { kernels, filterBias, most, pooledSlopes, slopeOfMost, slopeOfSum, blamed } = memory;
  blamed.fill(0);
  for (let w = 0; w < WIDTHS.length; w++) {
    const { from, places, span, first } = widthOf(memory, w, length);
    const unit = (0.5 * STEP) / Math.sqrt(places);
    for (let f = 0; f < FILTERS; f++) {
      slopeOfMost[first + f] = pooledSlopes[2 * first + f]! * STEP;
      slopeOfSum[first + f] = pooledSlopes[2 * first + FILTERS + f]! * unit;
    }
    kernels.blame(
      from,
      ROW_BYTES,
      places,
      span,
      FILTERS,
      filterBias.byteOffset + 4 * first,
      most.byteOffset + 4 * first,
      slopeOfMost.byteOffset + 4 * first,
      slopeOfSum.byteOffset + 4 * first,
      blamed.byteOffset + 4 * (EDGE - w),
    );
  }
}

/** The hidden layer of the text that `runNet` saw last, copied: what the net makes of a text. */
export function hiddenLayer(model: Model): Float64Array {
  return memoryOf(model).hidden.slice();
}
