import type { Address } from '../../core/source.ts';
import { webUrl } from '../json.ts';

export type Place = { owner: string; name: string } | { phrase: string };

/** First parts of a path that are GitHub's own pages, not people. */
const RESERVED = new Set(
  'about apps collections contact customer-stories enterprise events explore features issues join login marketplace new notifications orgs organizations pricing pulls readme search security sessions settings site sponsors stars team topics trending users'.split(
    ' ',
  ),
);

/** `https://github.com/owner/repo`, `github:owner/repo`, `github:"phrase"`, or a search's page. */
export function recognise(input: string): Address | null {
  const place = placeOf(input.trim());
  if (place === null) return null;
  if ('phrase' in place) {
    const query = new URLSearchParams({ q: place.phrase, type: 'issues' });
    const label = `GitHub, issues with ${place.phrase}`;
    return { address: `https://github.com/search?${query}`, label };
  }
  const { owner, name } = place;
  return { address: `https://github.com/${owner}/${name}`, label: `${owner}/${name} on GitHub` };
}

export function placeOf(typed: string): Place | null {
  const short = /^github:(.+)$/iu.exec(typed)?.[1]?.trim();
  if (short !== undefined && !/^https?:/iu.test(short)) {
    return /^[\w.-]+\/[\w.-]+$/u.test(short)
      ? placeOf(`https://github.com/${short}`)
      : { phrase: short };
  }
  const given = (short ?? typed).replace(/^git@github\.com:/iu, 'https://github.com/');
  const url = webUrl(/^https?:\/\//iu.test(given) ? given : `https://${given}`);
  if (url === null) return null;
  const { hostname, pathname, searchParams } = new URL(url);
  if (hostname !== 'github.com' && hostname !== 'www.github.com') return null;
  if (pathname === '/search') {
    const phrase = searchParams.get('q')?.trim() ?? '';
    const isIssues = ['issues', 'pullrequests', ''].includes(searchParams.get('type') ?? '');
    return phrase !== '' && isIssues ? { phrase } : null;
  }
  const match = /^\/([\w-]+)\/([\w.-]+?)(?:\.git)?(?:\/(?!.*\.atom$).*)?$/u.exec(pathname);
  const [, owner, name] = match ?? [];
  if (owner === undefined || name === undefined || RESERVED.has(owner.toLowerCase())) return null;
  return { owner: owner.toLowerCase(), name: name.toLowerCase() };
}
