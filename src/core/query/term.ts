import type { Term, TermWord } from './ast.ts';
import { fail, LOWER_NEAR, type Lexeme } from './lex.ts';
import {
  BREAK,
  NOTHING,
  SEVERAL,
  casedKeysOf,
  gapBetween,
  keysOf,
  markBefore,
  nextToken,
  startScan,
} from './tokens.ts';

/** More words than this in one term would make a long text slow to search. */
const MAX_WORDS = 40;
const MIN_PREFIX = 3;
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//iu;

/** The term that a word or a quoted phrase of a query stands for; fails with its place. */
export function readTerm(lexeme: Lexeme): Term {
  const { text, isExact } = lexeme;
  const written = text.trim().replace(/\s+/gu, ' ');
  if (lexeme.kind === 'phrase') return readPhrase(lexeme, written);
  if (/[*＊]/u.test(text)) return readPrefix(lexeme);
  const words = wordsOf(text.replace(SCHEME, ''), isExact, lexeme);
  while (words[0]?.canonical === 'www' && words[1]?.gap === 46) words.shift();
  if (words[0]) words[0].gap = null;
  const term: Term = { form: 'word', isExact, words, written };
  refuseReserved(term, lexeme);
  return term;
}

function readPhrase(lexeme: Lexeme, written: string): Term {
  const { text, isExact } = lexeme;
  if (written === '') fail('There is nothing between the quotation marks.', lexeme, '');
  if (/\p{L}[*＊]/u.test(text)) {
    const apart = text.trim().split(/\s+/u).join(' NEAR/1 ');
    fail('A * cannot stand in a phrase.', lexeme, apart);
  }
  const words = wordsOf(text, isExact, lexeme);
  for (const word of words) if (word.gap !== NOTHING) word.gap = null;
  return { form: 'phrase', isExact, words, written };
}

function readPrefix(lexeme: Lexeme): Term {
  const stem = lexeme.text.replace(/[*＊]+$/u, '');
  if (/[*＊]/u.test(stem)) {
    const before = stem.slice(0, stem.search(/[*＊]/u));
    const suggestion = isPrefix(before) ? `${before}*` : null;
    fail('A * can only stand at the end of a word.', lexeme, suggestion);
  }
  if (lexeme.isExact) fail('An exact word cannot end in *.', lexeme, `=${stem}`);
  const words = wordsOf(stem, false, lexeme);
  if (words.some(({ isSpaceless }) => isSpaceless)) {
    fail('This script is matched without a *.', lexeme, stem);
  }
  const [word] = words;
  if (!word || words.length > 1 || word.keys.length > 1) {
    fail('A * can only end a single word.', lexeme, `"${stem}"`);
  }
  if (!isPrefix(stem)) {
    fail(`Before a * stand at least ${MIN_PREFIX} letters.`, lexeme, stem);
  }
  return { form: 'prefix', isExact: false, words, written: `${stem}*` };
}

function isPrefix(stem: string): boolean {
  const scan = startScan(stem);
  if (!nextToken(scan)) return false;
  const { keys } = keysOf(stem.slice(scan.start, scan.end));
  return !nextToken(scan) && !scan.isSpaceless && (keys[0]?.length ?? 0) >= MIN_PREFIX;
}

function wordsOf(text: string, isExact: boolean, lexeme: Lexeme): TermWord[] {
  const words: TermWord[] = [];
  const scan = startScan(text);
  let end = 0;
  while (nextToken(scan)) {
    const token = text.slice(scan.start, scan.end);
    const folded = keysOf(token);
    const cased = casedKeysOf(token);
    const mark = markBefore(text, scan.start);
    words.push({
      keys: folded.keys,
      cased: isExact ? cased.keys : [],
      canonical: (isExact ? cased : folded).canonical,
      mark: mark === 64 ? '@' : mark === 35 ? '#' : '',
      gap: words.length === 0 ? null : gapBetween(text, end, scan.start),
      isSpaceless: scan.isSpaceless,
    });
    end = scan.end;
  }
  if (words.length === 0) fail('There is no letter or digit here to look for.', lexeme, '');
  if (words.length > MAX_WORDS) {
    fail(`A phrase has at most ${MAX_WORDS} words or signs.`, lexeme);
  }
  return words;
}

/** Words that look like the language's own, and would be read as it when written again. */
function refuseReserved(term: Term, lexeme: Lexeme): void {
  if (term.isExact) return;
  const spelled = spellTerm(term);
  if (spelled === 'or' || spelled === 'and') {
    const message =
      spelled === 'or'
        ? 'In small letters this is a word; either of two is OR.'
        : 'In small letters this is a word; words side by side must all be there.';
    fail(`${message} The word itself goes in quotation marks.`, lexeme, spelled.toUpperCase());
  }
  const distance = /^near[/:]?(\d{1,3})$/u.exec(spelled)?.[1];
  if (distance !== undefined) fail(LOWER_NEAR, lexeme, `NEAR/${distance}`);
  if (/^\p{L}+:/u.test(spelled)) {
    fail('What stands before a colon is a field.', lexeme, `"${spelled}"`);
  }
}

/** The term as it is written in a canonical query. */
export function spellTerm(term: Term): string {
  const { form, isExact, words } = term;
  const spelled = words.map((word, index) => spellGap(term, index) + spellWord(term, word, index));
  const text = spelled.join('') + (form === 'prefix' ? '*' : '');
  return (isExact ? '=' : '') + (form === 'phrase' ? `"${text}"` : text);
}

function spellWord({ words }: Term, word: TermWord, index: number): string {
  const gap = words[index]?.gap;
  return (gap === word.mark.charCodeAt(0) ? '' : word.mark) + word.canonical;
}

function spellGap({ form, words }: Term, index: number): string {
  const gap = words[index]?.gap ?? null;
  if (index === 0 || gap === NOTHING) return '';
  if (form === 'phrase' || gap === null) return ' ';
  if (gap === BREAK) return '。';
  return gap === SEVERAL ? '//' : String.fromCharCode(gap);
}
