import { Tokenizer } from 'htmlparser2';

/** Characters of a text that are kept, and of the markup that is read for them. */
const LONGEST_TEXT = 20_000;
const LONGEST_MARKUP = 400_000;

const BLOCKS = new Set(
  'address article aside blockquote br dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table td th tr ul'.split(
    ' ',
  ),
);
const SILENT = new Set(['script', 'style', 'template', 'head', 'noscript', 'svg']);

/**
 * Plain text of a fragment of HTML: a line for each block, entities resolved, smileys by their
 * alternative text. Reads tokens and builds no tree, so that its time grows with the length of the
 * markup only, however it is nested.
 */
export function textOfMarkup(markup: string): string {
  if (!/[<&]/u.test(markup)) return tidyText(markup);
  const source = markup.slice(0, LONGEST_MARKUP);
  const parts: string[] = [];
  let silencer: string | null = null;
  let name = '';
  let attribute = '';
  let alternative = '';
  const openTag = (): void => {
    if (silencer !== null) return;
    if (SILENT.has(name)) silencer = name;
    else if (BLOCKS.has(name)) parts.push('\n');
    else if (name === 'img' && isSmiley(alternative)) parts.push(alternative);
  };
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ontext: (start, end) => {
        if (silencer === null) parts.push(source.slice(start, end));
      },
      ontextentity: (code) => {
        if (silencer === null) parts.push(String.fromCodePoint(code));
      },
      oncdata: (start, end, offset) => {
        if (silencer === null) parts.push(source.slice(start, end - offset));
      },
      onopentagname: (start, end) => {
        name = source.slice(start, Math.min(end, start + 20)).toLowerCase();
        alternative = '';
      },
      onattribname: (start, end) => (attribute = source.slice(start, Math.min(end, start + 4))),
      onattribdata: (start, end) => {
        if (attribute === 'alt') alternative += source.slice(start, Math.min(end, start + 20));
      },
      onattribentity: (code) => {
        if (attribute === 'alt' && alternative.length < 20) {
          alternative += String.fromCodePoint(code);
        }
      },
      onopentagend: openTag,
      onselfclosingtag: openTag,
      onclosetag: (start, end) => {
        const closed = source.slice(start, Math.min(end, start + 20)).toLowerCase();
        if (closed === silencer) silencer = null;
        else if (silencer === null && BLOCKS.has(closed) && closed !== 'br') parts.push('\n');
      },
      onattribend: () => undefined,
      oncomment: () => undefined,
      ondeclaration: () => undefined,
      onprocessinginstruction: () => undefined,
      onend: () => undefined,
    },
  );
  tokenizer.write(source);
  tokenizer.end();
  return tidyText(parts.join(''));
}

/** Forums write smileys as pictures; their alternative text is a sign, not words. */
function isSmiley(alternative: string): boolean {
  return alternative.length <= 8 && !/[\p{L}\p{N}]/u.test(alternative);
}

/**
 * Tidies plain text: no control characters, no overrides of the reading direction and no invisible
 * characters (they make a text say other words than it shows), no halves of characters, no long runs
 * of blanks, capped.
 */
export function tidyText(text: string): string {
  let tidy = text.slice(0, LONGEST_MARKUP);
  if (/[^\n\x20-\x7e\xa1-\xac\xae-\u061b\u061d-\u180d\u180f-\u1fff]/u.test(tidy)) {
    tidy = tidy
      .replace(UNSEEN, '')
      .replace(LONE, '\ufffd')
      .replace(/[^\S\n]/gu, ' ');
  }
  if (/ {2}|\n /u.test(tidy)) tidy = tidy.replace(/ {2,}/gu, ' ').replace(/\n /gu, '\n');
  tidy = tidy
    .replace(/ \n/gu, '\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
  return tidy.length <= LONGEST_TEXT
    ? tidy
    : tidy.slice(0, LONGEST_TEXT).replace(/[\ud800-\udbff]$/u, '');
}

/** The zero-width joiners stay: emoji and several scripts are made with them. */
const UNSEEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const LONE = /\p{Surrogate}/gu;
