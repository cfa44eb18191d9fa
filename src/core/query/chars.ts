/** What a sign is to a word. A word is a run of `WORD`, held together by the kinds up to `IGNORED`. */
export const WORD = 1;
/** A combining mark: goes on with a word, begins none. */
export const MARK = 2;
export const UNDERSCORE = 3;
export const APOSTROPHE = 4;
/** Zero-width signs, soft hyphens, directions, variation selectors: as if they were not there. */
export const IGNORED = 5;
/** A letter or digit of a script without spaces: a token of its own. */
export const SPACELESS = 6;
export const SPACE = 7;
export const OTHER = 8;
/** Half of an astral code point: ask `classOf` about the whole. */
export const SURROGATE = 9;

/** `foldedUnit` of a sign that does not fold to one UTF-16 unit. */
export const COMPLEX = 0xffff;

const APOSTROPHES = /['’‘‛ʼʻ＇′`´]/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const WRITTEN_WITHOUT_SPACES =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;
/** The half-width (semi-)voiced marks are letters to Unicode, yet belong to the kana before them. */
const VOICED = /[\uff9e\uff9f]/u;

/** Accents and vowel points. The vowels of Indic scripts and Thai are marks too, and do matter. */
const ACCENTS =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/gu;

/** Letters with an accent that Unicode does not take apart, and letters that stand for two. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ħ: 'h',
  Ħ: 'H',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ı: 'i',
  ς: 'σ',
};

// What is computed once for each unit is kept: 0 stands for "not yet".
const classes = new Uint8Array(0x10000);
const units = new Uint16Array(0x10000);
const folds = new Map<string, string>();
const casedFolds = new Map<string, string>();

/** The class of a UTF-16 unit; `SURROGATE` for half a code point. */
export function classOfUnit(unit: number): number {
  return classes[unit] || (classes[unit] = classify(unit));
}

/** The class of a whole code point. A lone surrogate is `OTHER`. */
export function classOf(codePoint: number): number {
  if (codePoint > 0xffff) return classify(codePoint);
  const known = classOfUnit(codePoint);
  return known === SURROGATE ? OTHER : known;
}

function classify(codePoint: number): number {
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return SURROGATE;
  const sign = String.fromCodePoint(codePoint);
  if (/\p{Default_Ignorable_Code_Point}/u.test(sign)) return IGNORED;
  if (APOSTROPHES.test(sign)) return APOSTROPHE;
  if (/\p{Pc}/u.test(sign)) return UNDERSCORE;
  if (/\p{M}/u.test(sign) || VOICED.test(sign)) return MARK;
  if (LETTER_OR_DIGIT.test(sign)) return WRITTEN_WITHOUT_SPACES.test(sign) ? SPACELESS : WORD;
  return /\s/u.test(sign) ? SPACE : OTHER;
}

/** The one unit that a letter or digit folds to (A to a, é to e, Ｆ to f), or `COMPLEX`. */
export function foldedUnit(unit: number): number {
  return units[unit] || (units[unit] = foldUnit(unit));
}

function foldUnit(unit: number): number {
  if (classOfUnit(unit) !== WORD) return COMPLEX;
  const folded = fold(String.fromCharCode(unit));
  return folded.length === 1 && classOfUnit(folded.charCodeAt(0)) === WORD
    ? folded.charCodeAt(0)
    : COMPLEX;
}

/**
 * The form in which words are compared: without case, accents, width and signs that cannot be seen;
 * every kind of apostrophe is `'`. Folding twice changes nothing.
 */
export function fold(word: string): string {
  return foldEach(word, true);
}

/** As `fold`, but capitals stay. */
export function foldCased(word: string): string {
  return foldEach(word, false);
}

function foldEach(word: string, lower: boolean): string {
  if (/^[\w']*$/.test(word)) return lower ? word.toLowerCase() : word;
  const memory = lower ? folds : casedFolds;
  let folded = '';
  for (const sign of word) {
    let form = memory.get(sign);
    if (form === undefined) {
      form = foldSign(sign, lower);
      // Astral letters are rare and many: they would only fill the memory.
      if (sign.length === 1) memory.set(sign, form);
    }
    folded += form;
  }
  return folded.normalize('NFD');
}

function foldSign(sign: string, lower: boolean): string {
  const kind = classOf(sign.codePointAt(0) ?? 0);
  if (kind === IGNORED) return '';
  if (kind === APOSTROPHE) return "'";
  if (kind === UNDERSCORE) return '_';
  const compatible = reduce(sign, 'NFKD', lower);
  // "㈱" and "½" would fall into signs that are no single word: they stay what they are.
  return isOneWord(compatible, kind) ? compatible : reduce(sign, 'NFD', lower);
}

function reduce(sign: string, form: 'NFD' | 'NFKD', lower: boolean): string {
  const plain = sign.normalize(form).replace(ACCENTS, '');
  const letters = Array.from(plain, (letter) => LETTERS[letter] ?? letter).join('');
  if (!lower) return letters;
  const lowered = letters.toLowerCase().normalize(form).replace(ACCENTS, '');
  return Array.from(lowered, (letter) => LETTERS[letter] ?? letter).join('');
}

function isOneWord(folded: string, kind: number): boolean {
  return Array.from(folded).every((sign) => {
    const found = classOf(sign.codePointAt(0) ?? 0);
    return found === MARK || found === kind;
  });
}
