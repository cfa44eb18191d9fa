import type { Term, TermWord } from './ast.ts';
import { isJoinable, slotOf, stepOf, type Dictionary } from './dictionary.ts';
import { createBoundaries } from './segments.ts';
import {
  HYPHEN,
  NOTHING,
  SPACES,
  BREAK,
  casedKeysOf,
  gapBetween,
  keysOf,
  markBefore,
  nextToken,
  startScan,
  type Scan,
} from './tokens.ts';

/** Where a term stands: tokens `first` to `last`, signs `start` to `end`. */
export interface Occurrence {
  first: number;
  last: number;
  start: number;
  end: number;
}

/** The terms found in a text, by number, each with its places in no particular order. */
export type Found = Map<number, Occurrence[]>;

/** A token that some query has a word for, with the numbers of those words. */
interface Known extends Occurrence {
  words: readonly number[];
  /** What stands before it, once it was asked for. */
  gap: number | null;
}

interface Search {
  dictionary: Dictionary;
  text: string;
  known: Known[];
  found: Found;
  isBoundary: (offset: number) => boolean;
}

/** So many words that hyphens hold together are tried as one word. */
const MAX_JOINED = 4;
/** A word of a script without spaces that is this long counts inside other words. */
const LONG = 3;
const NO_WORDS: readonly number[] = [];

/** Finds every term of the dictionary in the text, which is read once. */
export function findTerms(dictionary: Dictionary, text: string): Found {
  const isBoundary = createBoundaries(text);
  const search: Search = { dictionary, text, known: [], found: new Map(), isBoundary };
  readKnown(search);
  const { known, found } = search;
  for (const [at, token] of known.entries()) {
    for (const word of token.words) {
      for (const term of dictionary.singles[word] ?? []) {
        if (fits(search, term, at)) add(found, term, token, token);
      }
      for (const term of dictionary.joined[word] ?? []) add(found, term, token, token);
      const node = dictionary.firstNode[word] ?? 0;
      if (node !== 0) walk(search, at, at, node);
    }
  }
  return found;
}

/** Collects the tokens that matter; prefixes and words written with hyphens are found on the way. */
function readKnown(search: Search): void {
  const { dictionary, text, known } = search;
  const { keyFilter, prefixFilter } = dictionary;
  const hasPrefixes = dictionary.prefixLengths.length > 0;
  const scan = startScan(text);
  const run: Occurrence[] = [];
  let beforeStart = -1;
  let beforeEnd = -1;
  for (let index = 0; nextToken(scan); index++) {
    const { start, end } = scan;
    if (
      !scan.isSimple ||
      keyFilter[slotOf(scan.hash, keyFilter)] === 1 ||
      (hasPrefixes && prefixFilter[slotOf(scan.hash3, prefixFilter)] === 1)
    ) {
      const keys = keysOfToken(scan);
      const words = wordsOf(dictionary, keys);
      const token: Known = { first: index, last: index, start, end, words, gap: null };
      if (words.length > 0) known.push(token);
      if (hasPrefixes && !scan.isSpaceless) tryPrefixes(search, keys, token);
    }
    // Nearly always a space follows; only what else might be a hyphen is worth a look.
    const mayJoin = beforeEnd >= 0 && text.charCodeAt(beforeEnd) !== SPACES && !scan.isSpaceless;
    if (mayJoin && gapBetween(text, beforeEnd, start) === HYPHEN) {
      if (run.length === 0) {
        run.push({ first: index - 1, last: index - 1, start: beforeStart, end: beforeEnd });
      }
      run.push({ first: index, last: index, start, end });
      if (run.length > MAX_JOINED) run.shift();
      tryJoined(search, run);
    } else if (run.length > 0) {
      run.length = 0;
    }
    beforeStart = start;
    beforeEnd = scan.isSpaceless ? -1 : end;
  }
}

function keysOfToken({ text, start, end, isSimple, isAscii }: Scan): string[] {
  const token = text.slice(start, end);
  return isSimple && isAscii ? [token.toLowerCase()] : keysOf(token).keys;
}

function wordsOf({ wordsOfKey }: Dictionary, keys: readonly string[]): readonly number[] {
  const [key = '', other] = keys;
  const words = wordsOfKey.get(key) ?? NO_WORDS;
  if (other === undefined) return words;
  const more = wordsOfKey.get(other) ?? NO_WORDS;
  return more.length === 0 ? words : [...new Set([...words, ...more])];
}

function tryPrefixes(search: Search, keys: readonly string[], token: Occurrence): void {
  const { dictionary, text, found } = search;
  for (const key of keys) {
    for (const length of dictionary.prefixLengths) {
      if (length > key.length) break;
      for (const term of dictionary.prefixes.get(key.slice(0, length)) ?? []) {
        if (hasMark(text, token, dictionary.terms[term]?.words[0])) add(found, term, token, token);
      }
    }
  }
}

/** The words at the end of a hyphenated run, two to four of them, as if written together. */
function tryJoined({ dictionary, text, found }: Search, run: readonly Occurrence[]): void {
  const last = run.at(-1);
  if (!last) return;
  let endings = keysOf(text.slice(last.start, last.end)).keys;
  for (let at = run.length - 2; at >= 0; at--) {
    const first = run[at] ?? last;
    const [stem = ''] = keysOf(text.slice(first.start, first.end)).keys;
    endings = endings.map((ending) => stem + ending);
    for (const word of wordsOf(dictionary, endings)) {
      for (const term of dictionary.singles[word] ?? []) {
        const isFit = dictionary.terms[term] && isJoinable(dictionary.terms[term]);
        if (isFit) add(found, term, first, last);
      }
      for (const term of dictionary.joined[word] ?? []) add(found, term, first, last);
    }
  }
}

/** Follows the tree of terms of several words from the token `at`, which leads to `node`. */
function walk(search: Search, from: number, at: number, node: number): void {
  const { dictionary, known, found } = search;
  const first = known[from];
  const last = known[at];
  if (!first || !last) return;
  for (const term of dictionary.endings[node] ?? []) {
    if (fits(search, term, from)) add(found, term, first, last);
  }
  const next = known[at + 1];
  if (next?.first !== last.first + 1) return;
  for (const word of next.words) {
    const child = dictionary.nextNode.get(stepOf(dictionary, node, word));
    if (child !== undefined) walk(search, from, at + 1, child);
  }
}

/** Whether a term whose keys stand at `from` is there with its marks, signs, capitals and bounds. */
function fits(search: Search, number: number, from: number): boolean {
  const { dictionary, text, known } = search;
  const term = dictionary.terms[number];
  if (!term) return false;
  return term.words.every((word, i) => {
    const token = known[from + i];
    return (
      token !== undefined &&
      (i === 0 || isGap(word.gap, gapBefore(search, from + i))) &&
      hasMark(text, token, word) &&
      (!term.isExact || isCased(text, token, word)) &&
      (!word.isSpaceless || isBounded(search, term, i, from))
    );
  });
}

function gapBefore({ text, known }: Search, at: number): number {
  const token = known[at];
  const before = known[at - 1];
  if (!token || !before) return NOTHING;
  return (token.gap ??= gapBetween(text, before.end, token.start));
}

function isGap(wanted: number | null, gap: number): boolean {
  if (wanted === null) return gap !== BREAK;
  return gap === wanted || (wanted === HYPHEN && gap === SPACES);
}

function hasMark(text: string, token: Occurrence, word: TermWord | undefined): boolean {
  if (word === undefined || word.mark === '') return true;
  return markBefore(text, token.start) === word.mark.charCodeAt(0);
}

function isCased(text: string, token: Occurrence, word: TermWord): boolean {
  const { keys } = casedKeysOf(text.slice(token.start, token.end));
  return keys.some((key) => word.cased.includes(key));
}

/** Short words of scripts without spaces must be words of the text, and not parts of others. */
function isBounded(search: Search, { words }: Term, index: number, from: number): boolean {
  const isHeld = (i: number) => words[i]?.gap === NOTHING && words[i - 1]?.isSpaceless === true;
  // The whole word is looked at once, where it begins.
  if (isHeld(index)) return true;
  const first = index;
  let last = index;
  while (words[last + 1]?.isSpaceless && isHeld(last + 1)) last++;
  if (last - first + 1 >= LONG) return true;
  const start = search.known[from + first]?.start ?? 0;
  const end = search.known[from + last]?.end ?? 0;
  return search.isBoundary(start) && search.isBoundary(end);
}

function add(found: Found, term: number, first: Occurrence, last: Occurrence): void {
  const places = found.get(term);
  const place = { first: first.first, last: last.last, start: first.start, end: last.end };
  const previous = places?.at(-1);
  if (previous?.first === place.first && previous.last === place.last) return;
  if (places) places.push(place);
  else found.set(term, [place]);
}
