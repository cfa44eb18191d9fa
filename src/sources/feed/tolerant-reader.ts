import { QuoteType, Tokenizer } from 'htmlparser2';
import { MOST_ITEMS, type RawElement, type RawFeed } from './raw.ts';
import type { XmlElement, XmlNode } from './xml.ts';

/** Deeper than this nothing of a feed is. */
const DEEPEST = 60;
/** How far up an end tag looks for its element; the rest is taken for a stray one. */
const SEARCHED = 20;

const LEAVES = new Set(
  'title link guid id description summary pubdate published updated dc:creator dc:date'.split(' '),
);

interface Open {
  name: string;
  element: XmlElement;
  text: string[];
}

/**
 * Reads what the strict parser rejects: wrong nesting, missing end tags, unquoted attributes, other
 * prefixes and capitals, thousands of items. It goes through the tokens once and keeps no more than
 * the elements of the header and of the items. Null when there is nothing of a feed in it.
 */
export function readTolerantly(xml: string, prefixes: Map<string, string>): RawFeed | null {
  const items: XmlElement[] = [];
  const stack: Open[] = [];
  let root: XmlElement | null = null;
  let header: XmlElement | null = null;
  let pending: Open | null = null;
  let attribute: string | null = null;
  let value = '';

  function canonical(given: string): string {
    const [prefix = '', local] = given.split(':');
    if (local === undefined) return given.toLowerCase();
    const usual = prefixes.get(prefix) ?? prefix;
    const isOwn = usual === '' || (usual === 'atom' && (root === null || isAtom));
    return (isOwn ? local : `${usual}:${local}`).toLowerCase();
  }
  let isAtom = false;

  function open(isClosed: boolean): void {
    if (pending === null) return;
    const { name, element } = pending;
    if (root === null) {
      if (!/^(?:rss|feed|rdf|rdf:rdf|channel)$/u.test(name)) return;
      root = element;
      isAtom = name === 'feed';
    }
    // Nothing of the feed is inside these: one that is still open lacks its end tag.
    if (LEAVES.has(name) && LEAVES.has(stack.at(-1)?.name ?? '')) closeFrom(stack.length - 1);
    if (name === 'item' || name === 'entry') {
      // An item inside an item is one whose end tag is missing.
      const outer = stack.findIndex((one) => one.name === name);
      if (outer !== -1) closeFrom(outer);
      items.push(element);
      // Of a long feed its beginning and its end, since the newest may be at either.
      if (items.length > MOST_ITEMS * 4) items.splice(MOST_ITEMS, MOST_ITEMS * 2);
    } else if (name === 'channel' || name === 'feed') {
      header ??= element;
    } else {
      attach(stack.at(-1)?.element ?? root, name, element);
    }
    if (!isClosed && stack.length < DEEPEST) stack.push(pending);
    pending = null;
  }

  function attach(parent: XmlElement, name: string, element: XmlElement): void {
    if (parent === element || name === '$' || name === '_') return;
    const siblings = parent[name];
    if (Array.isArray(siblings)) siblings.push(element);
    else parent[name] = [element];
  }

  function closeFrom(index: number): void {
    for (const { element, text } of stack.splice(index)) element._ = text.join('');
  }

  const tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: true },
    {
      onopentagname(start, end) {
        const element = Object.create(null) as XmlElement;
        pending = {
          name: canonical(xml.slice(start, Math.min(end, start + 80))),
          element,
          text: [],
        };
      },
      onattribname(start, end) {
        attribute = xml.slice(start, Math.min(end, start + 80)).toLowerCase();
        value = '';
      },
      onattribdata: (start, end) => (value += xml.slice(start, Math.min(end, start + 4000))),
      onattribentity: (code) => (value += String.fromCodePoint(code)),
      onattribend(quote) {
        if (pending === null || attribute === null || quote === QuoteType.NoValue) return;
        pending.element.$ ??= Object.create(null) as Record<string, string>;
        pending.element.$[attribute] ??= value;
      },
      onopentagend: () => open(false),
      onselfclosingtag: () => open(true),
      onclosetag(start, end) {
        const name = canonical(xml.slice(start, Math.min(end, start + 80)));
        const lowest = Math.max(0, stack.length - SEARCHED);
        for (let index = stack.length - 1; index >= lowest; index -= 1) {
          if (stack[index]?.name !== name) continue;
          closeFrom(index);
          return;
        }
      },
      ontext: (start, end) => stack.at(-1)?.text.push(xml.slice(start, end)),
      ontextentity: (code) => stack.at(-1)?.text.push(String.fromCodePoint(code)),
      oncdata: (start, end, offset) => stack.at(-1)?.text.push(xml.slice(start, end - offset)),
      oncomment: () => undefined,
      ondeclaration: () => undefined,
      onprocessinginstruction: () => undefined,
      onend: () => closeFrom(0),
    },
  );
  tokenizer.write(xml);
  tokenizer.end();
  if (root === null || (header === null && items.length === 0)) return null;
  return { header: rawElement(header ?? root), items: items.map(rawElement) };
}

function rawElement(element: XmlElement): RawElement {
  const { $: attributes, _: _text, ...fields } = element;
  return { fields: fields as Record<string, XmlNode[]>, attributes: attributes ?? {} };
}
