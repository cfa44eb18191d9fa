import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Label } from '../src/core/verdict.ts';
import { LABELS, type Row } from './rows.ts';
import { madeUpRows } from './samples.ts';

/** The sources of texts: how much one row counts, and whether it is only for tuning. */
export const SOURCES: readonly { name: string; weight: number; tuningOnly: boolean }[] = [
  { name: 'semeval_tweets', weight: 3, tuningOnly: false },
  { name: 'goemotions', weight: 1, tuningOnly: false },
  { name: 'vader_tweets_a', weight: 4, tuningOnly: false },
  { name: 'vader_amazon', weight: 4, tuningOnly: false },
  { name: 'vader_movies', weight: 1, tuningOnly: false },
  { name: 'vader_nyt', weight: 0.5, tuningOnly: false },
  { name: 'uci_sentences', weight: 2, tuningOnly: false },
  { name: 'xed_en', weight: 0.3, tuningOnly: false },
  { name: 'semeval_sms_lj_sarcasm', weight: 0, tuningOnly: true },
  { name: 'senti4sd_stackoverflow', weight: 0, tuningOnly: true },
  { name: 'made_up', weight: 0.5, tuningOnly: false },
];
const MADE_UP = SOURCES.length - 1;

/** Every tenth row, by a hash of its id, is held back. */
export function isDev(id: string): boolean {
  return createHash('sha256').update(id).digest().readUInt32BE(0) % 10 === 0;
}

/** All rows of the folder and the made-up ones, in the order of `SOURCES`. Throws where a file is missing. */
export function readRows(folder: string): Row[] {
  return SOURCES.flatMap(({ name, tuningOnly }, source) => {
    if (source === MADE_UP) return madeUpRows(source);
    const path = join(folder, `${name}.jsonl`);
    if (!existsSync(path)) throw new Error(`${path} is missing: the training needs it.`);
    return readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => {
        const { id, text, label } = JSON.parse(line) as { id: string; text: string; label: Label };
        return { id, text, label: LABELS.indexOf(label), source, dev: tuningOnly || isDev(id) };
      });
  });
}
