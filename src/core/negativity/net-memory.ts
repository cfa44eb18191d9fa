import { loadKernels, type Kernels } from './kernels.ts';
import { MARK_UNIT, MARKS } from './marks.ts';
import {
  CLASSES,
  EMBEDDING,
  FILTERS,
  HIDDEN,
  NET_TOKENS,
  POOLED,
  TAPS,
  WIDTHS,
  type Model,
} from './model.ts';

/** Rows of nothing before and after the tokens, so that a filter may hang over either end. */
export const EDGE = WIDTHS.length - 1;
/** What goes to the filters is kept in whole numbers of this fraction: quick to add, small to keep. */
export const STEP = 1 / 1024;
/** `POOLED` and what fills it up to a multiple of four, as the kernels want it. */
export const WIDE = Math.ceil(POOLED / 4) * 4;
/** Bytes of what a token sends. */
export const ROW_BYTES = TAPS * Int16Array.BYTES_PER_ELEMENT;

/** What marks together send to the filters: a row of the memory. */
interface Mix {
  marks: Int8Array;
  row: number;
}

/**
 * The numbers of the net where the kernels work on them, as views of their memory, and the rows
 * that words and mixes of marks were found to send, by their addresses.
 */
export type NetMemory = ReturnType<typeof layOut> & {
  model: Model | null;
  /** By the word's row in the model; 0: not yet. */
  words: Int32Array;
  mixes: Map<number, Mix>;
  rowsUsed: number;
};

let memory: NetMemory | null = null;

/** The memory with the weights of `model`; it holds one model at a time. */
export function memoryOf(model: Model): NetMemory {
  memory ??= { ...layOut(), model: null, words: new Int32Array(), mixes: new Map(), rowsUsed: 0 };
  if (memory.model !== model) load(memory, model);
  return memory;
}

/** Shares out the memory of the kernels; what is left over keeps rows. */
function layOut() {
  const kernels: Kernels = loadKernels();
  const { buffer } = kernels.memory;
  let free = 0;
  function take(bytes: number): number {
    const at = free;
    free = Math.ceil((at + bytes) / 16) * 16;
    return at;
  }
  const doubles = (length: number) => new Float64Array(buffer, take(length * 8), length);
  const floats = (length: number) => new Float32Array(buffer, take(length * 4), length);
  const ints = (length: number) => new Int32Array(buffer, take(length * 4), length);
  const shorts = (length: number) => new Int16Array(buffer, take(length * 2), length);
  const answers = FILTERS * WIDTHS.length;
  return {
    kernels,
    /** Matrices, one row after the other. */
    taps: doubles(TAPS * EMBEDDING),
    /** In the order that `multiplyWhole` wants. */
    tapCodes: shorts(TAPS * EMBEDDING),
    hiddenWeights: doubles(HIDDEN * WIDE),
    /** A row more than there are classes: the kernels take two at a time. */
    outWeights: doubles((CLASSES + 1) * HIDDEN),
    /** Vectors. */
    tapScales: doubles(TAPS),
    codes: shorts(EMBEDDING),
    markVector: doubles(EMBEDDING),
    projected: doubles(TAPS),
    pooled: doubles(WIDE),
    hidden: doubles(HIDDEN),
    out: doubles(CLASSES + 1),
    hiddenSlopes: doubles(HIDDEN),
    pooledSlopes: doubles(WIDE),
    /** A number a filter, one width after the other. */
    filterBias: ints(answers),
    most: ints(answers),
    sum: ints(answers),
    slopeOfMost: floats(answers),
    slopeOfSum: floats(answers),
    /** For each token the addresses of what its word and its marks send. */
    pairs: ints(2 * NET_TOKENS),
    /** What each token sends, edges included, and what it is blamed for. */
    sent: shorts((NET_TOKENS + 2 * EDGE) * TAPS),
    blamed: floats(NET_TOKENS + 2 * EDGE),
    noRow: shorts(TAPS),
    rows: shorts(Math.floor((buffer.byteLength - free) / ROW_BYTES - 1) * TAPS),
  };
}

function load(memory: NetMemory, model: Model): void {
  memory.taps.set(model.taps);
  memory.tapScales.set(model.tapScales);
  for (let tap = 0, at = 0; tap < TAPS; tap += 4) {
    for (let d = 0; d < EMBEDDING; d += 2) {
      for (let row = tap; row < tap + 4; row++) {
        memory.tapCodes[at++] = model.tapCodes[row * EMBEDDING + d]!;
        memory.tapCodes[at++] = model.tapCodes[row * EMBEDDING + d + 1]!;
      }
    }
  }
  for (let h = 0; h < HIDDEN; h++) {
    memory.hiddenWeights.set(model.hidden.subarray(h * POOLED, (h + 1) * POOLED), h * WIDE);
  }
  memory.outWeights.set(model.out);
  memory.filterBias.set(model.filterBias.map((bias) => Math.round(bias / STEP)));
  memory.words = new Int32Array(model.scales.length);
  forgetRows(memory);
  memory.model = model;
}

function forgetRows(memory: NetMemory): void {
  memory.words.fill(0);
  memory.mixes.clear();
  memory.rowsUsed = 0;
}

/** Makes sure that all rows of one text can be kept together. */
export function makeRoom(memory: NetMemory): void {
  if ((memory.rowsUsed + 2 * NET_TOKENS) * TAPS > memory.rows.length) forgetRows(memory);
}

/** The address of what `word` sends. */
export function sentByWord(memory: NetMemory, model: Model, word: string): number {
  const id = model.rows.get(word) ?? 0;
  return memory.words[id] || projectWord(memory, model, id);
}

function projectWord(memory: NetMemory, model: Model, id: number): number {
  const { kernels, tapCodes, codes, tapScales, projected } = memory;
  codes.set(model.embeddings.subarray(id * EMBEDDING, (id + 1) * EMBEDDING));
  kernels.multiplyWhole(
    tapCodes.byteOffset,
    TAPS,
    EMBEDDING,
    codes.byteOffset,
    tapScales.byteOffset,
    projected.byteOffset,
  );
  return (memory.words[id] = keepRow(memory, model.scales[id]!));
}

/** Keeps `projected` times `scale` as a row of what is sent; answers with its address. */
function keepRow(memory: NetMemory, scale: number): number {
  const { kernels, projected, rows } = memory;
  const row = rows.byteOffset + memory.rowsUsed++ * ROW_BYTES;
  kernels.round(projected.byteOffset, TAPS, scale / STEP, row);
  return row;
}

/** The address of what the marks of the token at `at` (in `marks`) send. */
export function sentByMarks(memory: NetMemory, model: Model, marks: Int8Array, at: number): number {
  let key = 0;
  for (let mark = at; mark < at + MARKS; mark++) key = (Math.imul(key, 31) + marks[mark]!) | 0;
  if (key === 0) return memory.noRow.byteOffset;
  const known = memory.mixes.get(key);
  if (known !== undefined && sameMarks(known.marks, marks, at)) return known.row;
  const mix = { marks: marks.slice(at, at + MARKS), row: projectMarks(memory, model, marks, at) };
  memory.mixes.set(key, mix);
  return mix.row;
}

function projectMarks(memory: NetMemory, model: Model, marks: Int8Array, at: number): number {
  const { kernels, taps, markVector, projected } = memory;
  markVector.fill(0);
  for (let mark = 0; mark < MARKS; mark++) {
    const factor = marks[at + mark]! / MARK_UNIT;
    const from = mark * EMBEDDING;
    for (let d = 0; d < EMBEDDING; d++) markVector[d]! += model.markMap[from + d]! * factor;
  }
  kernels.multiply(taps.byteOffset, TAPS, EMBEDDING, markVector.byteOffset, projected.byteOffset);
  return keepRow(memory, 1);
}

function sameMarks(known: Int8Array, marks: Int8Array, at: number): boolean {
  for (let mark = 0; mark < MARKS; mark++) if (known[mark] !== marks[at + mark]) return false;
  return true;
}
