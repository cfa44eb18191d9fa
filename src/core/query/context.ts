import { isEmptyWord } from '../negativity/empty-words.ts';
import { isNegator, valence } from '../negativity/lexicon.ts';
import { tokenise } from '../negativity/tokens.ts';
import type { Node, Query, Term } from './ast.ts';
import { ambiguousNames, everydayWords, trades } from './common-words.ts';
import { spellTerm } from './term.ts';

/** Words that a proposal asks for; more make it hard to read. */
const MOST = 3;
/** What people write of any company that they deal with. */
const NEUTRAL = ['customer', 'support', 'service'];
const SHORTEST = 4;
/** How much more often than in others a word must be in texts to be typical of them. */
const MORE = 3;

/**
 * Words to ask for near a word that alone hears too much, the best first: those that the team knows
 * of (`known`), else what the trade of a well-known name is about, else what fits any company.
 */
export function contextFor(name: string, known: readonly string[]): string[] {
  const fallback = trades.get(name.toLowerCase()) ?? NEUTRAL;
  const fitting = known.filter((word) => word !== name.toLowerCase());
  return [...new Set(fitting.length > 1 ? fitting : [...fitting, ...fallback])].slice(0, MOST);
}

/**
 * The words by which a team tells already what is about it: what its queries ask for beside a name,
 * the most frequent first.
 */
export function contextOf(queries: readonly Query[]): string[] {
  const counts = new Map<string, number>();
  for (const { root } of queries) {
    for (const word of new Set(contextTerms(root).flatMap(wordsOfTerm))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([word]) => word);
}

/** What stands beside a name: not the name, which comes first or alone. */
function contextTerms(node: Node): Term[] {
  if (node.type === 'near') return node.left.length > node.right.length ? node.left : node.right;
  if (node.type === 'or') return node.parts.flatMap(contextTerms);
  if (node.type === 'term') {
    const { term } = node;
    return term.form === 'phrase' ? [{ ...term, words: term.words.slice(1) }] : [];
  }
  if (node.type !== 'and') return [];
  return node.parts.flatMap((part, at) => {
    if (part.type === 'term') return at === 0 ? contextTerms(part) : [part.term];
    return part.type === 'or' && at > 0 ? part.parts.flatMap(termsOf) : contextTerms(part);
  });
}

function termsOf(node: Node): Term[] {
  return node.type === 'term' ? [node.term] : contextTerms(node);
}

function wordsOfTerm(term: Term): string[] {
  if (term.form === 'prefix') return [];
  const words = term.words.filter(({ mark }) => mark === '').map(({ canonical }) => canonical);
  return words.map((word) => word.toLowerCase()).filter(isTelling);
}

/**
 * Words that are in texts of one kind (`inside`) more than in the others, the most telling first;
 * each in at least two of them. Words of feeling, of every day and of `queries` are no context.
 */
export function typicalWords(
  inside: readonly string[],
  outside: readonly string[],
  queries: readonly Query[],
): string[] {
  const terms = queries.flatMap(({ root }) => allTerms(root));
  const own = new Set(terms.flatMap((term) => spellTerm(term).split(/\W+/u)));
  const [here, there] = [inside, outside].map(textCounts) as [Counts, Counts];
  const scored = [...here].flatMap(([word, count]) => {
    if (count < 2 || own.has(word) || !isTelling(word)) return [];
    const [share, rest] = [count / inside.length, (there.get(word) ?? 0) + 1];
    const lift = share / (rest / (outside.length + 2));
    return lift >= MORE ? [{ word, score: count * Math.log(lift) }] : [];
  });
  return scored.sort((a, b) => b.score - a.score).map(({ word }) => word);
}

type Counts = Map<string, number>;

function textCounts(texts: readonly string[]): Counts {
  const counts: Counts = new Map();
  for (const text of texts) {
    const words = tokenise(text).filter(({ tag }) => !tag);
    for (const word of new Set(words.map((token) => token.word))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts;
}

function allTerms(node: Node): Term[] {
  if (node.type === 'term') return [node.term];
  if (node.type === 'near') return [...node.left, ...node.right];
  if (node.type === 'not') return allTerms(node.part);
  return node.type === 'field' ? [] : node.parts.flatMap(allTerms);
}

function isTelling(word: string): boolean {
  if (word.length < SHORTEST || !/^\p{L}+$/u.test(word)) return false;
  if (everydayWords.has(word) || ambiguousNames.has(word) || isEmptyWord(word)) return false;
  return valence(word) === 0 && !isNegator(word);
}
