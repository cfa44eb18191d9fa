import { bytesOf } from './base64.ts';
import { KERNELS } from './kernels-wasm.ts';

/** The functions of kernels.wat, and the memory that they work on; told there is what each does. */
export interface Kernels {
  memory: { buffer: ArrayBuffer };
  multiply(matrix: number, rows: number, columns: number, vector: number, out: number): void;
  addRows(matrix: number, rows: number, columns: number, factors: number, out: number): void;
  multiplyWhole(
    matrix: number,
    rows: number,
    columns: number,
    vector: number,
    scales: number,
    out: number,
  ): void;
  round(from: number, count: number, unit: number, out: number): void;
  add(pairs: number, count: number, row: number, out: number): void;
  pool(
    from: number,
    row: number,
    places: number,
    span: number,
    filters: number,
    bias: number,
    most: number,
    sum: number,
  ): void;
  blame(
    from: number,
    row: number,
    places: number,
    span: number,
    filters: number,
    bias: number,
    most: number,
    byMost: number,
    bySum: number,
    blamed: number,
  ): void;
}

/** The kernels with a memory of their own, all zeros. */
export function loadKernels(): Kernels {
  const module = new WebAssembly.Module(bytesOf(KERNELS));
  return new WebAssembly.Instance(module).exports as Kernels;
}
