/** One word of a term, or one grapheme of a script without spaces. */
export interface TermWord {
  /** Folded, one or two; a word of a text fits when it shares one. */
  keys: string[];
  /** The same with capitals; of exact terms only. */
  cased: string[];
  /** A spelling that gives these keys again. */
  canonical: string;
  mark: '' | '@' | '#';
  /** What must stand before it, as `gapBetween` says; null: anything but the end of a sentence. */
  gap: number | null;
  isSpaceless: boolean;
}

/** A word (also `acme.example` and `e-mail`, which are several), a prefix, or a quoted phrase. */
export interface Term {
  form: 'word' | 'prefix' | 'phrase';
  isExact: boolean;
  words: TermWord[];
  /** As the person wrote it, for explanations. */
  written: string;
}

export type FieldName = 'source' | 'lang' | 'author' | 'site' | 'has';

export type Node =
  | { type: 'term'; term: Term }
  | { type: 'field'; name: FieldName; value: string }
  /** One of `left` and one of `right` at most `distance` words apart, in either order. */
  | { type: 'near'; distance: number; left: Term[]; right: Term[] }
  | { type: 'not'; part: Node }
  | { type: 'and' | 'or'; parts: Node[] };

/** A query that was understood. A post cannot match it without a word of it. */
export interface Query {
  root: Node;
}

/** Why a query was not understood: a sentence, a place, and what to write there instead. */
export interface QueryError {
  message: string;
  /** UTF-16 offsets into the input, `end` exclusive. */
  start: number;
  end: number;
  suggestion: string | null;
}

/** AND or OR of the parts; parts of the same kind are taken in, one part alone is itself. */
export function combine(type: 'and' | 'or', parts: readonly Node[]): Node {
  const flat = parts.flatMap((part) => (part.type === type ? part.parts : [part]));
  const [first] = flat;
  return flat.length === 1 && first ? first : { type, parts: flat };
}

/** NOT of the part; twice NOT is nothing. */
export function negate(part: Node): Node {
  return part.type === 'not' ? part.part : { type: 'not', part };
}

/** Whether nothing can match without one of the node's words. */
export function needsWord(node: Node): boolean {
  if (node.type === 'term' || node.type === 'near') return true;
  if (node.type === 'and') return node.parts.some(needsWord);
  return node.type === 'or' && node.parts.every(needsWord);
}
