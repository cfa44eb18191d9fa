import { roleOf } from './lexicon.ts';
import type { PhraseMatch } from './phrases.ts';
import { quotations } from './quotations.ts';
import type { Token } from './tokens.ts';

/** Marks a token, see `markTokens`. */
export const MARKS = 17;
/** A mark of 1 is stored as this. */
export const MARK_UNIT = 32;
/** Words that a negation reaches. */
const SCOPE = 5;

/** How good or bad a word is by itself, -5 to 5; 0 for a word that no lexicon knows. */
export type Valence = (word: string) => number;

/**
 * What the model is told of each token besides its word, `MARKS` numbers a token, one after the
 * other: 0 good, 1 bad (each 0 to 1.25), 2 negated, 3 good but negated, 4 bad but negated,
 * 5 in capitals, 6 stretched, 7 hashtag, 8 negator, 9 very good, 10 very bad, 11 in a lexicon,
 * 12 intensified, 13 in a phrase of complaint, 14 in a phrase of praise, 15 after a "but",
 * 16 somebody else's: in a quotation, or a phrase of adverts and news.
 */
export function markTokens(
  tokens: readonly Token[],
  phrases: readonly PhraseMatch[],
  valence: Valence,
): Int8Array {
  const marks = new Int8Array(tokens.length * MARKS);
  let scope = 0;
  let turned = false;
  let intensified = false;
  for (let i = 0, at = 0; i < tokens.length; i++, at += MARKS) {
    const { word, shout, stretched, tag } = tokens[i]!;
    const role = roleOf(word);
    if (role === 'ends a clause') scope = 0;
    const value = valence(word);
    const negated = scope > 0;
    if (value !== 0) {
      const size = Math.round((Math.abs(value) / 4) * MARK_UNIT);
      marks[at + (value > 0 ? 0 : 1) + (negated ? 3 : 0)] = size;
      if (value >= 3) marks[at + 9] = MARK_UNIT;
      if (value <= -3) marks[at + 10] = MARK_UNIT;
      marks[at + 11] = MARK_UNIT;
      if (intensified) marks[at + 12] = MARK_UNIT;
    }
    if (negated) marks[at + 2] = MARK_UNIT;
    if (shout) marks[at + 5] = MARK_UNIT;
    if (stretched) marks[at + 6] = MARK_UNIT;
    if (tag) marks[at + 7] = MARK_UNIT;
    if (turned) marks[at + 15] = MARK_UNIT;
    intensified = role === 'intensifies';
    if (word === 'but' || word === 'however') turned = true;
    if (role === 'negates') {
      marks[at + 8] = MARK_UNIT;
      scope = SCOPE;
    } else if (scope > 0) scope--;
  }
  for (const { from, to, weight } of phrases) {
    const mark = weight > 0 ? 13 : weight > -1 ? 16 : 14;
    const size = Math.round((Math.min(Math.abs(weight), 2) / 1.6) * MARK_UNIT);
    for (let i = from; i < to; i++) marks[i * MARKS + mark] = size;
  }
  for (const { from, to } of quotations(tokens)) {
    for (let t = from + 1; t < to - 1; t++) marks[t * MARKS + 16] = MARK_UNIT;
  }
  return marks;
}
