import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { markTokens, MARKS } from '../src/core/negativity/marks.ts';
import { findPhrases, type PhraseMatch } from '../src/core/negativity/phrases.ts';
import { tokenise, type Token } from '../src/core/negativity/tokens.ts';
import { SOURCES } from './data.ts';
import type { Row } from './rows.ts';
import { mergedLexicon, startVectors } from './sources.ts';

/** Tokens of a text that the net looks at. */
export const NET_TOKENS = 64;
/** Words with an embedding of their own. */
const VOCABULARY = 20_000;

/** A row as the models see it. */
export interface Seen {
  row: Row;
  tokens: Token[];
  phrases: PhraseMatch[];
  marks: Int8Array;
}

/** What the training works on. */
export interface Prepared {
  seen: Seen[];
  /** Words by weighted frequency; a word's row in the embeddings is its place here plus one. */
  words: string[];
  lexicon: Map<string, number>;
}

/** Tokenises the rows, chooses the vocabulary and marks the tokens. */
export function prepare(rows: readonly Row[], vaderFolder: string): Prepared {
  const tokenised = rows.map((row) => tokenise(row.text));
  const words = vocabulary(rows, tokenised);
  const lexicon = mergedLexicon(vaderFolder, new Set(words));
  const seen = rows.map((row, i): Seen => {
    const tokens = tokenised[i]!;
    const phrases = findPhrases(tokens);
    return { row, tokens, phrases, marks: markTokens(tokens, phrases, (w) => lexicon.get(w) ?? 0) };
  });
  return { seen, words, lexicon };
}

/** The words that count most in the rows that may be fitted on; each at least twice. */
function vocabulary(rows: readonly Row[], tokenised: readonly Token[][]): string[] {
  const counts = new Map<string, { raw: number; weighted: number }>();
  rows.forEach((row, i) => {
    if (row.dev) return;
    for (const { word } of tokenised[i]!.slice(0, NET_TOKENS)) {
      const count = counts.get(word) ?? { raw: 0, weighted: 0 };
      count.raw++;
      count.weighted += SOURCES[row.source]!.weight;
      counts.set(word, count);
    }
  });
  return [...counts]
    .filter(([word, { raw }]) => raw >= 2 && /^[\x21-\x7e]+$/.test(word))
    .sort(([a, x], [b, y]) => y.weighted - x.weighted || y.raw - x.raw || (a < b ? -1 : 1))
    .slice(0, VOCABULARY)
    .map(([word]) => word);
}

/** Writes what fit.py reads: flat little-endian arrays, described by meta.json. */
export function writePrepared(
  folder: string,
  { seen, words }: Prepared,
  linearLogits: Float32Array,
  winkFolder: string,
): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, array: ArrayBufferView) =>
    writeFileSync(
      join(folder, name),
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
    );
  const ids = new Map(words.map((word, i) => [word, i + 1]));
  const lengths = Int32Array.from(seen, ({ tokens }) => Math.min(tokens.length, NET_TOKENS));
  const total = lengths.reduce((a, b) => a + b, 0);
  const flatIds = new Uint16Array(total);
  const flatMarks = new Int8Array(total * MARKS);
  let at = 0;
  seen.forEach(({ tokens, marks }, i) => {
    const length = lengths[i]!;
    for (let t = 0; t < length; t++) flatIds[at + t] = ids.get(tokens[t]!.word) ?? 0;
    flatMarks.set(marks.subarray(0, length * MARKS), at * MARKS);
    at += length;
  });
  write('lengths.i32', lengths);
  write('ids.u16', flatIds);
  write('marks.i8', flatMarks);
  write(
    'labels.u8',
    Uint8Array.from(seen, ({ row }) => row.label),
  );
  write(
    'sources.u8',
    Uint8Array.from(seen, ({ row }) => row.source),
  );
  write(
    'dev.u8',
    Uint8Array.from(seen, ({ row }) => (row.dev ? 1 : 0)),
  );
  write('linear.f32', linearLogits);
  write('vectors.f32', startVectors(winkFolder, words));
  const meta = { words: words.length, marks: MARKS, sources: SOURCES };
  writeFileSync(join(folder, 'meta.json'), JSON.stringify(meta));
}
