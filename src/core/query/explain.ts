import type { Node, Query, Term } from './ast.ts';
import { languageName } from './language-name.ts';
import { spellTerm } from './term.ts';

const DOT = 46;
const SLASH = 47;

/** What a query hears, in plain words: a sentence without its full stop. */
export function explainQuery(query: Query): string {
  return `posts ${describe(query.root, false)}`;
}

/** What a post is like that the node is true of; `isInner` asks for brackets around a list. */
function describe(node: Node, isInner: boolean): string {
  switch (node.type) {
    case 'term':
      return `with ${nameTerm(node.term)}`;
    case 'near':
      return describeNear(node);
    case 'field':
      return describeField(node.name, node.value);
    case 'not':
      return `not ${describe(node.part, true)}`;
    case 'and':
      return bracket(describeAll(node.parts), isInner);
    case 'or':
      return describeAny(node.parts, isInner);
  }
}

function bracket(text: string, isInner: boolean): string {
  return isInner ? `(${text})` : text;
}

function describeAll(parts: readonly Node[]): string {
  const wanted = parts.filter(({ type }) => type !== 'not');
  const terms = wanted.flatMap((part) => (part.type === 'term' ? [part.term] : []));
  const others = wanted.filter(({ type }) => type !== 'term');
  const unwanted = parts.flatMap((part) => (part.type === 'not' ? [part.part] : []));
  const said = [
    ...(terms.length > 0 ? [`with ${nameTerms(terms, 'and')}`] : []),
    ...others.map((part) => describe(part, true)),
  ];
  const left = unwanted.map((part) => `not ${describe(part, true)}`);
  return said.join(', and ') + (left.length > 0 ? `, but ${left.join(', and ')}` : '');
}

function describeAny(parts: readonly Node[], isInner: boolean): string {
  const terms = parts.flatMap((part) => (part.type === 'term' ? [part.term] : []));
  if (terms.length === parts.length) return `with ${nameTerms(terms, 'or')}`;
  const text = `either ${parts.map((part) => describe(part, true)).join(', or ')}`;
  return bracket(text, isInner);
}

function describeNear(node: Node & { type: 'near' }): string {
  const { distance } = node;
  const left = nameTerms(node.left, 'or');
  const right = nameTerms(node.right, 'or');
  if (distance === 1) return `with ${left} directly beside ${right}`;
  return `with ${left} at most ${distance} words from ${right}`;
}

function nameTerms(terms: readonly Term[], conjunction: 'and' | 'or'): string {
  const areWords = terms.every((term) => kindOf(term) === 'the word');
  if (!areWords || terms.length === 1) return listed(terms.map(nameTerm), conjunction);
  const words = terms.map(({ written }) => written);
  if (conjunction === 'and') return `the words ${listed(words, 'and')}`;
  return `the word ${listed(words, 'or')}`;
}

function listed(names: readonly string[], conjunction: 'and' | 'or'): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${conjunction} ${names.at(-1)}`;
}

function nameTerm(term: Term): string {
  const capitals = term.isExact ? ' in exactly these capitals' : '';
  return `${kindOf(term)} ${showTerm(term)}${capitals}`;
}

function showTerm(term: Term): string {
  if (term.form === 'phrase') return `"${term.written}"`;
  if (term.form === 'prefix') return term.written.replace(/\*+$/u, '');
  if (isAddress(term)) return spellTerm(term).replace(/^=/u, '');
  // Without the signs around it, which are not looked for.
  return term.written.replace(/^[^\p{L}\p{N}@#]+|[^\p{L}\p{N}\p{M}]+$/gu, '');
}

function isAddress({ form, words }: Term): boolean {
  return form === 'word' && words.some(({ gap }) => gap === DOT || gap === SLASH);
}

function kindOf(term: Term): string {
  const { form, words } = term;
  if (form === 'phrase') return 'the phrase';
  const mark = words[0]?.mark ?? '';
  if (form === 'prefix') {
    return mark === '' ? 'a word that begins with' : `a ${markName(mark)} that begins with`;
  }
  if (mark !== '') return `the ${markName(mark)}`;
  return isAddress(term) ? 'the address' : 'the word';
}

function markName(mark: '@' | '#'): string {
  return mark === '@' ? 'handle' : 'hashtag';
}

function describeField(name: string, value: string): string {
  switch (name) {
    case 'source':
      return `from the source ${value}`;
    case 'lang':
      return `in ${languageName(value) ?? `the language ${value}`}`;
    case 'author':
      return `by ${value}`;
    case 'site':
      return `at ${value}`;
    default:
      return value === 'link' ? 'with a link' : 'with a question mark';
  }
}
