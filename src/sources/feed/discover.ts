import { webLink } from './links.ts';
import { textOfMarkup } from './markup.ts';

const READ = 512 * 1024;
const MOST_LINKS = 7;
const FEED_TYPES = /^(?:application\/(?:(?:rss|atom|rdf)\+xml|xml|feed\+json)|text\/xml)\b/iu;

/** A quoted value may hold the sign that ends other tags. */
const LINK = /<link\b(?:[^>"']|"[^"]{0,1000}"|'[^']{0,1000}'){1,1000}>/giu;

/** Where sites keep their feed when they do not say it. */
const USUAL_PLACES = ['feed', '/feed', '/rss', '/feed.xml', '/rss.xml', '/atom.xml', '/index.xml'];

/**
 * Addresses of feeds that a web page names with `<link rel="alternate">`, in its order; without any,
 * the usual places.
 */
export function discoverFeeds(html: string, url: string): string[] {
  const page = html.slice(0, READ);
  const base = attributesOf(/<base\b[^>]{1,2000}>/iu.exec(page)?.[0] ?? '')['href'] ?? null;
  const named = [...page.matchAll(LINK)]
    .map(([tag]) => attributesOf(tag))
    .filter(({ rel, type }) => /\balternate\b/iu.test(rel ?? '') && FEED_TYPES.test(type ?? ''))
    .map(({ href }) => webLink(href?.replace(/^\s*feed:(?=https?:)/iu, ''), [base, url]))
    .filter((found) => found !== null);
  const places = USUAL_PLACES.map((place) =>
    webLink(place, [place.startsWith('/') ? url : withSlash(url)]),
  ).filter((found) => found !== null);
  return [...new Set(named.length > 0 ? named : places)].slice(0, MOST_LINKS);
}

function withSlash(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/*$/u, '/')}`;
}

function attributesOf(tag: string): Record<string, string | undefined> {
  const found = tag.matchAll(
    /\s([a-z-]{1,20})\s{0,5}=\s{0,5}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/giu,
  );
  return Object.fromEntries(
    [...found].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      textOfMarkup(double ?? single ?? bare ?? ''),
    ]),
  );
}
