import { attributeOf, textOf, type XmlFields, type XmlNode } from './xml.ts';

/**
 * The address at which a person reads an item, absolute, http(s) only. Atom links by their `rel`
 * (a page before anything else), RSS links by their text, a permalink guid, and at last the file of
 * a podcast.
 */
export function chooseLink(fields: XmlFields, bases: readonly (string | null)[]): string | null {
  const links = [...(fields['link'] ?? []), ...(fields['atom:link'] ?? [])];
  const candidates = [
    ...links.filter((link) => isPage(link)).map(hrefOf),
    ...links.filter((link) => attributeOf(link, 'href') === null).map(textOf),
    ...links.filter((link) => isAlternate(link)).map(hrefOf),
    permalink(fields),
    ...links.filter((link) => attributeOf(link, 'rel') === 'self').map(hrefOf),
    httpOnly(textOf(fields['id']?.[0])),
    ...(fields['enclosure'] ?? []).map((node) => attributeOf(node, 'url')),
    ...(fields['media:content'] ?? []).map((node) => attributeOf(node, 'url')),
    ...links.filter((link) => attributeOf(link, 'rel') === 'enclosure').map(hrefOf),
  ];
  for (const candidate of candidates) {
    const found = webLink(candidate, bases);
    if (found !== null) return found;
  }
  return null;
}

function isAlternate(link: XmlNode): boolean {
  return (attributeOf(link, 'rel') ?? 'alternate') === 'alternate' && hrefOf(link) !== null;
}

function isPage(link: XmlNode): boolean {
  const type = attributeOf(link, 'type');
  return isAlternate(link) && (type === null || type === '' || type.includes('html'));
}

function hrefOf(link: XmlNode): string | null {
  return attributeOf(link, 'href');
}

/** A guid is a permalink unless it says that it is not. */
function permalink(fields: XmlFields): string | null {
  const guid = fields['guid']?.[0];
  const isNot = attributeOf(guid, 'ispermalink') ?? attributeOf(guid, 'isPermaLink');
  return isNot?.toLowerCase() === 'false' ? null : httpOnly(textOf(guid));
}

function httpOnly(text: string): string | null {
  return /^https?:\/\//iu.test(text) ? text : null;
}

/**
 * An absolute http(s) address, resolved against the bases from the innermost outwards; null for
 * everything else. Redirectors that say openly where they lead are opened.
 */
export function webLink(
  address: string | null | undefined,
  bases: readonly (string | null)[],
): string | null {
  const trimmed = address?.trim() ?? '';
  if (trimmed === '' || trimmed.length > 4000) return null;
  const isAbsolute = /^[a-z][a-z0-9+.-]*:/iu.test(trimmed);
  const url = parse(trimmed, isAbsolute ? undefined : resolveBases(bases));
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  url.username = '';
  url.password = '';
  return unwrap(url).href;
}

/** `xml:base` may itself be relative to that of the element around it. */
export function resolveBases(bases: readonly (string | null)[]): string | undefined {
  let base: string | undefined;
  for (const one of [...bases].reverse()) {
    if (one !== null && one !== '') base = parse(one, base)?.href ?? base;
  }
  return base;
}

function parse(address: string, base: string | undefined): URL | null {
  return URL.canParse(address, base) ? new URL(address, base) : null;
}

/** Google Alerts and Bing News put their own address before the real one. */
function unwrap(url: URL): URL {
  const isGoogle = /^www\.google\.[a-z.]{2,6}$/u.test(url.hostname) && url.pathname === '/url';
  const isBing = url.hostname === 'www.bing.com' && /\/apiclick\.aspx$/iu.test(url.pathname);
  const inner = isGoogle
    ? (url.searchParams.get('url') ?? url.searchParams.get('q'))
    : isBing
      ? url.searchParams.get('url')
      : null;
  return inner !== null && /^https?:\/\//iu.test(inner) && URL.canParse(inner)
    ? new URL(inner)
    : url;
}
