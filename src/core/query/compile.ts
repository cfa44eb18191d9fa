import type { Span } from '../post.ts';
import { needsWord, type Node, type Query, type Term } from './ast.ts';
import { buildDictionary } from './dictionary.ts';
import { isTrue, spansOf, type MatchInput, type Plan } from './evaluate.ts';
import { findTerms } from './find.ts';
import { spellTerm } from './term.ts';

export interface Match {
  id: string;
  /** Where the words stand that made the post match, from left to right, without overlap. */
  spans: Span[];
}

export interface Matcher {
  /** The queries that match, in the order in which they were given. Linear in the text; never throws. */
  match(input: MatchInput): Match[];
}

/**
 * Joins queries into one matcher. It reads a text once, however many queries there are, and looks
 * only at the queries of which a telling word was found.
 */
export function compileQueries(entries: readonly { id: string; query: Query }[]): Matcher {
  const terms: Term[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (term: Term): number => {
    const name = spellTerm(term);
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, terms.length);
    return terms.push(term) - 1;
  };
  const plans = entries.map(({ query }) => planOf(query.root, numberOf));
  const uses = countUses(plans, terms.length);
  /** The queries to look at when a term is found. */
  const wakes: number[][] = terms.map(() => []);
  entries.forEach(({ query }, index) => {
    const plan = plans[index];
    if (!plan || !needsWord(query.root)) return;
    const anchors = anchorsOf(plan, (term) => weigh(terms[term], uses[term] ?? 0));
    for (const term of new Set(anchors?.terms)) wakes[term]?.push(index);
  });
  const dictionary = buildDictionary(terms);

  function match(input: MatchInput): Match[] {
    const found = findTerms(dictionary, input.text);
    if (found.size === 0) return [];
    const awake = new Set<number>();
    for (const term of found.keys()) for (const index of wakes[term] ?? []) awake.add(index);
    const matches: Match[] = [];
    for (const index of [...awake].sort((a, b) => a - b)) {
      const plan = plans[index];
      const id = entries[index]?.id;
      if (plan === undefined || id === undefined || !isTrue(plan, found, input)) continue;
      matches.push({ id, spans: spansOf(plan, found, input) });
    }
    return matches;
  }

  return { match };
}

function planOf(node: Node, numberOf: (term: Term) => number): Plan {
  switch (node.type) {
    case 'term':
      return { type: 'term', term: numberOf(node.term) };
    case 'near': {
      const { type, distance } = node;
      return { type, distance, left: node.left.map(numberOf), right: node.right.map(numberOf) };
    }
    case 'field':
      return node;
    case 'not':
      return { type: 'not', part: planOf(node.part, numberOf) };
    default:
      return { type: node.type, parts: node.parts.map((part) => planOf(part, numberOf)) };
  }
}

function countUses(plans: readonly Plan[], size: number): Uint32Array {
  const uses = new Uint32Array(size);
  const count = (term: number) => {
    uses[term] = (uses[term] ?? 0) + 1;
  };
  const visit = (plan: Plan): void => {
    if (plan.type === 'term') count(plan.term);
    else if (plan.type === 'near') [...plan.left, ...plan.right].forEach(count);
    else if (plan.type === 'not') visit(plan.part);
    else if (plan.type !== 'field') plan.parts.forEach(visit);
  };
  plans.forEach(visit);
  return uses;
}

interface Anchors {
  terms: number[];
  weight: number;
}

/** Terms of which one must be in every text that matches: the fewest and rarest; null: none. */
function anchorsOf(plan: Plan, weightOf: (term: number) => number): Anchors | null {
  const sum = (terms: number[]): Anchors => {
    return { terms, weight: terms.reduce((total, term) => total + weightOf(term), 0) };
  };
  switch (plan.type) {
    case 'term':
      return sum([plan.term]);
    case 'near':
      return lighter(sum(plan.left), sum(plan.right));
    case 'and':
      return plan.parts.map((part) => anchorsOf(part, weightOf)).reduce(lighter, null);
    case 'or': {
      const parts = plan.parts.map((part) => anchorsOf(part, weightOf));
      if (parts.some((part) => part === null)) return null;
      const terms = parts.flatMap((part) => part?.terms ?? []);
      return { terms, weight: parts.reduce((total, part) => total + (part?.weight ?? 0), 0) };
    }
    default:
      return null;
  }
}

function lighter(a: Anchors | null, b: Anchors | null): Anchors | null {
  if (a === null || b === null) return a ?? b;
  return b.weight < a.weight ? b : a;
}

/** How often a term is likely to wake its queries: shared, short and open ones most. */
function weigh(term: Term | undefined, uses: number): number {
  const length = term?.words.reduce((total, { canonical }) => total + canonical.length, 0) ?? 0;
  return (uses * (term?.form === 'prefix' ? 4 : 1)) / (length * (term?.words.length ?? 1) + 1);
}

const matchers = new WeakMap<Query, Matcher>();

/** The places that make a text match one query, or null when it does not. */
export function matchOne(query: Query, input: MatchInput): Span[] | null {
  const matcher = matchers.get(query) ?? compileQueries([{ id: '', query }]);
  matchers.set(query, matcher);
  return matcher.match(input)[0]?.spans ?? null;
}
