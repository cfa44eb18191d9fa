export interface RepairedXml {
  xml: string;
  /** Names of the elements in it, as they are written. */
  names: ReadonlySet<string>;
  /** How many start tags it has. */
  tags: number;
}

/**
 * Makes a feed's XML fit for a strict parser, in one pass over its `<` and `&` and in time that
 * grows with its length only:
 * - what comes before the root and after it, comments, processing instructions and the DOCTYPE go
 *   (with the DOCTYPE goes every entity bomb);
 * - an `&` that begins nothing that XML knows is escaped, so that `&nbsp;` reaches the HTML reader;
 * - a `<` that begins no tag is escaped;
 * - control characters go;
 * - markup inside the elements that hold text is wrapped whole as character data, in its order;
 * - references in such an element are resolved, which costs the parser more than all other text.
 */
export function repairXml(text: string): RepairedXml {
  const source = withinRoot(withoutControls(text));
  const texts = createTextElements(source);
  const parts: string[] = [];
  const names = new Set<string>();
  let tags = 0;
  let kept = 0;
  const replace = (from: number, to: number, by: string): void => {
    parts.push(source.slice(kept, from), by);
    kept = to;
  };
  const mark = /[<&]/gu;
  while (mark.test(source)) {
    const at = mark.lastIndex - 1;
    const next = source.charCodeAt(at + 1);
    if (source.charCodeAt(at) === AMPERSAND) {
      if (!isXmlReference(source.slice(at, at + 12))) replace(at, at + 1, '&amp;');
    } else if (next === EXCLAMATION && source.startsWith('<![CDATA[', at)) {
      mark.lastIndex = after(source, ']]>', at);
      if (!source.startsWith(']]>', mark.lastIndex - 3)) {
        replace(source.length, source.length, ']]>');
        break;
      }
    } else if (next === EXCLAMATION || next === QUESTION) {
      const end = source.startsWith('!--', at + 1) ? '-->' : '>';
      mark.lastIndex = after(source, end, at);
      replace(at, mark.lastIndex, '');
    } else if (isNameStart(next)) {
      const name = nameAt(source, at + 1);
      names.add(name);
      tags += 1;
      const found = TEXT_ELEMENTS.has(name) ? texts(name, at) : null;
      if (found !== null) {
        replace(found.start, found.end, found.wrapped);
        mark.lastIndex = found.end;
      }
    } else if (next !== SLASH) {
      replace(at, at + 1, '&lt;');
    }
  }
  parts.push(source.slice(kept));
  return { xml: parts.join(''), names, tags };
}

const AMPERSAND = 0x26;
const EXCLAMATION = 0x21;
const SLASH = 0x2f;
const QUESTION = 0x3f;

/** Elements whose content is a text for people, whatever the feed says it is. */
const TEXT_ELEMENTS = new Set([
  'title',
  'description',
  'summary',
  'content',
  'content:encoded',
  'itunes:summary',
  'itunes:subtitle',
  'subtitle',
  'tagline',
  'info',
  'media:description',
  'xhtml:body',
  'body',
  'copyright',
  'rights',
]);

const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu;

function withoutControls(text: string): string {
  return CONTROLS.test(text) ? text.replace(CONTROLS, '') : text;
}

const ROOT = /<(?:[a-z][\w.-]{0,30}:)?(?:rss|feed|rdf|channel)[\s>]/iu;
const ROOT_ENDS = /<\/(?:[a-z][\w.-]{0,30}:)?(?:rss|feed|rdf|channel)\s*>\s*$/iu;

/** From the root's tag to its end, as far as they are found. */
function withinRoot(text: string): string {
  const start = ROOT.exec(text)?.index ?? 0;
  const end = text.lastIndexOf('>') + 1;
  const trimmed = text.slice(start, end === 0 ? text.length : end);
  if (ROOT_ENDS.test(trimmed.slice(-200))) return trimmed;
  const name = /^<([^\s>]{1,60})/u.exec(trimmed)?.[1];
  const last = name === undefined ? -1 : trimmed.lastIndexOf(`</${name}>`);
  return last === -1 ? trimmed : trimmed.slice(0, last + `</${name}>`.length);
}

/** A name ends at the first character that no name has; nobody means one longer than this. */
function nameAt(source: string, start: number): string {
  let end = start;
  while (end < start + 60 && isNamePart(source.charCodeAt(end))) end += 1;
  return source.slice(start, end);
}

function isNamePart(code: number): boolean {
  return isNameStart(code) || (code >= 45 && code <= 58 && code !== SLASH);
}

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 127;
}

const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(?:x([0-9a-f]{1,6})|(\d{1,7})));/giu;
const BEGINS_REFERENCE = new RegExp(`^${REFERENCE.source}`, 'iu');
const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" },
};

function isXmlReference(text: string): boolean {
  const [whole, name, hex, decimal] = BEGINS_REFERENCE.exec(text) ?? [];
  return whole !== undefined && resolve(name, hex, decimal) !== null;
}

/** A text with its references as the parser would read them; all else is the HTML reader's. */
function resolved(text: string): string {
  return text.replace(
    REFERENCE,
    (whole, name?: string, hex?: string, decimal?: string) => resolve(name, hex, decimal) ?? whole,
  );
}

/**
 * The five names of XML, and numbers of real characters. 128 to 159 are left to the HTML reader,
 * for which they are the characters of windows-1252 that were meant.
 */
function resolve(name?: string, hex?: string, decimal?: string): string | null {
  if (name !== undefined) return NAMED[name] ?? null;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  const isPlain = (code >= 32 && code < 127) || code === 9 || code === 10 || code === 13;
  const isOther = code > 159 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isPlain || isOther ? String.fromCodePoint(code) : null;
}

function after(text: string, wanted: string, from: number): number {
  const found = text.indexOf(wanted, from);
  return found === -1 ? text.length : found + wanted.length;
}

interface TextElement {
  start: number;
  end: number;
  wrapped: string;
}

/**
 * Finds the content of the element that holds a text and begins at an index, when there is more in it
 * than plain text. Every stretch of the source is looked at once: where an element ends is
 * remembered, and an end that did not fit is not tried again.
 */
function createTextElements(source: string): (name: string, open: number) => TextElement | null {
  const ends = new Map<string, { at: number; fits: boolean }>();

  function endOf(name: string, from: number): number | null {
    let end = ends.get(name);
    if (end === undefined || (end.at !== -1 && end.at < from)) {
      end = { at: source.indexOf(`</${name}`, from), fits: true };
      ends.set(name, end);
    }
    return end.at === -1 || !end.fits ? null : end.at;
  }

  return (name, open) => {
    const start = after(source, '>', open);
    if (source.charCodeAt(start - 2) === SLASH) return null;
    const end = endOf(name, start);
    if (end === null) return null;
    const content = source.slice(start, end);
    if (source.indexOf('<', start) === end) {
      // A quoted value may hold the sign that was taken for the end of the tag.
      return content.includes('&') && WHOLE_TAG.test(source.slice(open, start))
        ? { start, end, wrapped: section(resolved(content)) }
        : null;
    }
    const outside = withoutSections(content);
    if (!outside.includes('<')) return null;
    if (/<(?:item|entry)[\s>]/u.test(outside)) {
      // It was not closed, and this is the end of a later one.
      ends.set(name, { at: end, fits: false });
      return null;
    }
    const bare = content.replaceAll('<![CDATA[', '').replaceAll(']]>', '');
    return { start, end, wrapped: section(bare) };
  };
}

const WHOLE_TAG = /^[^"']*(?:"[^"]*"[^"']*|'[^']*'[^"']*)*$/u;

/** Character data, in two parts where its own end mark stands in it. */
function section(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function withoutSections(text: string): string {
  return text
    .split('<![CDATA[')
    .map((part, index) => {
      if (index === 0) return part;
      const end = part.indexOf(']]>');
      return end === -1 ? '' : part.slice(end + 3);
    })
    .join('');
}
