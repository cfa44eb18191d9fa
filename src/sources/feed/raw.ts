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

/** Items that are read of one document; the newest come first in all but a few. */
export const MOST_ITEMS = 2000;
