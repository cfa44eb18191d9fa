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
  return tidyText(/[<&]/u.test(markup) ? withoutTags(markup.slice(0, LONGEST_MARKUP)) : markup);
}

/** One tokenizer for all texts: to make a new one costs more than a short text does. */
const withoutTags = createStripper();

function createStripper(): (source: string) => string {
  let source = '';
  let text = '';
  /** The element whose content nobody sees. */
  let silencer: string | null = null;
  let name = '';
  let isAlternative = false;
  let alternative = '';

  function say(words: string): void {
    if (silencer === null) text += words;
  }

  function word(start: number, end: number): string {
    return source.slice(start, Math.min(end, start + 20)).toLowerCase();
  }

  function openTag(): void {
    if (silencer !== null) return;
    if (SILENT.has(name)) silencer = name;
    else if (BLOCKS.has(name)) text += '\n';
    else if (name === 'img' && isSmiley(alternative)) text += alternative;
  }

  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ontext: (start, end) => say(source.slice(start, end)),
      ontextentity: (code) => say(String.fromCodePoint(code)),
      oncdata: (start, end, offset) => say(source.slice(start, end - offset)),
      onopentagname(start, end) {
        name = word(start, end);
        alternative = '';
      },
      onattribname: (start, end) => (isAlternative = word(start, end) === 'alt'),
      onattribdata(start, end) {
        if (isAlternative) alternative += word(start, end);
      },
      onattribentity(code) {
        if (isAlternative && alternative.length < 20) alternative += String.fromCodePoint(code);
      },
      onopentagend: openTag,
      onselfclosingtag: openTag,
      onclosetag(start, end) {
        const closed = word(start, end);
        if (closed === silencer) silencer = null;
        else if (closed !== 'br' && BLOCKS.has(closed)) say('\n');
      },
      onattribend: () => undefined,
      oncomment: () => undefined,
      ondeclaration: () => undefined,
      onprocessinginstruction: () => undefined,
      onend: () => undefined,
    },
  );

  return (markup) => {
    [source, text, silencer] = [markup, '', null];
    tokenizer.reset();
    tokenizer.write(markup);
    tokenizer.end();
    return text;
  };
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
