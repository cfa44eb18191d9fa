import type { Token } from './tokens.ts';

/** Tokens of a quotation at most; a quotation mark without a second one quotes nothing. */
const LONGEST = 16;
/** Tokens outside that can be judged on their own. */
const FEWEST_OUTSIDE = 2;

/** The places of quotations, marks included: token `from` to `to`, exclusive. */
export function quotations(tokens: readonly Token[]): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  let from = -1;
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]!.word !== '"') continue;
    if (from >= 0 && i - from <= LONGEST) {
      found.push({ from, to: i + 1 });
      from = -1;
    } else from = i;
  }
  return found;
}

/** The tokens outside of quotations; null where nothing is quoted, or hardly anything else is there. */
export function outsideQuotations(tokens: readonly Token[]): Token[] | null {
  const quoted = quotations(tokens).filter(({ from, to }) => to - from > 2);
  if (quoted.length === 0) return null;
  const outside = tokens.filter((_, i) => !quoted.some(({ from, to }) => from <= i && i < to));
  return outside.length < FEWEST_OUTSIDE ? null : outside;
}
