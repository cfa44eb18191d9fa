/**
 * The meaning of a query a second time, slowly: every term is tried at every token of the text, and
 * nothing is shared with the matcher but the tree that the parser makes. For tests only.
 */
import type { Node, Query, Term } from '../../../src/core/query/ast.ts';
import type { MatchInput } from '../../../src/core/query/index.ts';
import type { Span } from '../../../src/core/post.ts';

interface Token {
  start: number;
  end: number;
  keys: string[];
  cased: string[];
  isSpaceless: boolean;
  /** What stands between this token and the one before, without signs that cannot be seen. */
  gap: string;
  mark: string;
}

interface Place {
  first: number;
  last: number;
}

const HIDDEN = /\p{Default_Ignorable_Code_Point}/gu;
const QUOTES = /['’‘‛ʼʻ＇′`´]/gu;
const NO_SPACES =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;
const ACCENT = /[\u0300-\u036f]/gu;

const LETTER = '(?![゙゚ﾞﾟ])[\\p{L}\\p{N}]';
const IN_SCRIPT = NO_SPACES.source;
const QUOTE = "['’‘‛ʼʻ＇′`´]";
const UNSEEN = '\\p{Default_Ignorable_Code_Point}';
const MARKS = `(?:(?!${UNSEEN})\\p{M}|[ﾞﾟ])`;
const PLAIN = `(?:(?!${IN_SCRIPT}|${QUOTE}|${UNSEEN})${LETTER})`;
const GRAPHEME = `(?:(?!${QUOTE}|${UNSEEN})(?=${IN_SCRIPT})${LETTER}(?:${UNSEEN}*${MARKS})*)`;
const JOINT = `(?:(?:${UNSEEN}|\\p{Pc}|${MARKS})*${QUOTE}?(?:${UNSEEN}|\\p{Pc}|${MARKS})*)`;
const WORD = `${PLAIN}(?:${MARKS}|${PLAIN}|${JOINT}(?=${PLAIN}))*`;
const TOKEN = new RegExp(`(${GRAPHEME})|${WORD}`, 'gu');

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const start = match.index;
    const before = text.slice(0, start).replace(HIDDEN, '').replace(/\p{M}/gu, '');
    const mark = /(?:^|[^\p{L}\p{N}\p{Pc}])([@#＠＃])$/u.exec(before)?.[1] ?? '';
    const afterSpaceless = new RegExp(`${GRAPHEME}([@#＠＃])$`, 'u').exec(before)?.[1] ?? '';
    tokens.push({
      start,
      end: start + match[0].length,
      ...keysOf(match[0]),
      isSpaceless: match[1] !== undefined,
      gap: text.slice(end, start).replace(HIDDEN, '').replace(/\p{M}/gu, ''),
      mark: (mark || afterSpaceless).normalize('NFKC'),
    });
    end = start + match[0].length;
  }
  return tokens;
}

function plain(text: string): string {
  const bare = text.replace(QUOTES, "'").replace(HIDDEN, '').normalize('NFKD');
  return bare.replace(ACCENT, '').replaceAll('ß', 'ss').replaceAll('ø', 'o');
}

function keysOf(word: string): { keys: string[]; cased: string[] } {
  return { keys: variants(plain(plain(word).toLowerCase())), cased: variants(plain(word)) };
}

function variants(word: string): string[] {
  const together = word.replaceAll("'", '');
  if (/.'s$/isu.test(word)) return [together.slice(0, -1), together];
  if (/^([cdjlmnst]|qu)'[^']{2,}$/iu.test(word)) return [together, word.replace(/^.*?'/u, '')];
  return [together];
}

/** The places of the text that make the query true, merged; null when it is false. */
export function slowMatch(query: Query, input: MatchInput): Span[] | null {
  const tokens = tokensOf(input.text);
  const places = holds(query.root, tokens, input);
  if (places === null) return null;
  const inside = new Set<number>();
  for (const { start, end } of places) for (let at = start; at < end; at++) inside.add(at);
  const starts = new Set(places.map(({ start }) => start));
  const spans: Span[] = [];
  for (const at of [...inside].sort((a, b) => a - b)) {
    const last = spans.at(-1);
    // Two words side by side without a gap stay two spans.
    const goesOn =
      last?.end === at && (!starts.has(at) || places.some((p) => p.start < at && p.end > at));
    if (last && goesOn) last.end = at + 1;
    else spans.push({ start: at, end: at + 1 });
  }
  return spans;
}

function holds(node: Node, tokens: Token[], input: MatchInput): Span[] | null {
  const span = ({ first, last }: Place): Span => {
    return { start: tokens[first]!.start, end: tokens[last]!.end };
  };
  switch (node.type) {
    case 'term': {
      const places = placesOf(node.term, tokens, input.text);
      return places.length > 0 ? places.map(span) : null;
    }
    case 'near': {
      const left = node.left.flatMap((term) => placesOf(term, tokens, input.text));
      const right = node.right.flatMap((term) => placesOf(term, tokens, input.text));
      const pairs = left.flatMap((a) =>
        right.filter((b) => distance(a, b) <= node.distance).map((b) => [a, b]),
      );
      return pairs.length > 0 ? pairs.flat().map(span) : null;
    }
    case 'not':
      return holds(node.part, tokens, input) === null ? [] : null;
    case 'and': {
      const all = node.parts.map((part) => ({ part, spans: holds(part, tokens, input) }));
      if (all.some(({ spans }) => spans === null)) return null;
      return all.flatMap(({ part, spans }) => (part.type === 'not' ? [] : (spans ?? [])));
    }
    case 'or': {
      const all = node.parts.map((part) => holds(part, tokens, input));
      return all.every((spans) => spans === null) ? null : all.flatMap((spans) => spans ?? []);
    }
    case 'field':
      return hasField(node.name, node.value, input) ? [] : null;
  }
}

function distance(a: Place, b: Place): number {
  if (b.first > a.last) return b.first - a.last;
  return a.first > b.last ? a.first - b.last : Number.POSITIVE_INFINITY;
}

function placesOf(term: Term, tokens: Token[], text: string): Place[] {
  const places: Place[] = [];
  for (let first = 0; first < tokens.length; first++) {
    if (standsAt(term, tokens, first, text)) {
      places.push({ first, last: first + term.words.length - 1 });
    }
    for (let last = first; last < Math.min(tokens.length, first + 4); last++) {
      if (isTogether(term, tokens.slice(first, last + 1))) places.push({ first, last });
    }
  }
  return places;
}

function standsAt(term: Term, tokens: Token[], first: number, text: string): boolean {
  return term.words.every((word, i) => {
    const token = tokens[first + i];
    if (!token) return false;
    const isKey =
      term.form === 'prefix'
        ? !token.isSpaceless && token.keys.some((key) => key.startsWith(word.keys[0]!))
        : token.keys.some((key) => word.keys.includes(key));
    const isCase = !term.isExact || token.cased.some((key) => word.cased.includes(key));
    const isMark = word.mark === '' || token.mark === word.mark;
    const isGap = i === 0 || fitsGap(word.gap, token.gap);
    return isKey && isCase && isMark && isGap && isWhole(term, tokens, first, i, text);
  });
}

function fitsGap(wanted: number | null, gap: string): boolean {
  const plainGap = gap.normalize('NFKC').replace(/[‐‑‒–—―−]/gu, '-');
  const isBreak = /[.!?…][^]*\s|[。！？｡]/u.test(gap.replaceAll('．', '.'));
  if (isBreak) return wanted === 2;
  if (wanted === null) return true;
  if (wanted === 0) return gap === '';
  if (wanted === 45) return /^(-|\s+)$/u.test(plainGap);
  if (wanted === 1) return (gap.length > 1 || gap === '\0') && !/^\s+$/u.test(gap);
  return plainGap === String.fromCharCode(wanted);
}

/** Scripts without spaces: a word stands between two cuts of the text, or has three signs. */
function isWhole(term: Term, tokens: Token[], first: number, index: number, text: string): boolean {
  const { words } = term;
  if (!words[index]!.isSpaceless) return true;
  let from = index;
  while (from > 0 && words[from]!.gap === 0 && words[from - 1]!.isSpaceless) from--;
  let to = index;
  while (words[to + 1]?.isSpaceless && words[to + 1]!.gap === 0) to++;
  if (to - from >= 2) return true;
  const start = tokens[first + from];
  const end = tokens[first + to];
  const cuts = cutsOf(text);
  return start !== undefined && end !== undefined && cuts.has(start.start) && cuts.has(end.end);
}

function cutsOf(text: string): Set<number> {
  const cuts = new Set<number>();
  const run = new RegExp(`(?:(?=${IN_SCRIPT})${LETTER}|${MARKS}|${UNSEEN})+`, 'gu');
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  for (const match of text.matchAll(run)) {
    for (const { index } of segmenter.segment(match[0])) cuts.add(match.index + index);
    cuts.add(match.index + match[0].length);
  }
  return cuts;
}

/** e-mail and email are one word, in the query and in the text. */
function isTogether(term: Term, tokens: Token[]): boolean {
  if (term.form !== 'word' || term.isExact) return false;
  if (term.words.some((word, i) => word.mark || word.isSpaceless || (i > 0 && word.gap !== 45))) {
    return false;
  }
  const isHyphen = (gap: string) => /^[-‐‑‒–—―−－]$/u.test(gap);
  if (tokens.some((token, i) => token.isSpaceless || (i > 0 && !isHyphen(token.gap)))) return false;
  if (term.words.length === 1 && tokens.length === 1) return false;
  const wanted = together(term.words.map(({ keys }) => keys));
  const found = together(tokens.map(({ keys }) => keys));
  return wanted.some((key) => found.includes(key));
}

function together(words: string[][]): string[] {
  const stem = words
    .slice(0, -1)
    .map(([key]) => key)
    .join('');
  return words.at(-1)!.map((key) => stem + key);
}

function hasField(name: string, value: string, input: MatchInput): boolean {
  switch (name) {
    case 'source':
      return input.source === value;
    case 'lang':
      return input.language?.split('-')[0] === value || input.language === value;
    case 'author':
      return input.author?.replace(/^@/, '').split('@')[0] === value;
    case 'site':
      return new RegExp(`^https://([a-z]+\\.)*${value.replaceAll('.', '\\.')}/`, 'u').test(
        input.url ?? '',
      );
    default:
      return value === 'link'
        ? /https:\/\//u.test(input.text)
        : /\?(?![\p{L}\p{N}])|？/u.test(input.text);
  }
}
