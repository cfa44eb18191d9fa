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
  words: Map<string, number>;
  mixes: Map<number, Mix>;
  rowsUsed: number;
};

let memory: NetMemory | null = null;

/** The memory with the weights of `model`; it holds one model at a time. */
export function memoryOf(model: Model): NetMemory {
  memory ??= { ...layOut(), model: null, words: new Map(), mixes: new Map(), rowsUsed: 0 };
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
  const rows = (count: number) => new Int16Array(buffer, take(count * ROW_BYTES), count * TAPS);
  const answers = FILTERS * WIDTHS.length;
  return {
    kernels,
    /** Matrices, one row after the other. */
    taps: doubles(TAPS * EMBEDDING),
    hiddenWeights: doubles(HIDDEN * WIDE),
    /** A row more than there are classes: the kernels take two at a time. */
    outWeights: doubles((CLASSES + 1) * HIDDEN),
    /** Vectors. */
    embedding: doubles(EMBEDDING),
    projected: doubles(TAPS),
    pooled: doubles(WIDE),
    hidden: doubles(HIDDEN),
    out: doubles(CLASSES + 1),
    /** A number a filter, one width after the other. */
    filterBias: ints(answers),
    most: ints(answers),
    sum: ints(answers),
    slopeOfMost: floats(answers),
    slopeOfSum: floats(answers),
    /** For each token the addresses of what its word and its marks send. */
    pairs: ints(2 * NET_TOKENS),
    /** What each token sends, edges included, and what it is blamed for. */
    sent: rows(NET_TOKENS + 2 * EDGE),
    blamed: floats(NET_TOKENS + 2 * EDGE),
    noRow: rows(1),
    rows: rows(Math.floor((buffer.byteLength - free) / ROW_BYTES) - 1),
  };
}

function load(memory: NetMemory, model: Model): void {
  memory.taps.set(model.taps);
  for (let h = 0; h < HIDDEN; h++) {
    memory.hiddenWeights.set(model.hidden.subarray(h * POOLED, (h + 1) * POOLED), h * WIDE);
  }
  memory.outWeights.set(model.out);
  memory.filterBias.set(model.filterBias.map((bias) => Math.round(bias / STEP)));
  forgetRows(memory);
  memory.model = model;
}

function forgetRows(memory: NetMemory): void {
  memory.words.clear();
  memory.mixes.clear();
  memory.rowsUsed = 0;
}

/** Makes sure that all rows of one text can be kept together. */
export function makeRoom(memory: NetMemory): void {
  if ((memory.rowsUsed + 2 * NET_TOKENS) * TAPS > memory.rows.length) forgetRows(memory);
}

/** Keeps what `memory.embedding` sends, as whole numbers; answers with the address of the row. */
function project({ kernels, taps, embedding, projected, rows }: NetMemory, row: number): number {
  kernels.multiply(taps.byteOffset, TAPS, EMBEDDING, embedding.byteOffset, projected.byteOffset);
  for (let tap = 0, at = row * TAPS; tap < TAPS; tap++, at++) {
    rows[at] = Math.max(-32768, Math.min(32767, Math.round(projected[tap]! / STEP)));
  }
  return rows.byteOffset + row * ROW_BYTES;
}

/** The address of what `word` sends. */
export function sentByWord(memory: NetMemory, model: Model, word: string): number {
  const known = memory.words.get(word);
  if (known !== undefined) return known;
  const id = model.rows.get(word);
  // The words that the model does not know share a row, and there is no end of them to remember.
  if (id === undefined && word !== '') return sentByWord(memory, model, '');
  const at = (id ?? 0) * EMBEDDING;
  const scale = model.scales[id ?? 0]!;
  for (let d = 0; d < EMBEDDING; d++) memory.embedding[d] = model.embeddings[at + d]! * scale;
  const row = project(memory, memory.rowsUsed++);
  memory.words.set(word, row);
  return row;
}

/** The address of what the marks of the token at `at` (in `marks`) send. */
export function sentByMarks(memory: NetMemory, model: Model, marks: Int8Array, at: number): number {
  let key = 0;
  for (let mark = at; mark < at + MARKS; mark++) key = (Math.imul(key, 31) + marks[mark]!) | 0;
  if (key === 0) return memory.noRow.byteOffset;
  const known = memory.mixes.get(key);
  if (known !== undefined && sameMarks(known.marks, marks, at)) return known.row;
  const { embedding } = memory;
  embedding.fill(0);
  for (let mark = 0; mark < MARKS; mark++) {
    const factor = marks[at + mark]! / MARK_UNIT;
    for (let d = 0; d < EMBEDDING; d++)
      embedding[d]! += model.markMap[mark * EMBEDDING + d]! * factor;
  }
  const mix = { marks: marks.slice(at, at + MARKS), row: project(memory, memory.rowsUsed++) };
  memory.mixes.set(key, mix);
  return mix.row;
}

function sameMarks(known: Int8Array, marks: Int8Array, at: number): boolean {
  for (let mark = 0; mark < MARKS; mark++) if (known[mark] !== marks[at + mark]) return false;
  return true;
}
