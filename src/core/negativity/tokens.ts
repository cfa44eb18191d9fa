import { emojiClass, emoticonAt, isEmojiModifier } from './emoji.ts';
import { formOf } from './forms.ts';

/** A word, mark or placeholder of a text, as the model sees it, and where it stands. */
export interface Token {
  /** Lower-case word without accents, or a class such as `<user>`, `<url>`, `<n>`, `<happy>`, `!`. */
  word: string;
  /** UTF-16 offsets in the text, `end` exclusive. */
  start: number;
  end: number;
  /** In capitals, at least two of them. */
  shout: boolean;
  /** Written longer than it is: "soooo". */
  stretched: boolean;
  /** A hashtag, or a part of one. */
  tag: boolean;
}

/** Longer texts are cut here: nobody's judgement of a post hangs on its last pages. */
export const MAX_TOKENS = 600;

const OTHER = 0;
const SPACE = 1;
const LETTER = 2;
const DIGIT = 3;
type Kind = number;

const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (code <= 32) return SPACE;
  if (/[A-Za-z_]/.test(char)) return LETTER;
  return /[0-9]/.test(char) ? DIGIT : OTHER;
});
const LETTERS = /[\p{L}\p{M}]/u;
const ENTITY = /&(?:(amp;)|(lt;3)|#?\w{1,8};)/y;
const SPACES = /\s|[\u200b-\u200f\u2060\ufeff]/;

/** Words and marks of `text`, in order, at most `MAX_TOKENS`. Training and judging both use this. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length && tokens.length < MAX_TOKENS) {
    const kind = kindAt(text, at);
    if (kind === SPACE) at++;
    else if (kind === LETTER) at = wordAt(text, at, tokens);
    else if (kind === DIGIT) at = numberAt(text, at, tokens);
    else at = markAt(text, at, tokens);
  }
  return tokens;
}

function kindAt(text: string, at: number): Kind {
  const code = text.charCodeAt(at);
  if (code < 128) return KINDS[code]!;
  if (code >= 0xd800 && code <= 0xdfff) {
    const point = text.codePointAt(at) ?? 0;
    return point < 0x1f000 && LETTERS.test(String.fromCodePoint(point)) ? LETTER : OTHER;
  }
  const char = text[at]!;
  if (LETTERS.test(char)) return LETTER;
  return SPACES.test(char) ? SPACE : OTHER;
}

function push(tokens: Token[], word: string, start: number, end: number): number {
  tokens.push({ word, start, end, shout: false, stretched: false, tag: false });
  return end;
}

function isApostrophe(code: number): boolean {
  return code === 39 || code === 0x2019 || code === 0x2018 || code === 96;
}

/** The end of the run of letters, digits, inner apostrophes and inner asterisks from `at` on. */
function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    const kind = code < 128 ? KINDS[code]! : kindAt(text, end);
    if (kind === LETTER || kind === DIGIT) {
      end += code >= 0xd800 && code <= 0xdbff ? 2 : 1;
      continue;
    }
    const joins = isApostrophe(code) || code === 42;
    if (!joins || end === at) break;
    let next = end + 1;
    while (code === 42 && text.charCodeAt(next) === 42) next++;
    if (next >= text.length || kindAt(text, next) !== LETTER) break;
    end = next;
  }
  return end;
}

const WEB = /(?:https?:\/\/|www\.|pic\.twitter\.com|t\.co\/)\S*/iy;

/** Whether two letters may open what `WEB` looks for: few words do, so that few are looked at. */
function mayBeWeb(first: number, second: number): boolean {
  if (first === 104) return second === 116;
  if (first === 119) return second === 119;
  if (first === 112) return second === 105;
  return first === 116 && second === 46;
}

/** The end of "don't" in texts that were tokenised before they reached us: "do n't". */
const SPLIT_NOT = / n['’]t(?![a-z])/iy;

function wordAt(text: string, start: number, tokens: Token[]): number {
  const first = text.charCodeAt(start) | 32;
  if (mayBeWeb(first, text.charCodeAt(start + 1) | 32)) {
    WEB.lastIndex = start;
    const web = WEB.exec(text)?.[0];
    if (web !== undefined) return push(tokens, '<url>', start, start + web.length);
  }
  if (first === 120 || (first === 116 && text[start + 1] === '_')) {
    const face = emoticonAt(text, start);
    if (face !== null) return push(tokens, face.word, start, face.end);
  }
  let end = wordEnd(text, start);
  if (text.charCodeAt(end) === 32 && (text.charCodeAt(end + 1) | 32) === 110) {
    SPLIT_NOT.lastIndex = end;
    if (SPLIT_NOT.test(text)) end += 4;
  }
  return pushWord(tokens, text, start, end, false);
}

function pushWord(tokens: Token[], text: string, start: number, end: number, tag: boolean): number {
  const { word, shout, stretched } = formOf(text.slice(start, end));
  if (word !== '') tokens.push({ word, start, end, shout, stretched, tag });
  return end;
}

const NUMBER = /\d+(?:[.,:]\d+)*/y;

const ORDINAL = /(?:st|nd|rd|th)(?![a-z0-9])/iy;

function numberAt(text: string, start: number, tokens: Token[]): number {
  NUMBER.lastIndex = start;
  const found = NUMBER.exec(text)![0];
  const end = start + found.length;
  const before = start > 0 ? text[start - 1]! : ' ';
  if (text[end] === '/') {
    const rating = /^(\d{1,2})\/(5|10|7|100)(?!\d)/.exec(text.slice(start, start + 6));
    if (rating !== null) {
      const word = rating[2] === '7' ? '24/7' : `${rating[1]}/10`;
      return push(tokens, word, start, start + rating[0].length);
    }
  }
  if ('$£€'.includes(before)) return push(tokens, '<money>', start, end);
  ORDINAL.lastIndex = end;
  if (ORDINAL.test(text)) return push(tokens, '<nth>', start, end + 2);
  return push(tokens, '<n>', start, end);
}

/** Camel-case and digit borders inside a hashtag: "#NoService2day" has four words. */
const TAG_PARTS = /\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{Lo}+/gu;

function tagAt(text: string, start: number, tokens: Token[]): number {
  const end = wordEnd(text, start + 1);
  if (end === start + 1) return start + 1;
  const body = text.slice(start + 1, end);
  const { word } = formOf(body);
  tokens.push({ word: `#${word}`, start, end, shout: false, stretched: false, tag: true });
  const parts = [...body.matchAll(TAG_PARTS)];
  if (parts.length < 2) return pushWord(tokens, text, start + 1, end, true);
  for (const part of parts) {
    const from = start + 1 + part.index;
    pushWord(tokens, text, from, from + part[0].length, true);
  }
  return end;
}

function runEnd(text: string, at: number, chars: string): number {
  let end = at;
  while (end < text.length && chars.includes(text[end]!)) end++;
  return end;
}

const HANDLE = /@\w[\w.-]*(?:@[\w.-]+\w)?/y;
const PLAIN_MARKS = new Map<string, string>(
  Object.entries({
    ',': ',',
    ':': ':',
    ';': ',',
    '(': '(',
    ')': ')',
    '"': '"',
    '“': '"',
    '”': '"',
    '«': '"',
    '»': '"',
    '%': '%',
    '+': '+',
    '—': '-',
    '–': '-',
    '…': '...',
  }),
);

function markAt(text: string, at: number, tokens: Token[]): number {
  const char = text[at]!;
  if (char === '@') {
    HANDLE.lastIndex = at;
    const handle = HANDLE.exec(text)?.[0];
    if (handle !== undefined) return push(tokens, '<user>', at, at + handle.length);
    return at + 1;
  }
  if (char === '#') return tagAt(text, at, tokens);
  if (char === '!' || char === '?') {
    const end = runEnd(text, at, '!?');
    const run = text.slice(at, end);
    const word = !run.includes('?') ? '!' : run.includes('!') ? '?!' : '?';
    return push(tokens, word !== '?!' && end - at > 1 ? word + word : word, at, end);
  }
  if (char === '.') {
    const end = runEnd(text, at, '.');
    return push(tokens, end - at > 1 ? '...' : '.', at, end);
  }
  if (char === '&') {
    ENTITY.lastIndex = at;
    const entity = ENTITY.exec(text);
    if (entity === null) return push(tokens, 'and', at, at + 1);
    const end = at + entity[0].length;
    if (entity[1] !== undefined) return push(tokens, 'and', at, end);
    return entity[2] !== undefined ? push(tokens, '<love>', at, end) : end;
  }
  const code = text.charCodeAt(at);
  if (':;=<>^-8'.includes(char)) {
    const face = emoticonAt(text, at);
    if (face !== null) return push(tokens, face.word, at, face.end);
  }
  const mark = PLAIN_MARKS.get(char);
  if (mark !== undefined) return push(tokens, mark, at, at + 1);
  if (isApostrophe(code)) {
    // "'s" and "'m" on their own come from texts that were tokenised before.
    if (kindIs(text, at + 1, LETTER) && at > 0 && text[at - 1] === ' ') {
      const end = wordEnd(text, at + 1);
      if (end - at <= 3) return push(tokens, text.slice(at, end).toLowerCase(), at, end);
    }
    return at + 1;
  }
  if (code < 0x2190) return at + 1;
  const point = text.codePointAt(at) ?? 0;
  const end = at + (point > 0xffff ? 2 : 1);
  const isEmoji =
    (point >= 0x1f000 && point < 0x20000) ||
    (point >= 0x2190 && point <= 0x2bff && !(point >= 0x2500 && point <= 0x25ff)) ||
    point === 0x203c ||
    point === 0x2049;
  if (isEmojiModifier(point) || !isEmoji) return end;
  return push(tokens, emojiClass(point), at, end);
}

function kindIs(text: string, at: number, kind: Kind): boolean {
  return at < text.length && kindAt(text, at) === kind;
}
