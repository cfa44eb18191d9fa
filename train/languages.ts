/**
 * Packs the smallest database of the npm package `eld` (Apache-2.0) for `detect.ts`, which reads it
 * with a hundredth of the memory: `npx tsx train/languages.ts` writes src/core/negativity/ngrams.ts.
 */
import { writeFileSync } from 'node:fs';

interface Database {
  languages: Record<string, string>;
  ngrams: Record<string, Record<string, number>>;
}

// The package exports its detector, not what that consists of.
const part = async (path: string): Promise<Record<string, unknown>> =>
  (await import(new URL(path, import.meta.resolve('eld/extrasmall')).href)) as never;
const { languages, ngrams } = (await part('../ngrams/extrasmall.js'))['ngramsData'] as Database;
const averages = (await part('../avgScore.js'))['avgScore'] as Record<string, number>;
const dictionary = (await part('../dictionary.js'))['dictionary'] as string[];

/** A letter of theirs stands for each byte of UTF-8. */
const byteOf = new Map(dictionary.map((letter, byte) => [letter, byte]));

interface Gram {
  /** Four bytes at the most, as one number. */
  key: number;
  scores: [language: number, score: number][];
}

/** By whether a word begins with it (1) and ends with it (2). */
const groups: Gram[][] = [[], [], [], []];
for (const [text, scores] of Object.entries(ngrams)) {
  const group = (text.startsWith(' ') ? 1 : 0) + (text.endsWith(' ') ? 2 : 0);
  const key = [...text.trim()].reduce((sum, letter) => sum * 256 + byteOf.get(letter)!, 0);
  const pairs = Object.entries(scores).map(([language, score]): [number, number] => [
    Number(language),
    score,
  ]);
  groups[group]!.push({ key, scores: pairs });
}

const bytes: number[] = [];
function put(number: number): void {
  for (; number > 127; number = Math.floor(number / 128)) bytes.push((number % 128) + 128);
  bytes.push(number);
}
for (const grams of groups) {
  put(grams.length);
  let before = 0;
  for (const { key, scores } of grams.sort((a, b) => a.key - b.key)) {
    put(key - before);
    before = key;
    bytes.push(scores.length, ...scores.flat());
  }
}
const list = Object.entries(languages).map(([, code]) => `${code} ${averages[code]}`);
writeFileSync(
  new URL('../src/core/negativity/ngrams.ts', import.meta.url),
  `/**
 * What words of sixty languages are made of: the smallest database of the npm package eld 2.1.0,
 * copyright 2023 Nito T.M., under the Apache License 2.0 (LICENSES/Apache-2.0.txt), packed by train/languages.ts.
 */
export const NGRAMS =
  '${Buffer.from(bytes).toString('base64')}';

/** The languages by their numbers, each with the score that it has on the average where it is right. */
export const LANGUAGES =
  '${list.join(' ')}';
`,
);
