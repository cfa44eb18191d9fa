import type { Span } from '../../post.ts';

/**
 * A text as the detectors read it: plain characters, one for each that a reader sees, with the way
 * back to the original; `places` is null where each character stands as it stood there.
 */
export interface Skeleton {
  text: string;
  places: Places | null;
}

/** `starts[i]` and `ends[i]` are where character `i` stood in the original. */
interface Places {
  starts: Uint32Array;
  ends: Uint32Array;
}

/** Stands for one placeholder, and for one find that is about to become one. */
export const BARRIER = '\uE000';

/** Signs that links and careless exports write in another way. */
const ENCODED = '%(?:40|2[BbEe]|20)|&(?:#0{0,3}(?:64|46)|#[xX]0{0,3}(?:40|2[eE])|commat|period);';
/** Seen by nobody: soft hyphens, joiners, direction and variation marks, keycap frames. */
const INVISIBLE =
  /^[\p{Cf}\p{Me}\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u3164\uFE00-\uFE0F\uFFA0]$/u;
/** What may become something else: most English texts have none. */
const FOLDABLE = /[^\x00-\x7F]|[[%&]/;
const SPACE = /^[\p{Zs}]$/u;
const HYPHEN = /^[\u2010-\u2013\u2212\u30FC\uFE58\uFE63\uFF0D]$/u;

/** What finds the placeholders that a text may hold, and what is written in another way. */
export function specialSigns(placeholders: readonly string[]): RegExp {
  return new RegExp([...placeholders.map(escaped), ENCODED].join('|'), 'g');
}

/**
 * Folds a text: invisible characters go, full-width and other digits and signs become ASCII, and
 * each placeholder that it already holds becomes one barrier; `special` as of `specialSigns`.
 */
export function toSkeleton(original: string, special: RegExp): Skeleton {
  if (!FOLDABLE.test(original)) return { text: original, places: null };
  const folded = foldCharacters(original);
  const signs = [...folded.text.matchAll(special)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    sign: decoded(found),
  }));
  return collapsed(folded, signs);
}

function foldCharacters(original: string): Skeleton {
  const parts: string[] = [];
  const starts = new Uint32Array(original.length);
  const ends = new Uint32Array(original.length);
  let length = 0;
  let done = 0;
  const plain = (until: number): void => {
    parts.push(original.slice(done, until));
    for (let i = done; i < until; i++, length++) {
      starts[length] = i;
      ends[length] = i + 1;
    }
  };
  for (let at = 0; at < original.length; at++) {
    if (original.charCodeAt(at) < 0x80) continue;
    const point = original.codePointAt(at) ?? 0;
    const start = at;
    if (point > 0xffff) at++;
    const folded = foldOf(point);
    if (folded === null) continue;
    plain(start);
    done = at + 1;
    parts.push(folded);
    if (folded === '') continue;
    starts[length] = start;
    ends[length] = done;
    length++;
  }
  if (done === 0) return { text: original, places: null };
  plain(original.length);
  return { text: parts.join(''), places: { starts, ends } };
}

function decoded(sign: string): string {
  if (sign.startsWith('&')) return /64|40|commat/.test(sign) ? '@' : '.';
  if (!sign.startsWith('%')) return BARRIER;
  return String.fromCharCode(parseInt(sign.slice(1), 16));
}

/** What was folded before; emptied when full, as there are more signs than a post has need of. */
const folds = new Map<number, string | null>();
const MOST_FOLDS = 5000;

/** What a code point becomes: nothing or a character of ASCII; null where it stays. */
function foldOf(point: number): string | null {
  let folded = folds.get(point);
  if (folded === undefined) {
    const character = String.fromCodePoint(point);
    folded = fold(character);
    if (folded === character) folded = null;
    if (folds.size >= MOST_FOLDS) folds.clear();
    folds.set(point, folded);
  }
  return folded;
}

/** What one character becomes: nothing, itself or one of ASCII. */
function fold(special: string): string {
  if (INVISIBLE.test(special)) return '';
  if (SPACE.test(special)) return ' ';
  if (HYPHEN.test(special)) return '-';
  if (special === '\u3002' || special === '\uFF61') return '.';
  const digit = /^\p{Nd}$/u.test(special) ? digitValue(special) : null;
  if (digit !== null) return digit;
  const compatible = special.normalize('NFKC');
  return /^[\x20-\x7E]$/.test(compatible) ? compatible : special;
}

/** Decimal digits of every script stand in rows of ten, in order. */
function digitValue(character: string): string | null {
  const ascii = character.normalize('NFKC');
  if (/^\d$/.test(ascii)) return ascii;
  const point = character.codePointAt(0) ?? 0;
  let zero = point;
  while (zero > point - 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return point - zero <= 9 ? String(point - zero) : null;
}

/** Where a stretch of the skeleton stands in the original. */
export function originalSpan({ places }: Skeleton, { start, end }: Span): Span {
  if (places === null) return { start, end };
  return { start: places.starts[start] ?? 0, end: places.ends[end - 1] ?? 0 };
}

/** The skeleton as it will be when each find is a placeholder: one barrier for each. */
export function withBarriers(skeleton: Skeleton, finds: readonly Span[]): Skeleton {
  return collapsed(
    skeleton,
    finds.map(({ start, end }) => ({ start, end, sign: BARRIER })),
  );
}

/** The skeleton with one sign in the place of each span. */
function collapsed(skeleton: Skeleton, signs: readonly (Span & { sign: string })[]): Skeleton {
  if (signs.length === 0) return skeleton;
  const { starts, ends } = placesOf(skeleton);
  const parts: string[] = [];
  let length = 0;
  let done = 0;
  const plain = (until: number): void => {
    parts.push(skeleton.text.slice(done, until));
    starts.copyWithin(length, done, until);
    ends.copyWithin(length, done, until);
    length += until - done;
  };
  for (const { start, end, sign } of signs) {
    plain(start);
    parts.push(sign);
    const place = originalSpan(skeleton, { start, end });
    starts[length] = place.start;
    ends[length] = place.end;
    length++;
    done = end;
  }
  plain(skeleton.text.length);
  return { text: parts.join(''), places: { starts, ends } };
}

/** Places that may be changed. */
function placesOf({ text, places }: Skeleton): Places {
  if (places !== null) return { starts: places.starts.slice(), ends: places.ends.slice() };
  return {
    starts: Uint32Array.from({ length: text.length }, (_, at) => at),
    ends: Uint32Array.from({ length: text.length }, (_, at) => at + 1),
  };
}

function escaped(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
