import {
  combine,
  needsWord,
  negate,
  type Node,
  type Query,
  type QueryError,
  type Term,
} from './ast.ts';
import { readField, type Known } from './field.ts';
import { fail, lex, type Lexeme } from './lex.ts';
import { readTerm } from './term.ts';

const MAX_LENGTH = 4000;
const MAX_DEPTH = 50;

interface Place {
  start: number;
  end: number;
}

interface Reader {
  lexemes: Lexeme[];
  at: number;
  depth: number;
  known: Known | null;
  /** Where each node stands, for errors about it. */
  places: Map<Node, Place>;
}

export type ParseOutcome = { ok: true; query: Query } | { ok: false; error: QueryError };

/**
 * Reads a query. `a b` is both, `a OR b` either (weaker than "both"), `-a` or `NOT a` none,
 * `a NEAR/5 b` both with at most five words from one to the other (stronger than "both"). Names that
 * are not among the `known` ones are refused; null, for what was saved long ago, checks none.
 */
export function parseQuery(input: string, known: Known | null = null): ParseOutcome {
  try {
    if (input.length > MAX_LENGTH) {
      const place = { start: MAX_LENGTH, end: input.length };
      fail(`A query has at most ${MAX_LENGTH} signs. Make several keywords of it.`, place);
    }
    const reader: Reader = { lexemes: lex(input), at: 0, depth: 0, known, places: new Map() };
    const first = peek(reader);
    if (first.kind === 'end') fail('Write a word to listen for.', first);
    const root = readOr(reader);
    const next = peek(reader);
    if (next.kind === 'close') fail('This parenthesis was never opened.', next, '');
    if (next.kind !== 'end') fail('Something is missing before this.', next);
    refuseLoose(root, reader.places);
    return { ok: true, query: { root } };
  } catch (thrown) {
    const error = (thrown as { queryError?: QueryError }).queryError;
    if (error) return { ok: false, error };
    throw thrown;
  }
}

/** What went wrong, where, and what to write instead, in one line for people. */
export function showError(input: string, error: QueryError): string {
  const { message, start, end, suggestion } = error;
  const oneLine = (text: string) => text.replace(/\s+/gu, ' ');
  const head = oneLine(input.slice(Math.max(0, start - 60), start));
  const place = oneLine(clip(input.slice(start, end)));
  const tail = oneLine(input.slice(end, end + 60));
  const shown = input.trim() === '' ? '' : ` Here: ${head}▸${place}◂${tail}`;
  if (suggestion === null) return message + shown;
  const fixed = oneLine(input.slice(0, start) + suggestion + input.slice(end)).trim();
  if (fixed === '') return message + shown;
  return `${message}${shown} Write: ${fixed.length > 300 ? suggestion : fixed}`;
}

function clip(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

function peek(reader: Reader): Lexeme {
  return reader.lexemes[Math.min(reader.at, reader.lexemes.length - 1)] as Lexeme;
}

function take(reader: Reader): Lexeme {
  const lexeme = peek(reader);
  reader.at++;
  return lexeme;
}

function startsPart({ kind }: Lexeme): boolean {
  return ['open', 'not', 'word', 'phrase', 'field'].includes(kind);
}

function keep(reader: Reader, node: Node, start: number): Node {
  const end = reader.lexemes[reader.at - 1]?.end ?? start;
  reader.places.set(node, { start, end });
  return node;
}

function readOr(reader: Reader): Node {
  const { start } = peek(reader);
  const parts = [readAnd(reader)];
  while (peek(reader).kind === 'or') {
    const operator = take(reader);
    if (!startsPart(peek(reader))) fail('Something is missing after OR.', operator, '');
    parts.push(readAnd(reader));
  }
  return keep(reader, combine('or', parts), start);
}

function readAnd(reader: Reader): Node {
  const { start } = peek(reader);
  const parts = [readNot(reader)];
  while (startsPart(peek(reader)) || peek(reader).kind === 'and') {
    if (peek(reader).kind === 'and') {
      const operator = take(reader);
      if (!startsPart(peek(reader))) fail('Something is missing after AND.', operator, '');
    }
    parts.push(readNot(reader));
  }
  return keep(reader, combine('and', parts), start);
}

function readNot(reader: Reader): Node {
  const operator = peek(reader);
  if (operator.kind !== 'not') return readNear(reader);
  take(reader);
  if (!startsPart(peek(reader))) fail('Something is missing after NOT.', operator, '');
  return keep(reader, negate(deeper(reader, operator, readNot)), operator.start);
}

function deeper(reader: Reader, place: Place, read: (reader: Reader) => Node): Node {
  if (++reader.depth > MAX_DEPTH) fail('There are too many parentheses in one another.', place);
  const node = read(reader);
  reader.depth--;
  return node;
}

function readNear(reader: Reader): Node {
  const { start } = peek(reader);
  const pairs: Node[] = [];
  let left = readPart(reader);
  while (peek(reader).kind === 'near') {
    const operator = take(reader);
    if (!startsPart(peek(reader))) fail('Something is missing after NEAR.', operator, '');
    const { distance } = operator;
    if (peek(reader).kind === 'not') {
      fail('NEAR stands between words that must be there; leave out with NOT apart.', operator, '');
    }
    const right = readPart(reader);
    const terms = { left: sideOf(left, reader), right: sideOf(right, reader) };
    pairs.push(keep(reader, { type: 'near', distance, ...terms }, start));
    left = right;
  }
  return pairs.length === 0 ? left : keep(reader, combine('and', pairs), start);
}

/** The words, phrases and OR of them that may stand on a side of NEAR. */
function sideOf(node: Node, { places }: Reader): Term[] {
  if (node.type === 'term') return [node.term];
  if (node.type === 'or' && node.parts.every(({ type }) => type === 'term')) {
    return node.parts.flatMap((part) => (part.type === 'term' ? [part.term] : []));
  }
  const place = places.get(node) ?? { start: 0, end: 0 };
  return fail('Beside NEAR stands a word, a phrase, or some of them joined by OR.', place);
}

function readPart(reader: Reader): Node {
  const lexeme = take(reader);
  const { start } = lexeme;
  switch (lexeme.kind) {
    case 'word':
      refuseSingleQuotes(reader, lexeme);
      return keep(reader, { type: 'term', term: readTerm(lexeme) }, start);
    case 'phrase':
      return keep(reader, { type: 'term', term: readTerm(lexeme) }, start);
    case 'field':
      return keep(reader, readField(lexeme, reader.known), start);
    case 'open':
      return readGroup(reader, lexeme);
    case 'close':
      return fail('This parenthesis was never opened.', lexeme, '');
    case 'end':
      return fail('Something is missing at the end.', lexeme);
    default:
      return fail('Something is missing before this.', lexeme, '');
  }
}

function readGroup(reader: Reader, open: Lexeme): Node {
  if (peek(reader).kind === 'close') {
    fail('There is nothing between the parentheses.', { ...open, end: peek(reader).end }, '');
  }
  if (peek(reader).kind === 'end') fail('This parenthesis is never closed.', open, '');
  const node = deeper(reader, open, readOr);
  const close = take(reader);
  if (close.kind === 'end') {
    fail('This parenthesis is never closed.', { start: close.start, end: close.start }, ')');
  }
  if (close.kind !== 'close') fail('Something is missing before this.', close, '');
  return keep(reader, node, open.start);
}

/** 'acme broadband' is meant as a phrase, and would be two words. */
function refuseSingleQuotes(reader: Reader, first: Lexeme): void {
  if (!/^['‘’]/u.test(first.text) || first.isExact) return;
  const words: string[] = [first.text.slice(1)];
  for (let i = reader.at; reader.lexemes[i]?.kind === 'word'; i++) {
    const { text, end } = reader.lexemes[i] as Lexeme;
    const last = /^(.*)['‘’]$/su.exec(text)?.[1];
    words.push(last ?? text);
    if (last === undefined) continue;
    const place = { start: first.start, end };
    fail('A phrase goes in double quotation marks.', place, `"${words.join(' ')}"`);
  }
}

/** A query without a word that must be there would hear everything. */
function refuseLoose(node: Node, places: Map<Node, Place>): void {
  if (needsWord(node)) return;
  const loose = node.type === 'or' && node.parts.find((part) => !needsWord(part));
  if (loose && node.parts.some(needsWord)) {
    const place = places.get(loose) ?? { start: 0, end: 0 };
    fail('This alternative has no word that must be there, and would hear everything.', place);
  }
  const place = places.get(node) ?? { start: 0, end: 0 };
  fail('This says what to leave out or where to look. Add a word to listen for.', place);
}
