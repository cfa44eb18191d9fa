import { Parser } from 'htmlparser2';

/** Characters of a post that are kept, and of the markup that is read for them. */
const LONGEST_TEXT = 20_000;
const LONGEST_MARKUP = 400_000;

const BLOCKS = new Set(
  'address article aside blockquote br dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tr ul'.split(
    ' ',
  ),
);
const SILENT = new Set(['script', 'style', 'template', 'head', 'noscript', 'svg']);

/**
 * Plain text of a fragment of HTML: a line for each block, entities resolved, pictures by their
 * alternative text. `isForeign` names elements whose content somebody else wrote (a quotation).
 */
export function textOfHtml(
  html: string,
  isForeign: (name: string, attributes: Readonly<Record<string, string>>) => boolean = () => false,
): string {
  const parts: string[] = [];
  let silent = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (silent > 0 || SILENT.has(name) || isForeign(name, attributes)) silent += 1;
        else if (BLOCKS.has(name)) parts.push('\n');
        else if (name === 'img') parts.push(attributes['alt'] ?? '');
      },
      ontext(text) {
        if (silent === 0) parts.push(text);
      },
      onclosetag(name) {
        if (silent > 0) silent -= 1;
        else if (BLOCKS.has(name) && name !== 'br') parts.push('\n');
      },
    },
    { decodeEntities: true },
  );
  parser.end(html.slice(0, LONGEST_MARKUP));
  return plain(parts.join(''));
}

/**
 * Plain text of Markdown as forums and trackers write it: without the comments of templates,
 * pictures, quoted lines (others wrote them) and the signs of emphasis, headings, links and code.
 */
export function textOfMarkdown(markdown: string): string {
  const kept = markdown
    .slice(0, LONGEST_MARKUP)
    .replace(/\r\n?/gu, '\n')
    .split('<!--')
    .map((part, index) => (index === 0 ? part : afterComment(part)))
    .join('')
    .split('\n')
    .filter((line) => !/^ {0,3}(?:>|```|~~~|:::)/u.test(line))
    .map((line) => line.replace(/^ {0,3}(?:#{1,6} +|[-*+] +(?:\[[ xX]\] +)?)/u, ''))
    .join('\n')
    .replace(/!\[[^\][]{0,300}\]\([^()\s]{0,2000}\)/gu, '')
    .replace(/\[([^\][]{1,300})\]\([^()\s]{0,2000}\)/gu, '$1')
    .replace(/\*\*|__|~~|`/gu, '')
    .replace(/(?<![\w*])[*_](\S[^*_\n]{0,300})[*_](?![\w*])/gu, '$1');
  return plain(kept);
}

/**
 * Tidies plain text: no control characters and no overrides of the reading direction (they make a
 * text say other words than it shows), no long runs of blanks, capped.
 */
export function plain(text: string): string {
  const tidy = text
    .slice(0, LONGEST_MARKUP)
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
  return tidy.length <= LONGEST_TEXT
    ? tidy
    : tidy.slice(0, LONGEST_TEXT).replace(/[\ud800-\udbff]$/u, '');
}

function afterComment(part: string): string {
  const end = part.indexOf('-->');
  return end === -1 ? '' : part.slice(end + 3);
}
