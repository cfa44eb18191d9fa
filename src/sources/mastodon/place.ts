import type { Address } from '../../core/source.ts';
import { webUrl } from '../json.ts';

export interface Place {
  origin: string;
  /** Null: the local timeline. */
  tag: string | null;
}

/** `https://host/tags/name`, or `https://host/public/local`; `#name@host` for short. */
export function recognise(input: string): Address | null {
  const short =
    /^#([\p{L}\p{N}\p{M}_·]+)@([\p{L}\p{N}\p{M}.-]+\.[\p{L}\p{N}\p{M}-]{2,}(?::\d+)?)$/u.exec(
      input.trim(),
    );
  const place = placeOf(short ? `https://${short[2]}/tags/${short[1]}` : input.trim());
  if (place === null) return null;
  const { origin, tag } = place;
  const { host } = new URL(origin);
  return tag === null
    ? { address: `${origin}/public/local`, label: `${host}, its own posts` }
    : { address: `${origin}/tags/${encodeURIComponent(tag)}`, label: `#${tag} on ${host}` };
}

export function placeOf(url: string): Place | null {
  if (webUrl(url) === null) return null;
  const { origin, pathname } = new URL(url);
  const path = safelyDecoded(pathname);
  if (/^\/(?:web\/timelines\/)?public\/local\/?$/u.test(path)) return { origin, tag: null };
  const tag = /^\/(?:tags|web\/timelines\/tag)\/([\p{L}\p{N}\p{M}_·]+)\/?$/u.exec(path)?.[1];
  // As Mastodon compares hashtags.
  return tag === undefined ? null : { origin, tag: tag.normalize('NFKC').toLowerCase() };
}

function safelyDecoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
