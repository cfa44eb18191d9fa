import { combine, needsWord, type Node, type Query, type Term } from './ast.ts';
import { ambiguousNames, everydayWords } from './common-words.ts';
import { contextFor } from './context.ts';
import { formatQuery } from './format.ts';
import { parseQuery } from './parse.ts';
import { spellTerm } from './term.ts';

/** A warning about a query that would hear too much, or not what was meant. */
export interface Advice {
  message: string;
  /** The whole query with what is proposed; null when there is nothing to put in its place. */
  proposal: string | null;
}

const SHORT = 3;

/**
 * What to think over before a query is saved, the gravest first; empty for most queries. `known`:
 * words by which the team's posts are told, the best first, to ask for near a word that is not
 * telling.
 */
export function adviseQuery(query: Query, known: readonly string[] = []): Advice[] {
  const alone = aloneTerms(query.root);
  return [
    ...alone.flatMap((term) => adviseTerm(query, term, known)),
    ...adviseNot(query),
    ...allTerms(query.root).flatMap(adviseSigns),
  ];
}

/** The terms that suffice to make a post match, with no other word beside them. */
function aloneTerms(node: Node): Term[] {
  if (node.type === 'term') return [node.term];
  if (node.type === 'or') return node.parts.flatMap(aloneTerms);
  if (node.type !== 'and') return [];
  const isNarrow = node.parts.some(
    (part) => part.type === 'field' && (part.name === 'site' || part.name === 'author'),
  );
  const [part, ...more] = node.parts.filter(needsWord);
  return part && more.length === 0 && !isNarrow ? aloneTerms(part) : [];
}

function allTerms(node: Node): Term[] {
  if (node.type === 'term') return [node.term];
  if (node.type === 'near') return [...node.left, ...node.right];
  if (node.type === 'not') return allTerms(node.part);
  return node.type === 'field' ? [] : node.parts.flatMap(allTerms);
}

function adviseTerm(query: Query, term: Term, known: readonly string[]): Advice[] {
  const why = weakness(term);
  if (why === null) return [];
  const spelled =
    term.form === 'prefix' ? term.written : `${term.isExact ? '=' : ''}${term.written}`;
  const shown = term.form === 'phrase' ? spellTerm(term) : spelled;
  const context = `(${contextFor(term.words[0]!.canonical, known).join(' OR ')})`;
  const near = parseQuery(`${shown} NEAR/8 ${context}`);
  if (!near.ok) return [];
  const proposal = formatQuery({ root: replaceTerm(query.root, term, near.query.root) });
  const message =
    `"${term.written}" ${why}. Ask for a word that fits near it, ` +
    `such as: ${shown} NEAR/8 ${context}`;
  return [{ message, proposal }];
}

/** Why a term alone hears too much; null when it does not. */
function weakness({ form, isExact, words }: Term): string | null {
  const [word, ...more] = words;
  if (!word || more.length > 0 || word.mark !== '') return null;
  const { canonical, isSpaceless } = word;
  const key = canonical.toLowerCase();
  if (form === 'prefix') {
    return canonical.length <= SHORT ? 'begins many words that have nothing to do with it' : null;
  }
  if (isSpaceless) return 'is a single sign, and a part of many words';
  if (!isExact && everydayWords.has(key)) return 'is a common word, and will be in many posts';
  if (ambiguousNames.has(key)) return 'often means something else';
  return key.length <= SHORT ? 'is short, and will often mean something else' : null;
}

function replaceTerm(node: Node, term: Term, by: Node): Node {
  if (node.type === 'term') return node.term === term ? by : node;
  if (node.type !== 'and' && node.type !== 'or') return node;
  return combine(
    node.type,
    node.parts.map((part) => replaceTerm(part, term, by)),
  );
}

/** "acme not working": two ways to mean it, and only one is what it does. */
function adviseNot(query: Query): Advice[] {
  const { root } = query;
  if (root.type !== 'and') return [];
  const at = root.parts.findIndex(
    (part) => part.type === 'term' && part.term.form === 'word' && spellTerm(part.term) === 'not',
  );
  if (at < 0) return [];
  const next = root.parts[at + 1];
  const rest = root.parts.filter((_, index) => index !== at && index !== at + 1);
  const message =
    'Here "not" is a word to find. To leave something out, write NOT in capitals, or -.';
  const without = next && { type: 'not' as const, part: next };
  const isUseful = without && rest.some(needsWord);
  const proposal = isUseful ? formatQuery({ root: combine('and', [...rest, without]) }) : null;
  return [{ message, proposal }];
}

/** "C++" is looked for as the word C: what is a sign to us may be the point to the person. */
function adviseSigns(term: Term): Advice[] {
  const lost = /[+#$€£%&]+$|^[$€£+]+/u.exec(term.written)?.[0];
  if (lost === undefined || term.form !== 'word') return [];
  const message = `The signs ${lost} of "${term.written}" are not looked for, only ${spellTerm(term)}.`;
  return [{ message, proposal: null }];
}
