import type { Span } from '../post.ts';
import type { Reason } from '../verdict.ts';
import { isEmptyWord } from './empty-words.ts';
import { isIntensifier, isNegator } from './lexicon.ts';
import type { PhraseMatch } from './phrases.ts';
import type { Token } from './tokens.ts';

/** Reasons shown at most. */
const SHOWN = 5;
/** Letters of a reason at most. */
const LETTERS = 60;
/** What a word alone must have moved the log odds by to be shown. */
const WORD_FLOOR = 0.25;

interface Candidate {
  from: number;
  to: number;
  weight: number;
}

/**
 * The phrases that moved the score most towards the verdict (`sign` 1: negative, -1: away from it),
 * strongest first: phrases of complaint or praise as a whole, then single words with the negation or
 * intensifier before them. `moved` tells how much each token moved the log odds.
 */
export function reasonsOf(
  text: string,
  tokens: readonly Token[],
  phrases: readonly PhraseMatch[],
  moved: Float64Array,
  sign: 1 | -1,
): Reason[] {
  const candidates: Candidate[] = [];
  for (const { from, to, weight } of phrases) {
    if (Math.sign(weight) !== sign || from >= moved.length) continue;
    let sum = 0.5 * weight;
    for (let i = from; i < Math.min(to, moved.length); i++) sum += moved[i]!;
    if (sum * sign > 0) candidates.push({ from, to, weight: sum });
  }
  for (let i = 0; i < moved.length; i++) {
    if (moved[i]! * sign < WORD_FLOOR || !isTelling(tokens[i]!.word)) continue;
    candidates.push(widen(text, tokens, moved, i));
  }
  candidates.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || a.from - b.from);
  return pick(text, tokens, candidates);
}

function isTelling(word: string): boolean {
  return /^[a-z#*]/.test(word) && word.length > 2 && !isEmptyWord(word);
}

/** A word with the negation, or intensifiers, right before it. */
function widen(text: string, tokens: readonly Token[], moved: Float64Array, at: number): Candidate {
  let from = at;
  let weight = moved[at]!;
  while (from > 0 && at - from < 2) {
    const before = tokens[from - 1]!;
    const gap = text.slice(before.end, tokens[from]!.start);
    if (gap.trim() !== '' || !(isNegator(before.word) || isIntensifier(before.word))) break;
    from--;
    weight += moved[from]!;
  }
  return { from, to: at + 1, weight: weight * Math.sign(moved[at]!) > 0 ? weight : moved[at]! };
}

function pick(text: string, tokens: readonly Token[], candidates: readonly Candidate[]): Reason[] {
  const reasons: Reason[] = [];
  const taken: Span[] = [];
  const said = new Set<string>();
  for (const { from, to, weight } of candidates) {
    if (reasons.length === SHOWN) break;
    const span = trimmed(text, { start: tokens[from]!.start, end: tokens[to - 1]!.end });
    const phrase = text.slice(span.start, span.end);
    const key = phrase.toLowerCase();
    if (said.has(key) || taken.some((t) => t.start < span.end && span.start < t.end)) continue;
    said.add(key);
    taken.push(span);
    reasons.push({ phrase, span, weight });
  }
  return reasons;
}

/** The span, cut at a word border where it is too long to show. */
function trimmed(text: string, { start, end }: Span): Span {
  if (end - start <= LETTERS) return { start, end };
  const cut = text.lastIndexOf(' ', start + LETTERS);
  return { start, end: cut > start ? cut : start + LETTERS };
}
