import type { Node, Query, Term } from './ast.ts';
import { spellField } from './field.ts';
import { spellTerm } from './term.ts';

/**
 * The query in its canonical spelling: small letters where case does not matter, no accents, one
 * way to set parentheses. Reading it again gives the same query, and two queries that differ only
 * in spelling give the same text.
 */
export function formatQuery(query: Query): string {
  return spell(query.root, 'or');
}

type Level = 'or' | 'and' | 'not';

function spell(node: Node, level: Level): string {
  switch (node.type) {
    case 'term':
      return spellTerm(node.term);
    case 'field':
      return spellField(node);
    case 'not':
      return `-${spell(node.part, 'not')}`;
    case 'near': {
      const text = `${side(node.left)} NEAR/${node.distance} ${side(node.right)}`;
      return level === 'not' ? `(${text})` : text;
    }
    case 'and': {
      const text = node.parts.map((part) => spell(part, 'not')).join(' ');
      return level === 'or' ? text : `(${text})`;
    }
    case 'or': {
      const text = node.parts.map((part) => spell(part, 'and')).join(' OR ');
      return level === 'or' ? text : `(${text})`;
    }
  }
}

function side(terms: readonly Term[]): string {
  const text = terms.map(spellTerm).join(' OR ');
  return terms.length > 1 ? `(${text})` : text;
}
