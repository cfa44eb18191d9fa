import type { Span } from '../post.ts';
import type { Reason } from '../verdict.ts';
import { isEmptyWord } from './empty-words.ts';
import { endsScope, roleOf, valence } from './lexicon.ts';
import type { PhraseMatch } from './phrases.ts';
import { matchRules, parseRules } from './rules.ts';
import type { Token } from './tokens.ts';

/** Reasons shown at most. */
const SHOWN = 5;
/** Letters of a reason at most. */
const LETTERS = 60;
/** What a word alone must have moved the log odds by to be shown. */
const WORD_FLOOR = 0.25;
/** The same for a word that has no feeling in it: "parcel" alone convinces nobody. */
const PLAIN_FLOOR = 0.7;

/** How long and how often: no phrase of complaint by itself, and what people name as the reason. */
const AMOUNTS = parseRules([
  'amount',
  `
  (<n>|two|three|four|five|six|several|over|many) (<n>|more|whole|long)? (hours|hour|hrs|days|weeks|months|minutes|mins|years|times|calls|emails|visits|attempts|appointments)
  every (single|other)? (day|evening|night|time|week|morning|month)
  (<nth>|third|fourth|fifth) (time|day|week|visit|call|email|attempt|month)
  not even (a|one|once)?
  (nobody|noone) (bothered|told|knows|came|called|cares|helps|helped)
  again and again`,
]);

/** A reason does not begin or end with these. */
const LOOSE: ReadonlySet<string> = new Set(
  'and but or is are was were the that then now it its be as than'.split(' '),
);
/** What follows these belongs to them: "cancelled my order", not "cancelled my". */
const OPEN: ReadonlySet<string> = new Set(
  (
    'a an the my our your his her their this that to of for with on at in from by about without ' +
    'any no not never so too very keeps keep kept even whole single another cant couldnt wont'
  ).split(' '),
);

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
  if (sign > 0) candidates.push(...amounts(tokens, moved));
  const plain: Candidate[] = [];
  for (let i = 0; i < moved.length; i++) {
    const { word } = tokens[i]!;
    if (moved[i]! * sign < WORD_FLOOR || !isTelling(word)) continue;
    const candidate = widen(text, tokens, moved, i);
    const isAlone = candidate.to - candidate.from === 1 && valence(word) === 0;
    if (isAlone && moved[i]! * sign < PLAIN_FLOOR) plain.push(candidate);
    else candidates.push(candidate);
  }
  const reasons = pick(text, tokens, candidates.sort(byWeight));
  if (reasons.length > 0) return reasons;
  // A word without feeling is better understood with the one after it.
  return pick(text, tokens, plain.sort(byWeight).slice(0, 1).map(withNext));

  function withNext(candidate: Candidate): Candidate {
    const next = tokens[candidate.to]?.word ?? '.';
    return endsScope(next) ? candidate : { ...candidate, to: candidate.to + 1 };
  }
}

function byWeight(a: Candidate, b: Candidate): number {
  return Math.abs(b.weight) - Math.abs(a.weight) || a.from - b.from;
}

/** Amounts that speak for the complaint, by what their words moved together. */
function amounts(tokens: readonly Token[], moved: Float64Array): Candidate[] {
  return matchRules(AMOUNTS, tokens).flatMap(({ from, to }) => {
    const end = Math.min(to, moved.length);
    let weight = 0;
    for (let i = from; i < end; i++) weight += moved[i]!;
    return from < end && weight > 0 ? [{ from, to: end, weight }] : [];
  });
}

/** A candidate without loose words at its ends, and with what its last word is about. */
function worded(tokens: readonly Token[], { from, to }: Candidate): [from: number, to: number] {
  while (to - from > 1 && LOOSE.has(tokens[from]!.word)) from++;
  while (to - from > 1 && LOOSE.has(tokens[to - 1]!.word)) to--;
  for (let more = 0; more < 2 && OPEN.has(tokens[to - 1]!.word); more++) {
    const next = tokens[to]?.word ?? '.';
    if (endsScope(next) || !/^[\p{L}<]/u.test(next)) break;
    to++;
  }
  return [from, to];
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
    const role = roleOf(before.word);
    if (role !== 'negates' && role !== 'intensifies') break;
    if (text.slice(before.end, tokens[from]!.start).trim() !== '') break;
    from--;
    weight += moved[from]!;
  }
  return { from, to: at + 1, weight: weight * Math.sign(moved[at]!) > 0 ? weight : moved[at]! };
}

function pick(text: string, tokens: readonly Token[], candidates: readonly Candidate[]): Reason[] {
  const reasons: Reason[] = [];
  const taken: Span[] = [];
  const said = new Set<string>();
  for (const candidate of candidates) {
    if (reasons.length === SHOWN) break;
    const { weight } = candidate;
    const [from, to] = worded(tokens, candidate);
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
