import type { QueryError } from './ast.ts';

/** A piece of a query with its place. */
export interface Lexeme {
  kind: 'open' | 'close' | 'or' | 'and' | 'not' | 'near' | 'word' | 'phrase' | 'field' | 'end';
  start: number;
  end: number;
  /** What a word or phrase says, without its signs; the value of a field. */
  text: string;
  isExact: boolean;
  /** Of `near`. */
  distance: number;
  /** Of `field`, in lower case. */
  name: string;
}

const QUOTE = /["“”„‟«»＂「」『』]/u;
const SPACE = /\s/u;
const DASH = /[-−–—]/u;
const WORD_END = /[\s()（）|｜"“”„‟«»＂「」『』]/u;
const MAX_DISTANCE = 100;
export const LOWER_NEAR = 'Nearness is written NEAR, in capitals, with a slash and a number.';

/** Ends the reading of a query; `parseQuery` turns it into an outcome. */
export function fail(
  message: string,
  place: { start: number; end: number },
  suggestion: string | null = null,
): never {
  const error: QueryError = { message, start: place.start, end: place.end, suggestion };
  throw Object.assign(new Error(message), { queryError: error });
}

/** Cuts a query into pieces; the last is `end`. */
export function lex(input: string): Lexeme[] {
  const lexemes: Lexeme[] = [];
  let at = 0;
  while (at < input.length) {
    if (SPACE.test(input.charAt(at))) {
      at++;
      continue;
    }
    const lexeme = readLexeme(input, at);
    lexemes.push(lexeme);
    at = lexeme.end;
  }
  lexemes.push(piece('end', input.length, input.length));
  return lexemes;
}

function piece(kind: Lexeme['kind'], start: number, end: number, more?: Partial<Lexeme>): Lexeme {
  return { kind, start, end, text: '', isExact: false, distance: 0, name: '', ...more };
}

function readLexeme(input: string, start: number): Lexeme {
  const sign = input.charAt(start);
  const next = input.charAt(start + 1);
  if (sign === '(' || sign === '（') return piece('open', start, start + 1);
  if (sign === ')' || sign === '）') return piece('close', start, start + 1);
  if (sign === '|' || sign === '｜')
    return piece('or', start, next === sign ? start + 2 : start + 1);
  if (QUOTE.test(sign)) return readPhrase(input, start, start, false);
  if (DASH.test(sign)) return readMinus(input, start);
  if (sign === '=' && QUOTE.test(next)) return readPhrase(input, start, start + 1, true);
  return readWord(input, start);
}

function readMinus(input: string, start: number): Lexeme {
  const place = { start, end: start + 1 };
  const after = /^\s+(?=\S)/u.exec(input.slice(start + 1));
  if (after) {
    fail(
      'The minus must stand directly before what it leaves out.',
      { start, end: start + 1 + after[0].length },
      '-',
    );
  }
  if (start + 1 === input.length) fail('Nothing follows the minus.', place, '');
  return piece('not', start, start + 1);
}

/** `start` is where the piece begins, `quote` where its quotation mark stands. */
function readPhrase(input: string, start: number, quote: number, isExact: boolean): Lexeme {
  for (let end = quote + 1; end < input.length; end++) {
    if (QUOTE.test(input.charAt(end))) {
      return piece('phrase', start, end + 1, { text: input.slice(quote + 1, end), isExact });
    }
  }
  const rest = input.slice(quote + 1).trimEnd();
  const place = { start, end: Math.max(quote + 1 + rest.length, quote + 1) };
  const fixed = rest === '' ? '' : `${isExact ? '=' : ''}"${rest}"`;
  return fail('This quotation mark is never closed.', place, fixed);
}

function readWord(input: string, start: number): Lexeme {
  let end = start;
  while (end < input.length && !WORD_END.test(input.charAt(end))) end++;
  const whole = input.slice(start, end);
  const place = { start, end };
  if (whole === 'OR') return piece('or', start, end);
  if (whole === 'AND' || whole === '&' || whole === '&&') return piece('and', start, end);
  if (whole === 'NOT') return piece('not', start, end);
  const near = /^NEAR(?:\/(\d{1,9}))?$/u.exec(whole);
  if (near) return readNear(near[1], place);
  const tilde = /^~(\d{1,3})$/u.exec(whole)?.[1];
  if (tilde !== undefined) fail(LOWER_NEAR, place, `NEAR/${tilde}`);
  if (whole.startsWith('=')) {
    if (whole === '=') fail('Nothing follows the equals sign.', place, '');
    return piece('word', start, end, { text: whole.slice(1), isExact: true });
  }
  return readField(input, place) ?? piece('word', start, end, { text: whole });
}

function readNear(written: string | undefined, place: { start: number; end: number }): Lexeme {
  if (written === undefined) fail('NEAR needs a number of words.', place, 'NEAR/5');
  const distance = Number(written);
  if (distance < 1 || distance > MAX_DISTANCE) {
    const message = `NEAR goes from 1 to ${MAX_DISTANCE} words.`;
    fail(message, place, `NEAR/${distance < 1 ? 1 : MAX_DISTANCE}`);
  }
  return piece('near', place.start, place.end, { distance });
}

/** `name:value` or `name:"a value"`; null when the word is none. */
function readField(input: string, place: { start: number; end: number }): Lexeme | null {
  const { start, end } = place;
  const [, name, value] = /^(\p{L}+)[:：](?!\/\/)(.*)$/su.exec(input.slice(start, end)) ?? [];
  if (name === undefined || value === undefined) return null;
  const field = { name: name.toLowerCase(), text: value };
  if (value !== '' || !QUOTE.test(input.charAt(end))) return piece('field', start, end, field);
  const quoted = readPhrase(input, end, end, false);
  return piece('field', start, quoted.end, { ...field, text: quoted.text });
}
