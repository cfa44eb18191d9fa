import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUCKETS } from '../src/core/negativity/linear.ts';
import { BYTE_PARTS, EMBEDDING, FLOAT_PARTS, scaleOf } from '../src/core/negativity/model.ts';
import type { Linear } from './fit-linear.ts';
import type { Prepared } from './prepare.ts';

/** The net's float weights as fit.py wrote them, one file a part. */
export function readNet(folder: string): Map<string, Float32Array> {
  const parts = ['embeddings', ...Object.keys(BYTE_PARTS), ...Object.keys(FLOAT_PARTS).slice(0, 4)];
  return new Map(
    parts.map((name) => {
      const bytes = readFileSync(join(folder, `${name}.f32`));
      return [
        name,
        new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
      ];
    }),
  );
}

/** What is fitted after the net: all of it as in `Model`. */
export interface Fitted {
  blend: readonly number[];
  senseMean: readonly number[];
  senseUnit: readonly number[];
}

/** Everything that ships, as bytes: see `unpack` for the order. */
export function pack(
  prepared: Prepared,
  net: ReadonlyMap<string, Float32Array>,
  linear: Linear,
  fitted: Fitted,
): Uint8Array {
  const chunks: Uint8Array[] = [];
  const put = (array: ArrayBufferView) =>
    chunks.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  const ids = new Map(prepared.words.map((word, i) => [word, i + 1]));
  const words = [...new Set([...prepared.words, ...prepared.lexicon.keys()])].sort();
  put(Uint32Array.of(words.length));
  put(packWords(words, ids));
  put(Int8Array.from(words, (word) => (prepared.lexicon.get(word) ?? 0) * 16));
  const order = [0, ...words.flatMap((word) => ids.get(word) ?? [])];
  packEmbeddings(net.get('embeddings')!, order).forEach(put);
  for (const [name, [height, width]] of Object.entries(BYTE_PARTS)) {
    packRows(net.get(name)!, height, width).forEach(put);
  }
  for (const [name, length] of Object.entries(FLOAT_PARTS)) {
    const [first, second, third] = linear.bias;
    const part =
      name === 'blend' || name === 'senseMean' || name === 'senseUnit'
        ? fitted[name]
        : name === 'linearBias'
          ? [first! - second!, third! - second!]
          : net.get(name)!;
    put(Float32Array.from({ length }, (_, i) => part[i] ?? 0));
  }
  packLinear(linear).forEach(put);
  return Buffer.concat(chunks);
}

function packWords(words: readonly string[], ids: ReadonlyMap<string, number>): Uint8Array {
  const bytes: number[] = [];
  let before = '';
  for (const word of words) {
    let shared = 0;
    while (shared < before.length && shared < word.length && before[shared] === word[shared])
      shared++;
    const own = word.slice(shared);
    bytes.push(shared, own.length + (ids.has(word) ? 128 : 0), ...Buffer.from(own, 'latin1'));
    before = word;
  }
  return Uint8Array.from(bytes);
}

function packEmbeddings(embeddings: Float32Array, order: readonly number[]): ArrayBufferView[] {
  const scales = new Uint8Array(order.length);
  const codes = new Int8Array(order.length * EMBEDDING);
  order.forEach((id, row) => {
    const vector = embeddings.subarray(id * EMBEDDING, (id + 1) * EMBEDDING);
    const largest = Math.max(...vector.map(Math.abs), 1e-6) / 127;
    scales[row] = Math.max(0, Math.min(255, Math.floor(-8 * Math.log2(largest))));
    const scale = scaleOf(scales[row]!);
    vector.forEach((value, d) => (codes[row * EMBEDDING + d] = Math.round(value / scale)));
  });
  return [scales, codes];
}

function packRows(matrix: Float32Array, height: number, width: number): ArrayBufferView[] {
  const scales = new Float32Array(height);
  const codes = new Int8Array(height * width);
  for (let row = 0; row < height; row++) {
    const values = matrix.subarray(row * width, (row + 1) * width);
    const scale = Math.max(...values.map(Math.abs), 1e-6) / 127;
    scales[row] = scale;
    values.forEach((value, i) => (codes[row * width + i] = Math.round(value / scale)));
  }
  return [scales, codes];
}

function packLinear({ weights }: Linear): ArrayBufferView[] {
  const against = (bucket: number, side: number) =>
    weights[bucket * 3 + (side === 0 ? 0 : 2)]! - weights[bucket * 3 + 1]!;
  const largest = [0, 1].map((side) => {
    let most = 0;
    for (let b = 0; b < BUCKETS; b++) most = Math.max(most, Math.abs(against(b, side)));
    return most;
  });
  const codes = new Int8Array(2 * BUCKETS);
  for (let b = 0; b < BUCKETS; b++) {
    for (const side of [0, 1]) {
      const weight = against(b, side) / largest[side]!;
      codes[b * 2 + side] = Math.round(Math.sign(weight) * Math.sqrt(Math.abs(weight)) * 127);
    }
  }
  return [Float32Array.from(largest), codes];
}
