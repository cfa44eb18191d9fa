import { bytesOf } from './base64.ts';
import { VALENCES } from './lexicon.ts';
import { BUCKETS } from './linear.ts';
import { MARKS } from './marks.ts';
import { WEIGHTS } from './weights.ts';

/** Tokens that the net looks at in one go. */
export const NET_TOKENS = 64;
/** Size of a word's vector. */
export const EMBEDDING = 32;
/** Filters of each width of the convolution. */
export const FILTERS = 48;
/** Words that the filters span. */
export const WIDTHS = [1, 2, 3, 4] as const;
/** Numbers that a word sends to the filters: one a filter and place in it. */
export const TAPS = 10 * FILTERS;
/** What is pooled of a text: the most and the sum of each filter, then the sums of the marks. */
export const POOLED = 2 * FILTERS * WIDTHS.length + MARKS;
export const HIDDEN = 48;
export const CLASSES = 3;

/** The unpacked weights. Matrices are rows after rows. */
export interface Model {
  /** Row of the embeddings by word; words of the lexicon alone have none. */
  rows: ReadonlyMap<string, number>;
  valences: ReadonlyMap<string, number>;
  /** One row a word, row 0 for every other word; the numbers are to be multiplied by `scales`. */
  embeddings: Int8Array;
  scales: Float32Array;
  markMap: Float64Array;
  /** `TAPS` rows of `EMBEDDING`, the filters of one place of one width together. */
  taps: Float64Array;
  /** The same as whole numbers, each row to be multiplied by its scale. */
  tapCodes: Int8Array;
  tapScales: Float64Array;
  filterBias: Float64Array;
  hidden: Float64Array;
  hiddenBias: Float64Array;
  out: Float64Array;
  outBias: Float64Array;
  /** Linear weights for negative and positive, against neutral, a pair a bucket. */
  linear: Float32Array;
  linearBias: Float64Array;
  /** Mean of each number of `rawSense` over held-back texts, and one over its standard deviation. */
  senseMean: Float64Array;
  senseUnit: Float64Array;
  /** How much the net's and the linear model's logits count, and what is added to the classes. */
  blend: Float64Array;
  /** Tells these weights from others. */
  print: number;
}

/** Sizes of the float parts, in the order in which they are stored. */
export const FLOAT_PARTS = {
  filterBias: FILTERS * WIDTHS.length,
  hiddenBias: HIDDEN,
  out: CLASSES * HIDDEN,
  outBias: CLASSES,
  linearBias: 2,
  senseMean: 16 + HIDDEN,
  senseUnit: 16 + HIDDEN,
  blend: 8,
} as const;
/** Shapes of the parts stored as bytes with a scale a row. */
export const BYTE_PARTS = {
  markMap: [MARKS, EMBEDDING],
  taps: [TAPS, EMBEDDING],
  hidden: [HIDDEN, POOLED],
} as const;

/** The size of a number that is stored as the byte `code`: from 1 down, 9 % a step. */
export function scaleOf(code: number): number {
  return 2 ** (-code / 8);
}

/** A linear weight out of its byte; small ones finer than large ones. */
export function linearWeight(byte: number, largest: number): number {
  return Math.sign(byte) * (byte / 127) ** 2 * largest;
}

let loaded: Model | null = null;

/** The shipped model, unpacked at the first call. */
export function model(): Model {
  loaded ??= unpack(bytesOf(WEIGHTS));
  return loaded;
}

/** Reads what `pack` in train/ wrote. */
export function unpack(bytes: Uint8Array): Model {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (length: number) => bytes.subarray(at, (at += length));
  const signed = (length: number) => new Int8Array(take(length));
  const floats = (length: number) =>
    Float64Array.from({ length }, () => view.getFloat32((at += 4) - 4, true));
  const wordCount = view.getUint32(at, true);
  at += 4;
  const { words, rows, end } = unpackWords(bytes, at, wordCount);
  at = end;
  const valences = new Map(VALENCES);
  signed(wordCount).forEach((value, i) => {
    if (value !== 0) valences.set(words[i]!, value / 16);
  });
  const scales = Float32Array.from(take(rows.size + 1), scaleOf);
  const embeddings = signed((rows.size + 1) * EMBEDDING);
  const bytePart = ([height, width]: readonly [number, number]) => {
    const scales = floats(height);
    const codes = signed(height * width);
    const scaled = new Float64Array(codes);
    for (let i = 0; i < scaled.length; i++) scaled[i]! *= scales[Math.floor(i / width)]!;
    return { scales, codes, scaled };
  };
  const markMap = bytePart(BYTE_PARTS.markMap);
  const taps = bytePart(BYTE_PARTS.taps);
  const hidden = bytePart(BYTE_PARTS.hidden);
  const floatParts = Object.fromEntries(
    Object.entries(FLOAT_PARTS).map(([name, length]) => [name, floats(length)]),
  ) as Record<keyof typeof FLOAT_PARTS, Float64Array>;
  const largest = floats(2);
  const codes = signed(2 * BUCKETS);
  const linear = linearWeights(codes, largest);
  if (at !== bytes.length) throw new Error('The weights do not fit the code: train again.');
  return {
    rows,
    valences,
    embeddings,
    scales,
    markMap: markMap.scaled,
    taps: taps.scaled,
    tapCodes: taps.codes,
    tapScales: taps.scales,
    hidden: hidden.scaled,
    ...floatParts,
    linear,
    print: printOf(bytes),
  };
}

/** Negative and positive weights in turn, whose codes have the same 256 values again and again. */
function linearWeights(codes: Int8Array, largest: Float64Array): Float32Array {
  const [negative, positive] = Array.from(largest, (size) =>
    Float64Array.from({ length: 256 }, (_, byte) => linearWeight((byte << 24) >> 24, size)),
  ) as [Float64Array, Float64Array];
  const weights = new Float32Array(codes.length);
  for (let i = 0; i < weights.length; i += 2) {
    weights[i] = negative[codes[i]! & 255]!;
    weights[i + 1] = positive[codes[i + 1]! & 255]!;
  }
  return weights;
}

function printOf(bytes: Uint8Array): number {
  let print = 0;
  for (let i = 0; i < bytes.length; i += 7) print = (Math.imul(print, 31) + bytes[i]!) | 0;
  return print >>> 0;
}

/** Words in order, each as: letters shared with the one before, letters of its own (+128: has a row). */
function unpackWords(bytes: Uint8Array, start: number, count: number) {
  const words: string[] = [];
  const rows = new Map<string, number>();
  const letters: number[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    letters.length = bytes[at++]!;
    const head = bytes[at++]!;
    for (const end = at + (head & 127); at < end; at++) letters.push(bytes[at]!);
    const word = String.fromCharCode(...letters);
    words.push(word);
    if (head >= 128) rows.set(word, rows.size + 1);
  }
  return { words, rows, end: at };
}

/** How good or bad a word is by itself: what the model brought along, else the `sentiment` package. */
export function valenceIn(model: Model, word: string): number {
  return model.valences.get(word) ?? 0;
}
