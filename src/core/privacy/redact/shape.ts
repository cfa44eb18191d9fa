import type { Finder } from './finder.ts';
import type { Hit, Shape } from './found.ts';

/** Fewer open places than this would take any word or number out of a text. */
const FEWEST_PLACES = 4;
const LONGEST_SHAPE = 64;

/**
 * Numbers of the team's own shapes. A shape becomes an expression of fixed length without choices,
 * so that no shape can make the search slow.
 */
export const teamNumbers: Finder = {
  mayFind: (_, { shapes }) => shapes.length > 0,
  find: ({ text }, { shapes }) => shapes.flatMap((shape) => findShape(text, shape)),
};

function findShape(text: string, shape: Shape): Hit[] {
  const expression = expressionOf(shape);
  if (expression === null) return [];
  return [...text.matchAll(expression)].map((match): Hit => ({
    kind: 'number',
    name: shape.name,
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Whether a shape can be used: 4 to 64 signs, four of them `#` or `@` or more. */
export function isUsableShape(pattern: string): boolean {
  const signs = [...pattern.trim()];
  return (
    signs.length <= LONGEST_SHAPE &&
    signs.filter((sign) => sign === '#' || sign === '@').length >= FEWEST_PLACES
  );
}

/** Made once for as long as the team's settings are held: a poll reads many texts by them. */
const expressions = new WeakMap<Shape, RegExp | null>();

function expressionOf(shape: Shape): RegExp | null {
  let expression = expressions.get(shape);
  if (expression === undefined) {
    expression = compile(shape.pattern);
    expressions.set(shape, expression);
  }
  return expression;
}

function compile(pattern: string): RegExp | null {
  if (!isUsableShape(pattern)) return null;
  const parts = [...pattern.trim()].flatMap((sign) => {
    if (sign === '#') return ['\\d'];
    if (sign === '@') return ['\\p{L}'];
    if (/[\s-]/.test(sign)) return ['[ -]?'];
    return [sign.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')];
  });
  return new RegExp(`(?<![\\p{L}\\p{N}])${parts.join(' ?')}(?![\\p{L}\\p{N}])`, 'giu');
}
