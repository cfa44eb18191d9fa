/** What the readers hand on of an item: element names in one spelling, prefixes in the usual one. */
export const ITEM_NAMES = [
  'title',
  'link',
  'guid',
  'id',
  'description',
  'content',
  'content:encoded',
  'summary',
  'body',
  'xhtml:body',
  'itunes:summary',
  'itunes:subtitle',
  'media:description',
  'media:group',
  'author',
  'dc:creator',
  'dc:author',
  'dc:publisher',
  'dc:contributor',
  'contributor',
  'itunes:author',
  'pubDate',
  'published',
  'issued',
  'created',
  'updated',
  'modified',
  'date',
  'dc:date',
  'dcterms:issued',
  'dcterms:created',
  'dcterms:modified',
  'atom:published',
  'atom:updated',
  'atom:author',
  'atom:link',
  'atom:content',
  'atom:summary',
  'dc:language',
  'language',
  'dc:title',
  'dc:description',
  'dc:identifier',
  'enclosure',
  'media:content',
  'comments',
  'wfw:commentRss',
  'thr:in-reply-to',
  'source',
] as const;

/** The same of a feed as a whole. */
export const FEED_NAMES = [
  'title',
  'link',
  'atom:link',
  'language',
  'dc:language',
  'author',
  'atom:author',
  'dc:creator',
  'itunes:author',
  'managingEditor',
  'generator',
  'ttl',
  'skipHours',
  'skipDays',
  'sy:updatePeriod',
  'sy:updateFrequency',
  'at:deleted-entry',
] as const;

/** Usual prefixes by namespace; '' is for elements that need none. */
const PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/^http:\/\/purl\.org\/dc\/elements\/1\.1\/?$/u, 'dc'],
  [/^http:\/\/purl\.org\/dc\/terms\/?$/u, 'dcterms'],
  [/^http:\/\/purl\.org\/rss\/1\.0\/modules\/content\/?$/u, 'content'],
  [/^http:\/\/purl\.org\/rss\/1\.0\/modules\/syndication\/?$/u, 'sy'],
  [/^https?:\/\/www\.itunes\.com\/dtds\/podcast-1\.0\.dtd$/iu, 'itunes'],
  [/^https?:\/\/search\.yahoo\.com\/mrss\/?$/u, 'media'],
  [/^http:\/\/wellformedweb\.org\/CommentAPI\/?$/iu, 'wfw'],
  [/^http:\/\/purl\.org\/syndication\/thread\/1\.0\/?$/u, 'thr'],
  [/^http:\/\/purl\.org\/atompub\/tombstones\/1\.0\/?$/u, 'at'],
  [/^https?:\/\/www\.w3\.org\/2005\/atom\/?$/iu, 'atom'],
  [/^http:\/\/purl\.org\/atom\/ns#$/u, 'atom'],
  [/^http:\/\/www\.w3\.org\/1999\/xhtml$/u, 'xhtml'],
  [/^http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#$/u, 'rdf'],
  [/^http:\/\/(?:purl\.org\/(?:net\/)?rss|my\.netscape\.com\/rdf|backend\.userland\.com)/u, ''],
];

/** Declarations stand at the root as a rule, and at the first items at the latest. */
const DECLARED_WITHIN = 64 * 1024;

/** The document's own prefixes, and the usual one for each. */
export function readPrefixes(xml: string): Map<string, string> {
  const prefixes = new Map<string, string>();
  const head = xml.slice(0, DECLARED_WITHIN);
  for (const [, prefix = '', uri = ''] of head.matchAll(
    /\sxmlns:([\w.-]{1,40})\s{0,5}=\s{0,5}["']([^"'<>]{1,200})["']/gu,
  )) {
    const usual = PREFIXES.find(([pattern]) => pattern.test(uri.trim()))?.[1];
    if (usual !== undefined && !prefixes.has(prefix)) prefixes.set(prefix, usual);
  }
  return prefixes;
}
