import type { Address } from '../../core/source.ts';
import { webUrl } from '../json.ts';

export interface Place {
  site: string;
  tags: string[];
  phrase: string | null;
}

export const SITES =
  /^(?:[a-z]{2}\.)?(?:stackoverflow\.com|superuser\.com|serverfault\.com|askubuntu\.com|mathoverflow\.net|stackapps\.com)$|^(?:[a-z0-9-]+\.){1,2}stackexchange\.com$|^meta\.(?:stackoverflow|superuser|serverfault|askubuntu)\.com$/u;

/** A site, `/questions/tagged/one+two`, or `/search?q=phrase`; https:// may be left out. */
export function recognise(input: string): Address | null {
  const place = placeOf(input.trim());
  if (place === null) return null;
  const { site, tags, phrase } = place;
  if (tags.length > 0) {
    const address = `https://${site}/questions/tagged/${tags.map(encodeURIComponent).join('+')}`;
    return { address, label: `${site}, questions tagged ${tags.join(' and ')}` };
  }
  if (phrase !== null) {
    const address = `https://${site}/search?${new URLSearchParams({ q: phrase })}`;
    return { address, label: `${site}, questions with ${phrase}` };
  }
  return { address: `https://${site}/questions`, label: `${site}, all questions` };
}

export function placeOf(typed: string): Place | null {
  const url = webUrl(/^https?:\/\//iu.test(typed) ? typed : `https://${typed}`);
  if (url === null) return null;
  const { hostname, pathname, searchParams } = new URL(url);
  const site = hostname.replace(/^www\./u, '');
  if (!SITES.test(site)) return null;
  const tagged = /^\/(?:questions\/tagged|tags)\/([^/]+)/u.exec(pathname)?.[1];
  if (tagged !== undefined) {
    const tags = tagged
      .split(/\+|%20/u)
      .map(decoded)
      .filter(Boolean)
      .sort();
    // "one or two" is two lists.
    return tags.includes('or') ? null : { site, tags, phrase: null };
  }
  const isSearch = pathname === '/search';
  const phrase = isSearch ? searchParams.get('q')?.trim() || null : null;
  if (isSearch && phrase === null) return null;
  const isWhole = isSearch || /^\/(?:questions\/?)?$/u.test(pathname);
  return isWhole ? { site, tags: [], phrase } : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).toLowerCase();
  } catch {
    return text;
  }
}
