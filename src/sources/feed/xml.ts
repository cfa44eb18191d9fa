/** An element as the readers hand it on: its text alone, or what is in it. */
export type XmlNode = string | XmlElement;

export interface XmlElement {
  /** Attributes, and text; other members are child elements by name. */
  $?: Record<string, string>;
  _?: string;
  [name: string]: XmlNode[] | Record<string, string> | string | undefined;
}

/** Elements by name, prefixes normalised (`dc:`, `atom:`), all in lower case. */
export type XmlFields = Readonly<Record<string, readonly XmlNode[] | undefined>>;

export function textOf(node: XmlNode | undefined): string {
  if (node === undefined) return '';
  return (typeof node === 'string' ? node : (node._ ?? '')).trim();
}

export function attributeOf(node: XmlNode | undefined, name: string): string | null {
  if (node === undefined || typeof node === 'string') return null;
  return node.$?.[name]?.trim() ?? null;
}

/** Child elements by their name, whatever prefix and capitals they have. */
export function childrenOf(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  if (node === undefined || typeof node === 'string') return [];
  return Object.entries(node).flatMap(([key, children]) => {
    const local = key.slice(key.indexOf(':') + 1).toLowerCase();
    return local === name && Array.isArray(children) ? children : [];
  });
}

/** The first text that says something, of the elements in the given order of names. */
export function firstText(fields: XmlFields, names: readonly string[]): string | null {
  for (const name of names) {
    for (const node of fields[name] ?? []) {
      const text = textOf(node);
      if (text !== '') return text;
    }
  }
  return null;
}
