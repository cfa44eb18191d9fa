import { eld } from 'eld/extrasmall';
import type { Token } from './tokens.ts';

/** What a text is written in, and whether our English model may judge it. */
export interface Language {
  /** ISO 639-1; null where the text is too short or too odd to say. */
  code: string | null;
  english: boolean;
}

/** Common English words that no other language in Latin letters has among its common ones. */
const ENGLISH: ReadonlySet<string> = new Set(
  (
    'the and is of you my your for with have has had that this it its are was were be been they ' +
    'their them what when where who why how from not dont doesnt didnt cant wont isnt im ive ' +
    'about would could should there here just all get got like out up we our his her she he at ' +
    'one if but than then more some any because after before again still now too these those ' +
    "which will did does into over only very much never every it's that's i'm you're thanks thank " +
    'please good great bad love hate really know think going want need back down time day today ' +
    'tomorrow tonight people work working worst best nobody someone anyone service help'
  ).split(' '),
);
/** Words that must agree before a text counts as another language. */
const ENOUGH_WORDS = 4;
/** Part of a text's words that must be unknown to the model before the detector is believed. */
const UNKNOWN_PART = 0.34;

function isWord(word: string): boolean {
  const code = word.charCodeAt(0);
  return code < 128 ? code >= 97 && code <= 122 : LETTER.test(word);
}

const LETTER = /^\p{L}/u;
const LATIN = /\p{Script=Latin}/u;

/**
 * The language of a text. English is told by its common words, which is quick and stands slang,
 * typos and hashtags; only a text without them is given to the detector, which is believed where
 * the words are not ones that the model knows.
 */
export function languageOf(
  text: string,
  tokens: readonly Token[],
  isKnown: (word: string) => boolean,
): Language {
  let [words, english] = [0, 0];
  for (const { word, tag } of tokens) {
    if (tag || !isWord(word)) continue;
    words++;
    if (ENGLISH.has(word)) english++;
  }
  if (words === 0) return { code: null, english: true };
  if (english >= 2 && english >= words * 0.15) return { code: 'en', english: true };
  let [known, latin] = [0, 0];
  for (const { word, tag } of tokens) {
    if (tag || !isWord(word)) continue;
    if (isKnown(word)) known++;
    if (word.charCodeAt(0) < 128 || LATIN.test(word)) latin++;
  }
  const foreignScript = latin < words / 2;
  const unknown = 1 - known / words;
  if (!foreignScript && unknown < UNKNOWN_PART && words < ENOUGH_WORDS) {
    return { code: null, english: true };
  }
  const detected = eld.detect(text.slice(0, 600));
  if (detected.language === 'en') return { code: 'en', english: true };
  const believed =
    foreignScript || (detected.isReliable() && unknown >= UNKNOWN_PART && english <= words * 0.1);
  if (!believed) return { code: english > 0 ? 'en' : null, english: true };
  return { code: detected.language === '' ? null : detected.language, english: false };
}
