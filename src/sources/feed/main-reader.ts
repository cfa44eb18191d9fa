import Parser from 'rss-parser';
import utils from 'rss-parser/lib/utils.js';
import { FEED_NAMES, ITEM_NAMES } from './names.ts';
import { MOST_ITEMS, type RawElement, type RawFeed } from './raw.ts';
import type { RepairedXml } from './repair.ts';
import type { XmlNode } from './xml.ts';

/**
 * The parser makes a plain-text snippet of every content, in time that grows with the square of its
 * length, and has no option against that. Nobody reads the snippets, so none are made.
 */
utils.getSnippet = () => '';

type CustomField = [name: string, key: string, options: { keepArray: true }];
type Parsed = Readonly<Record<string, unknown>>;

/** Elements beyond which a document is left to the reader that builds no tree of it. */
const MOST_ELEMENTS = 100_000;

/**
 * Reads a well-formed feed with `rss-parser`, which finds out what kind it is and where its items
 * are. The elements are taken raw: what is chosen from them is chosen in one place for all readers.
 * Throws for what the parser rejects, and for what would cost it too much.
 */
export async function readMain(
  { xml, names, tags }: RepairedXml,
  prefixes: ReadonlyMap<string, string>,
): Promise<RawFeed> {
  if (tags > MOST_ELEMENTS) throw new Error('too many elements');
  const custom = (wanted: readonly string[]) =>
    customFields(wanted, prefixes).filter(([name]) => name === ATTRIBUTES || names.has(name));
  const parser = new Parser<Parsed, Parsed>({
    defaultRSS: 2,
    customFields: {
      // The types know names only; the parser takes this form for both.
      feed: custom(FEED_NAMES) as unknown as string[],
      item: custom(ITEM_NAMES) as unknown as (string | { keepArray: boolean })[][],
    },
  });
  spare(parser as unknown as Insides);
  const parsed = await parser.parseString(xml);
  if (parsed.items.length > MOST_ITEMS) throw new Error('too many items');
  if (parsed.items.some(hasItems)) throw new Error('items within items');
  return { header: rawElement(parsed), items: parsed.items.map(rawElement) };
}

/** What is out of reach of the parser's options. */
interface Insides {
  setISODate: () => void;
  xmlParser: { saxParser: { trackPosition: boolean } };
}

/** Nobody reads the line and column of every character, nor a second form of every date. */
function spare(parser: Insides): void {
  parser.setISODate = () => undefined;
  parser.xmlParser.saxParser.trackPosition = false;
}

function customFields(
  names: readonly string[],
  prefixes: ReadonlyMap<string, string>,
): CustomField[] {
  const own = new Map([...prefixes].map(([prefix, usual]) => [usual, prefix]));
  const fields = names.map((name): CustomField => {
    const [prefix = '', local] = name.split(':');
    const actual = local === undefined ? name : `${own.get(prefix) ?? prefix}:${local}`;
    return [actual, keyOf(name), { keepArray: true }];
  });
  const more = [ATTRIBUTES, ...NESTED].map((name): CustomField => {
    return [name, keyOf(name), { keepArray: true }];
  });
  return [...fields, ...more];
}

/** A key of our own, so that nothing of what the parser itself sets stands in the way. */
function keyOf(name: string): string {
  return `${OWN}${name.toLowerCase()}`;
}

const OWN = 'raw ';
const ATTRIBUTES = '$';

/** Items that would be lost: where end tags are missing, the parser nests what should follow. */
const NESTED = ['item', 'entry'];

function hasItems(item: Parsed): boolean {
  return NESTED.some((name) => item[keyOf(name)] !== undefined);
}

function rawElement(parsed: Parsed): RawElement {
  const fields: Record<string, XmlNode[]> = {};
  for (const key in parsed) {
    const found = parsed[key];
    if (key.startsWith(OWN) && Array.isArray(found)) {
      fields[key.slice(OWN.length)] = found as XmlNode[];
    }
  }
  const attributes = parsed[keyOf(ATTRIBUTES)] as RawElement['attributes'] | undefined;
  return { fields, attributes: attributes ?? {} };
}
