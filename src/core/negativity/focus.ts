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

/**
 * What to judge of a text: lists of tokens, each as long as the model can look at. Without a focus
 * that is everything; with one, what is said of others is left out, and of a long text only what
 * stands around the keyword is taken.
 */
export function focused(text: string, tokens: Token[], focus: readonly Span[]): Token[][] {
  const about = tokens.map((token) =>
    focus.some((f) => f.start < token.end && token.start < f.end),
  );
  if (!about.includes(true)) return split(tokens);
  const kept = withoutOthers(text, tokens, about);
  if (kept.length <= NET_TOKENS) return [kept];
  const places = kept.flatMap((token, i) => (about[tokens.indexOf(token)] ? [i] : []));
  return windowsAround(kept, places);
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

/** The tokens without the clauses and sentences that are about somebody else. */
function withoutOthers(text: string, tokens: Token[], about: readonly boolean[]): Token[] {
  const kept: Token[] = [];
  for (const [from, to] of sentences(tokens)) {
    if (about.slice(from, to).includes(true)) {
      for (const [a, b] of clauses(text, tokens, about, from, to)) {
        if (about.slice(a, b).includes(true)) kept.push(...tokens.slice(a, b));
      }
    } else if (from === 0 || !startsWithName(text, tokens, from)) {
      if (!(from === 0 && startsWithTwoNames(text, tokens))) kept.push(...tokens.slice(from, to));
    }
  }
  return kept;
}

function sentences(tokens: readonly Token[]): [number, number][] {
  const found: [number, number][] = [];
  let from = 0;
  tokens.forEach(({ word }, i) => {
    if (!ENDS.has(word) && i < tokens.length - 1) return;
    found.push([from, i + 1]);
    from = i + 1;
  });
  return found;
}

/** A sentence, cut where it turns to somebody else or back. */
function clauses(
  text: string,
  tokens: readonly Token[],
  about: readonly boolean[],
  from: number,
  to: number,
): [number, number][] {
  const found: [number, number][] = [];
  let start = from;
  for (let at = from + 1; at < to; at++) {
    const { word } = tokens[at]!;
    const turns =
      CONTRASTS.has(word) ||
      (WEAK_CONTRASTS.has(word) && at + 1 < to && isName(text, tokens[at + 1]!));
    // Both sides must name somebody: "but nothing works" is still about the keyword.
    const sides = about.slice(start, at).includes(true) !== about.slice(at, to).includes(true);
    if (!turns || !sides) continue;
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

function startsWithName(text: string, tokens: readonly Token[], at: number): boolean {
  const first = tokens[at]!;
  if (first.word === '<user>') return true;
  const second = tokens[at + 1];
  return second !== undefined && isName(text, first) && isName(text, second);
}

function startsWithTwoNames(text: string, tokens: readonly Token[]): boolean {
  return tokens[0]!.word !== '<user>' && startsWithName(text, tokens, 0);
}

/** Whether a token is written like a name: a handle, or with a capital but not all in capitals. */
function isName(text: string, { word, start, shout }: Token): boolean {
  if (word === '<user>') return true;
  return !shout && word !== 'i' && !/^i[m']/.test(word) && /\p{Lu}/u.test(text[start] ?? '');
}
