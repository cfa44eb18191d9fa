import Parser from 'rss-parser';
import utils from 'rss-parser/lib/utils.js';
import { FEED_NAMES, ITEM_NAMES } from './names.ts';
import { MOST_ITEMS, type RawElement, type RawFeed } from './raw.ts';
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
export async function readMain(xml: string, prefixes: Map<string, string>): Promise<RawFeed> {
  if (countTags(xml) > MOST_ELEMENTS * 2) throw new Error('too many elements');
  const parser = new Parser<Parsed, Parsed>({
    defaultRSS: 2,
    customFields: {
      // The types know names only; the parser takes this form for both.
      feed: customFields(FEED_NAMES, prefixes) as unknown as string[],
      item: customFields(ITEM_NAMES, prefixes) as unknown as (string | { keepArray: boolean })[][],
    },
  });
  const parsed = await parser.parseString(xml);
  if (parsed.items.length > MOST_ITEMS) throw new Error('too many items');
  if (parsed.items.some(hasItems)) throw new Error('items within items');
  return { header: rawElement(parsed, FEED_NAMES), items: parsed.items.map(rawItem) };
}

function countTags(xml: string): number {
  let count = 0;
  for (let at = xml.indexOf('<'); at !== -1; at = xml.indexOf('<', at + 1)) count += 1;
  return count;
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
  const more = ['$', ...NESTED].map((name): CustomField => [
    name,
    keyOf(name),
    { keepArray: true },
  ]);
  return [...fields, ...more];
}

/** A key of our own, so that nothing of what the parser itself sets stands in the way. */
function keyOf(name: string): string {
  return `raw ${name.toLowerCase()}`;
}

/** Items that would be lost: where end tags are missing, the parser nests what should follow. */
const NESTED = ['item', 'entry'];

function hasItems(item: Parsed): boolean {
  return NESTED.some((name) => item[keyOf(name)] !== undefined);
}

function rawItem(item: Parsed): RawElement {
  return rawElement(item, ITEM_NAMES);
}

function rawElement(parsed: Parsed, names: readonly string[]): RawElement {
  const fields: Record<string, XmlNode[]> = {};
  for (const name of names) {
    const found = parsed[keyOf(name)];
    if (Array.isArray(found)) fields[name.toLowerCase()] = found as XmlNode[];
  }
  return { fields, attributes: (parsed[keyOf('$')] as Record<string, string> | undefined) ?? {} };
}
