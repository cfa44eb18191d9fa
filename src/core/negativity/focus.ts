import type { Span } from '../post.ts';
import { NET_TOKENS } from './model.ts';
import type { Token } from './tokens.ts';

/** Windows judged of one text at most; a keyword said more often than that has made its point. */
const MAX_WINDOWS = 6;

const ENDS: ReadonlySet<string> = new Set(['.', '!', '!!', '?', '??', '?!', '...', ';']);
/** Words that always set what follows against what came before. */
const CONTRASTS: ReadonlySet<string> = new Set(
  'unlike whereas versus vs than compared opposed'.split(' '),
);
/** Words that do so where a name follows: "but Beta Telecom is awful". */
const WEAK_CONTRASTS: ReadonlySet<string> = new Set(
  'but while though although however and meanwhile yet'.split(' '),
);

/** Whether the keyword stands on one of the tokens `from` to `to`, exclusive. */
type IsAbout = (from: number, to: number) => boolean;

/**
 * What to judge of a text: lists of tokens, each as long as the model can look at. Without a focus
 * that is everything; with one, what is said of others is left out, and of a long text only what
 * stands around the keyword is taken.
 */
export function focused(text: string, tokens: Token[], focus: readonly Span[]): Token[][] {
  const isAbout = aboutOf(tokens, focus);
  if (!isAbout(0, tokens.length)) return split(tokens);
  const kept = withoutOthers(text, tokens, isAbout);
  const window = kept.map((at) => tokens[at]!);
  if (kept.length <= NET_TOKENS) return [window];
  const places: number[] = [];
  kept.forEach((at, i) => {
    if (isAbout(at, at + 1)) places.push(i);
  });
  return windowsAround(window, places);
}

function aboutOf(tokens: readonly Token[], focus: readonly Span[]): IsAbout {
  if (focus.length === 0) return () => false;
  /** How many of the tokens before each one the keyword stands on. */
  const before = new Uint32Array(tokens.length + 1);
  tokens.forEach(({ start, end }, i) => {
    const isHit = focus.some((span) => span.start < end && start < span.end);
    before[i + 1] = before[i]! + (isHit ? 1 : 0);
  });
  return (from, to) => before[from] !== before[to];
}

/** Cuts what is longer than the model looks at into even parts. */
function split(tokens: Token[]): Token[][] {
  const parts = Math.ceil(tokens.length / NET_TOKENS);
  const size = Math.ceil(tokens.length / parts);
  return Array.from({ length: parts }, (_, i) => tokens.slice(i * size, (i + 1) * size));
}

/** Windows that hold the places, each from a little before its place to well after it. */
function windowsAround(tokens: Token[], places: readonly number[]): Token[][] {
  const windows: Token[][] = [];
  let end = 0;
  for (const place of places) {
    if (place < end || windows.length === MAX_WINDOWS) continue;
    let from = Math.max(0, place - NET_TOKENS / 2);
    while (from < place && from > 0 && !ENDS.has(tokens[from - 1]!.word)) from++;
    end = from + NET_TOKENS;
    windows.push(tokens.slice(from, end));
  }
  return windows;
}

/** Which tokens are left without the clauses and sentences that are about somebody else. */
function withoutOthers(text: string, tokens: readonly Token[], isAbout: IsAbout): number[] {
  const kept: number[] = [];
  const keep = (from: number, to: number) => {
    for (let at = from; at < to; at++) kept.push(at);
  };
  for (let from = 0, to = 0; from < tokens.length; from = to) {
    to = sentenceEnd(tokens, from);
    if (isAbout(from, to)) {
      for (const [a, b] of clauses(text, tokens, isAbout, from, to)) if (isAbout(a, b)) keep(a, b);
    } else if (!isAboutOthers(text, tokens, from)) keep(from, to);
  }
  return kept;
}

function sentenceEnd(tokens: readonly Token[], from: number): number {
  let end = from;
  while (end < tokens.length && !ENDS.has(tokens[end]!.word)) end++;
  return Math.min(end + 1, tokens.length);
}

/** A sentence, cut where it turns to somebody else or back. */
function clauses(
  text: string,
  tokens: readonly Token[],
  isAbout: IsAbout,
  from: number,
  to: number,
): [number, number][] {
  const found: [number, number][] = [];
  let start = from;
  for (let at = from + 1; at < to; at++) {
    // Both sides must name somebody: "but nothing works" is still about the keyword.
    if (isAbout(start, at) === isAbout(at, to)) continue;
    const { word } = tokens[at]!;
    const turns =
      CONTRASTS.has(word) ||
      (WEAK_CONTRASTS.has(word) && at + 1 < to && isName(text, tokens[at + 1]!));
    if (!turns) continue;
    found.push([start, at]);
    start = at;
  }
  found.push([start, to]);
  // "Unlike Beta Telecom, Acme is quick": the comma ends the comparison.
  return found.flatMap(([a, b]) => cutOpening(tokens, a, b));
}

function cutOpening(tokens: readonly Token[], from: number, to: number): [number, number][] {
  if (!CONTRASTS.has(tokens[from]!.word)) return [[from, to]];
  const comma = tokens.findIndex((token, i) => i > from && i < to && token.word === ',');
  return comma < 0
    ? [[from, to]]
    : [
        [from, comma + 1],
        [comma + 1, to],
      ];
}

/** Whether a sentence without the keyword opens with the name of somebody else. */
function isAboutOthers(text: string, tokens: readonly Token[], from: number): boolean {
  const first = tokens[from]!;
  // The handle that a post opens with is whom it talks to.
  if (first.word === '<user>') return from > 0;
  const second = tokens[from + 1];
  return second !== undefined && isName(text, first) && isName(text, second);
}

/** Whether a token is written like a name: a handle, or with a capital but not all in capitals. */
function isName(text: string, { word, start, shout }: Token): boolean {
  if (word === '<user>') return true;
  return !shout && isCapital(text, start) && word !== 'i' && !/^i[m']/.test(word);
}

function isCapital(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 ? code >= 65 && code <= 90 : /\p{Lu}/u.test(text[at] ?? '');
}
