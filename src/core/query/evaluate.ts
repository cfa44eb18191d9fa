import type { Span } from '../post.ts';
import type { FieldName } from './ast.ts';
import { foldAuthor } from './field.ts';
import type { Found, Occurrence } from './find.ts';

/** A query's tree with terms by their number in the dictionary. */
export type Plan =
  | { type: 'term'; term: number }
  | { type: 'field'; name: FieldName; value: string }
  | { type: 'near'; distance: number; left: number[]; right: number[] }
  | { type: 'not'; part: Plan }
  | { type: 'and' | 'or'; parts: Plan[] };

export interface MatchInput {
  text: string;
  author?: string | null;
  url?: string | null;
  /** BCP 47. */
  language?: string | null;
  /** The `kind` of the source. */
  source?: string;
}

export function isTrue(plan: Plan, found: Found, input: MatchInput): boolean {
  switch (plan.type) {
    case 'term':
      return found.has(plan.term);
    case 'field':
      return hasField(plan.name, plan.value, input);
    case 'near':
      return pairsOf(plan, found).length > 0;
    case 'not':
      return !isTrue(plan.part, found, input);
    case 'and':
      return plan.parts.every((part) => isTrue(part, found, input));
    case 'or':
      return plan.parts.some((part) => isTrue(part, found, input));
  }
}

/** The places of all terms that made a true plan true, from left to right, merged. */
export function spansOf(plan: Plan, found: Found, input: MatchInput): Span[] {
  const spans: Span[] = [];
  collect(plan, found, input, spans);
  spans.sort((a, b) => a.start - b.start);
  const merged: Span[] = [];
  for (const { start, end } of spans) {
    const last = merged.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

function collect(plan: Plan, found: Found, input: MatchInput, spans: Span[]): void {
  if (plan.type === 'term') for (const place of found.get(plan.term) ?? []) spans.push(place);
  if (plan.type === 'near') for (const place of pairsOf(plan, found)) spans.push(place);
  if (plan.type !== 'and' && plan.type !== 'or') return;
  for (const part of plan.parts) {
    if (plan.type === 'and' || isTrue(part, found, input)) collect(part, found, input, spans);
  }
}

/** The occurrences of either side that have one of the other side near them, without overlap. */
function pairsOf(plan: Plan & { type: 'near' }, found: Found): Occurrence[] {
  const left = plan.left.flatMap((term) => found.get(term) ?? []);
  const right = plan.right.flatMap((term) => found.get(term) ?? []);
  if (left.length === 0 || right.length === 0) return [];
  return [...nearTo(left, right, plan.distance), ...nearTo(right, left, plan.distance)];
}

function nearTo(places: Occurrence[], others: Occurrence[], distance: number): Occurrence[] {
  const firsts = others.map(({ first }) => first).sort((a, b) => a - b);
  const lasts = others.map(({ last }) => last).sort((a, b) => a - b);
  return places.filter(({ first, last }) => {
    const after = firsts[countUpTo(firsts, last)];
    const before = lasts[countUpTo(lasts, first - 1) - 1];
    return (
      (after !== undefined && after - last <= distance) ||
      (before !== undefined && first - before <= distance)
    );
  });
}

/** How many of the sorted numbers are at most `limit`. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function hasField(name: FieldName, value: string, input: MatchInput): boolean {
  switch (name) {
    case 'source':
      return input.source?.toLowerCase() === value;
    case 'lang': {
      const language = input.language?.toLowerCase().replaceAll('_', '-') ?? '';
      return language === value || language.startsWith(`${value}-`);
    }
    case 'author': {
      const author = foldAuthor(input.author ?? '');
      return author === value || author.startsWith(`${value}@`);
    }
    case 'site': {
      const host = hostOf(input.url ?? '');
      return host === value || host.endsWith(`.${value}`);
    }
    case 'has':
      return value === 'link' ? LINK.test(input.text) : QUESTION.test(input.text);
  }
}

const LINK = /https?:\/\/[^\s/]|(?<![\p{L}\p{N}])www\.[\p{L}\p{N}]/iu;
/** A question mark that is not a part of an address. */
const QUESTION = /[?؟](?![\p{L}\p{N}=&/%])|？/u;

function hostOf(url: string): string {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/iu.exec(url)?.[1] ?? '';
  return host.toLowerCase().replace(/\.$/u, '');
}
