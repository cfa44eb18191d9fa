import { Tokenizer } from 'htmlparser2';
import { textOfMarkup, tidyText as plain } from './feed/markup.ts';

export { plain };

/** Characters of markup that are read. */
const LONGEST_MARKUP = 400_000;

/** Whether somebody else than the author speaks in an element: a quotation, a listing. */
export type IsForeign = (name: string, classes: readonly string[]) => boolean;

/** Plain text of a fragment of HTML, without what is foreign in it. */
export function textOfHtml(html: string, isForeign?: IsForeign): string {
  return textOfMarkup(isForeign === undefined ? html : withoutElements(html, isForeign));
}

/**
 * Cuts elements out of HTML. Only the depth of the element that is being cut is counted, so that the
 * time grows with the length of the markup, however it is nested.
 */
function withoutElements(html: string, isForeign: IsForeign): string {
  const source = html.slice(0, LONGEST_MARKUP);
  let kept = '';
  let keptTo = 0;
  let cut: { name: string; depth: number } | null = null;
  let tag = { name: '', start: 0, classes: '' };
  let isClass = false;

  const tokenizer = new Tokenizer(
    { decodeEntities: false },
    {
      onopentagname(start, end) {
        tag = { name: source.slice(start, end).toLowerCase(), start: start - 1, classes: '' };
      },
      onattribname: (start, end) => (isClass = source.slice(start, end).toLowerCase() === 'class'),
      onattribdata(start, end) {
        if (isClass) tag.classes += source.slice(start, end);
      },
      onopentagend() {
        if (cut !== null) {
          if (tag.name === cut.name) cut.depth += 1;
        } else if (isForeign(tag.name, tag.classes.split(/\s+/u))) {
          kept += source.slice(keptTo, tag.start);
          cut = { name: tag.name, depth: 1 };
        }
      },
      onclosetag(start, end) {
        if (cut === null || source.slice(start, end).toLowerCase() !== cut.name) return;
        cut.depth -= 1;
        if (cut.depth > 0) return;
        cut = null;
        keptTo = end + 1;
      },
      ontext: () => undefined,
      ontextentity: () => undefined,
      oncdata: () => undefined,
      onattribentity: () => undefined,
      onselfclosingtag: () => undefined,
      onattribend: () => undefined,
      oncomment: () => undefined,
      ondeclaration: () => undefined,
      onprocessinginstruction: () => undefined,
      onend: () => undefined,
    },
  );
  tokenizer.write(source);
  tokenizer.end();
  return cut === null ? kept + source.slice(keptTo) : kept;
}

/** A line that nobody says: a quotation (others wrote it), or the fence of a listing or a box. */
const UNSPOKEN = /^ {0,3}(?:>|```|~~~|:::)/u;
const HEADING_OR_ITEM = /^ {0,3}(?:#{1,6} +|[-*+] +(?:\[[ xX]\] +)?)/u;

/**
 * Plain text of Markdown as forums and trackers write it: without the comments of templates,
 * pictures, quoted lines and the signs of emphasis, headings, links and code.
 */
export function textOfMarkdown(markdown: string): string {
  const spoken = withoutComments(markdown.slice(0, LONGEST_MARKUP).replace(/\r\n?/gu, '\n'))
    .split('\n')
    .filter((line) => !UNSPOKEN.test(line))
    .map((line) => line.replace(HEADING_OR_ITEM, ''))
    .join('\n')
    .replace(/!\[[^\][]{0,300}\]\([^()\s]{0,2000}\)/gu, '')
    .replace(/\[([^\][]{1,300})\]\([^()\s]{0,2000}\)/gu, '$1')
    .replace(/\*\*|__|~~|`/gu, '')
    .replace(/(?<![\w*])[*_](\S[^*_\n]{0,300})[*_](?![\w*])/gu, '$1');
  return plain(spoken);
}

function withoutComments(markdown: string): string {
  const [first = '', ...others] = markdown.split('<!--');
  return first + others.map(afterComment).join('');
}

function afterComment(part: string): string {
  const end = part.indexOf('-->');
  return end === -1 ? '' : part.slice(end + 3);
}
