/**
 * Compiles src/core/negativity/kernels.wat to kernels-wasm.ts beside it: `npx tsx train/kernels.ts`
 * after each change. A test compares the two.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import wabt from 'wabt';

const FOLDER = join(import.meta.dirname, '../src/core/negativity');

/** The text of kernels-wasm.ts, from that of kernels.wat. */
export async function compiledKernels(): Promise<string> {
  const name = 'kernels.wat';
  const module = (await wabt()).parseWat(name, readFileSync(join(FOLDER, name), 'utf8'), {
    simd: true,
    bulk_memory: true,
  });
  const { buffer } = module.toBinary({});
  module.destroy();
  const bytes = Buffer.from(buffer);
  return `/** kernels.wat, compiled: ${bytes.length} bytes in base64; written by train/kernels.ts. */\nexport const KERNELS =\n  '${bytes.toString('base64')}';\n`;
}

if (import.meta.filename === process.argv[1]) {
  writeFileSync(join(FOLDER, 'kernels-wasm.ts'), await compiledKernels());
}
