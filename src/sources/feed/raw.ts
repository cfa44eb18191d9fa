import type { XmlFields } from './xml.ts';

/** A feed as a reader found it, before anything was chosen. */
export interface RawFeed {
  header: RawElement;
  items: RawElement[];
}

/** The known child elements, by name in lower case, and the attributes of the element itself. */
export interface RawElement {
  fields: XmlFields;
  attributes: Readonly<Record<string, string>>;
}

/** Items that are read of one document. */
export const MOST_ITEMS = 2000;

/** Of too many items the newest: they come first, and in a few feeds last, as their dates tell. */
export function newestItems<T>(
  items: readonly T[],
  dateOf: (item: T) => Date | null,
): readonly T[] {
  const [first, last] = [items[0], items.at(-1)];
  if (items.length <= MOST_ITEMS || first === undefined || last === undefined) return items;
  const isRising = (dateOf(last)?.getTime() ?? 0) > (dateOf(first)?.getTime() ?? Infinity);
  return isRising ? items.slice(-MOST_ITEMS) : items.slice(0, MOST_ITEMS);
}
