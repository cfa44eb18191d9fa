import {
  APOSTROPHE,
  COMPLEX,
  IGNORED,
  MARK,
  OTHER,
  SPACE,
  SPACELESS,
  SURROGATE,
  UNDERSCORE,
  WORD,
  classOf,
  classOfUnit,
  fold,
  foldCased,
  foldedUnit,
} from './chars.ts';

/** A place in a text and the token that was found there last; made once, moved by `nextToken`. */
export interface Scan {
  text: string;
  start: number;
  end: number;
  /** Hash of the key, as `hashOf` gives it; only when `isSimple`. */
  hash: number;
  /** Hash of the key's first three units; 0 when it is shorter. Only when `isSimple`. */
  hash3: number;
  /** The key is `fold` of the text between `start` and `end`, unit by unit: no second key. */
  isSimple: boolean;
  /** No unit is above 127. Only when `isSimple`. */
  isAscii: boolean;
  /** One grapheme of a script without spaces, rather than a word. */
  isSpaceless: boolean;
}

export function startScan(text: string): Scan {
  return {
    text,
    start: 0,
    end: 0,
    hash: 0,
    hash3: 0,
    isSimple: true,
    isAscii: true,
    isSpaceless: false,
  };
}

/** Hash of a folded key; `Scan.hash` is the same, computed on the way. */
export function hashOf(key: string): number {
  let hash = 0;
  for (let i = 0; i < key.length; i++) hash = (Math.imul(hash, 31) + key.charCodeAt(i)) | 0;
  return hash;
}

/** Moves to the next token; false at the end of the text. */
export function nextToken(scan: Scan): boolean {
  const { text } = scan;
  for (let i = scan.end; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const kind = classOfUnit(unit);
    if (kind === WORD) return readWord(scan, i);
    if (kind === SPACELESS) return readGrapheme(scan, i, i + 1);
    if (kind === SURROGATE) {
      const codePoint = text.codePointAt(i) ?? 0;
      const whole = classOf(codePoint);
      if (whole === WORD) return readWord(scan, i);
      if (whole === SPACELESS) return readGrapheme(scan, i, i + 2);
      if (codePoint > 0xffff) i++;
    }
  }
  return false;
}

function readWord(scan: Scan, start: number): true {
  const { text } = scan;
  let hash = 0;
  let hash3 = 0;
  let length = 0;
  let isSimple = true;
  let bits = 0;
  let at = start;
  let end = start;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const folded = foldedUnit(unit);
    // Nearly every letter and digit; only of the others it is asked what they are.
    if (folded !== COMPLEX) {
      bits |= unit;
      hash = (Math.imul(hash, 31) + folded) | 0;
      if (++length === 3) hash3 = hash;
      end = ++at;
      continue;
    }
    const kind = classOfUnit(unit);
    if (kind === WORD || kind === MARK) {
      isSimple = false;
      end = ++at;
    } else if (kind === SURROGATE) {
      const whole = classOf(text.codePointAt(at) ?? 0);
      if (whole !== WORD && whole !== MARK && whole !== IGNORED) break;
      isSimple = false;
      at += 2;
      if (whole !== IGNORED) end = at;
    } else if (kind === UNDERSCORE || kind === APOSTROPHE || kind === IGNORED) {
      at = nextLetter(text, at);
      if (at < 0) break;
      isSimple = false;
    } else {
      break;
    }
  }
  scan.start = start;
  scan.end = end;
  scan.hash = hash;
  scan.hash3 = hash3;
  scan.isSimple = isSimple;
  scan.isAscii = bits < 128;
  scan.isSpaceless = false;
  return true;
}

/** Where a word goes on behind an apostrophe, underscores or signs not seen; -1 if it does not. */
function nextLetter(text: string, from: number): number {
  let apostrophes = 0;
  for (let i = from; i < text.length; i++) {
    const kind = classOfUnit(text.charCodeAt(i));
    if (kind === WORD) return i;
    if (kind === SURROGATE) return classOf(text.codePointAt(i) ?? 0) === WORD ? i : -1;
    if (kind === APOSTROPHE && ++apostrophes > 1) return -1;
    if (kind === SPACELESS || kind === SPACE || kind === OTHER) return -1;
  }
  return -1;
}

function readGrapheme(scan: Scan, start: number, from: number): true {
  const { text } = scan;
  let end = from;
  for (let i = from; i < text.length; i++) {
    const kind = classOfUnit(text.charCodeAt(i));
    if (kind === MARK) end = i + 1;
    else if (kind !== IGNORED) break;
  }
  scan.start = start;
  scan.end = end;
  scan.hash = 0;
  scan.hash3 = 0;
  scan.isSimple = false;
  scan.isSpaceless = true;
  return true;
}

/** What a word is compared by: one or two keys; words are the same when they share one. */
export interface Keys {
  keys: string[];
  /** A spelling that gives these keys again. */
  canonical: string;
}

/** The keys of the one token that `text` is. "acme's" is acme and acmes, "don't" is dont. */
export function keysOf(text: string): Keys {
  return split(fold(text));
}

/** As `keysOf`, with capitals kept. */
export function casedKeysOf(text: string): Keys {
  return split(foldCased(text));
}

function split(word: string): Keys {
  if (!word.includes("'")) return { keys: [word], canonical: word.normalize('NFC') };
  const whole = word.replaceAll("'", '');
  const owner = /^(.+)'s$/isu.exec(word)?.[1]?.replaceAll("'", '');
  if (owner !== undefined) {
    return { keys: [owner, whole], canonical: `${owner}'${whole.slice(-1)}`.normalize('NFC') };
  }
  // "l'acme", "qu'acme": the article that French and Italian write together with the name.
  const [, article, noun] = /^([cdjlmnst]|qu)'([^']{2,})$/isu.exec(word) ?? [];
  if (article === undefined || noun === undefined) {
    return { keys: [whole], canonical: whole.normalize('NFC') };
  }
  return { keys: [whole, noun], canonical: `${article}'${noun}`.normalize('NFC') };
}

/** Between two words stands nothing at all. */
export const NOTHING = 0;
/** Between two words stand several signs, or a sign and white space. */
export const SEVERAL = 1;
/** Between two words a sentence ends. */
export const BREAK = 2;
/** Between two words stands white space only. */
export const SPACES = 32;
export const HYPHEN = 45;

/** East Asian full stops and marks, which end a sentence without white space behind them. */
const WIDE_ENDINGS: ReadonlySet<number> = new Set([0x3002, 0xff01, 0xff1f, 0xff61]);

/** What stands between two tokens: one of the above, or the code of the one sign that does. */
export function gapBetween(text: string, from: number, to: number): number {
  let gap = NOTHING;
  let isEnding = false;
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i);
    const kind = classOfUnit(unit);
    if (kind === IGNORED || kind === MARK) continue;
    if (kind === SPACE) {
      if (isEnding) return BREAK;
      gap = gap === NOTHING || gap === SPACES ? SPACES : SEVERAL;
      continue;
    }
    if (WIDE_ENDINGS.has(unit)) return BREAK;
    const sign = foldSign(unit);
    if (sign === 46 || sign === 33 || sign === 63 || sign === 0x2026) isEnding = true;
    // The first control codes would look like the constants.
    gap = gap === NOTHING && sign > BREAK ? sign : SEVERAL;
  }
  return gap;
}

/** Punctuation without its width; every hyphen and dash is one. */
function foldSign(unit: number): number {
  if (unit >= 0xff01 && unit <= 0xff5e) return unit - 0xfee0;
  if ((unit >= 0x2010 && unit <= 0x2015) || unit === 0x2212) return HYPHEN;
  return unit;
}

/** The `@` or `#` directly before a token, unless it is part of an address; else 0. */
export function markBefore(text: string, start: number): number {
  const at = previous(text, start);
  if (at < 0) return 0;
  const sign = foldSign(text.charCodeAt(at));
  if (sign !== 64 && sign !== 35) return 0;
  let before = previous(text, at);
  while (before >= 0 && classOfUnit(text.charCodeAt(before)) === MARK) {
    before = previous(text, before);
  }
  if (before < 0) return sign;
  const kind = classOfUnit(text.charCodeAt(before));
  if (kind !== SURROGATE) return kind === WORD || kind === UNDERSCORE ? 0 : sign;
  const pair = before > 0 ? (text.codePointAt(before - 1) ?? 0) : 0;
  return pair > 0xffff && classOf(pair) === WORD ? 0 : sign;
}

function previous(text: string, from: number): number {
  let at = from - 1;
  while (at >= 0 && classOfUnit(text.charCodeAt(at)) === IGNORED) at--;
  return at;
}
