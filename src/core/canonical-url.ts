import { postBody } from './post.ts';

/** Parameters that say how a reader came to a page, not which page it is. */
const TRACKING_PREFIXES = ['utm_', 'mtm_', 'hsa_'];
const TRACKING_NAMES = new Set([
  '_ga',
  '_gl',
  '_hsenc',
  '_hsmi',
  'at_campaign',
  'at_medium',
  'cmpid',
  'dclid',
  'fbclid',
  'gbraid',
  'gclid',
  'igsh',
  'igshid',
  'mc_cid',
  'mc_eid',
  'mkt_tok',
  'msclkid',
  'ncid',
  'ocid',
  'pk_campaign',
  'pk_kwd',
  'ref_src',
  'ref_url',
  's_cid',
  'srsltid',
  'twclid',
  'wbraid',
  'yclid',
]);

/** An address that is its own canonical one, as most are: a name, and a path without anything odd. */
const PLAIN =
  /^https:\/\/(?!.*xn--)[a-z\d][a-z\d-]*(?:\.[a-z\d][a-z\d-]*)*\.[a-z][a-z-]*(?:\/[\w~-][\w.~-]*)+$/;

/** How many letters and digits of a post must agree, beside the address, to call it the same. */
const OPENING_LENGTH = 40;

/**
 * One spelling for all the spellings of a page's address, to compare with and not to open: always
 * `https`, no credentials, no tracking parameters, the query sorted, no slash at the end, and of
 * the fragment only what names a place of its own (`#comment-9`, `#issuecomment-1`, `#!topic/1`).
 * `www.` stays, since not every place answers with and without it alike. Null for anything that is
 * not http(s).
 */
export function canonicalUrl(url: string): string | null {
  if (PLAIN.test(url)) return url;
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return null;
  // Drops the port, too, where that is the usual one.
  parsed.protocol = 'https:';
  const host = parsed.host.replace(/\.(?=:|$)/u, '');
  const path = plainEscapes(parsed.pathname).replace(/\/+$/u, '');
  const kept = [...parsed.searchParams].filter(([name]) => !isTracking(name));
  const query = new URLSearchParams(kept.sort(byNameThenValue)).toString();
  return `https://${host}${path}${query && `?${query}`}${meaningfulFragment(parsed.hash)}`;
}

/**
 * What two posts share when they are one post that was heard in two sources: the canonical address
 * and how the body opens (its first 40 letters and digits). The opening is there because addresses
 * alone are not to be trusted: some feeds give every item the address of the thread or the site.
 * Null where there is no address, or only that of a site's front page, which is never a post.
 */
export function postKey(post: {
  url: string | null;
  title: string | null;
  text: string | null;
}): string | null {
  const url = post.url === null ? null : canonicalUrl(post.url);
  if (url === null || /^https:\/\/[^/?#]*$/u.test(url)) return null;
  const body = postBody({ title: post.title, text: post.text ?? '' });
  return `${url}\n${openingOf(body)}`;
}

function openingOf(body: string): string {
  // What is behind a space changes nothing before it, so that a long post need not be read whole.
  const end = body.indexOf(' ', 2 * OPENING_LENGTH);
  const first = end < 0 ? '' : lettersOf(body.slice(0, end));
  return (first.length < OPENING_LENGTH ? lettersOf(body) : first).slice(0, OPENING_LENGTH);
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** An address as it was given, but for the tracking parameters in it. */
export function withoutTracking(address: string): string {
  const [, page = '', query = '', fragment = ''] = /^([^?#]*)\??([^#]*)(.*)$/su.exec(address) ?? [];
  const parts = query.split('&');
  const kept = parts.filter((part) => !isTracking(part.split('=')[0] ?? ''));
  if (kept.length === parts.length) return address;
  return `${page}${kept.length === 0 ? '' : `?${kept.join('&')}`}${fragment}`;
}

function isTracking(name: string): boolean {
  const lower = name.toLowerCase();
  return TRACKING_NAMES.has(lower) || TRACKING_PREFIXES.some((prefix) => lower.startsWith(prefix));
}

function byNameThenValue(a: [string, string], b: [string, string]): number {
  const [left, right] = [a.join('\n'), b.join('\n')];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Letters, digits and `-._~` need no escape (RFC 3986, 2.3); the other escapes in capitals. */
function plainEscapes(path: string): string {
  return path.replace(/%([0-9a-f]{2})/giu, (escape, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9._~-]/u.test(character) ? character : escape.toUpperCase();
  });
}

/** With a digit and nothing but a name's characters it is an id; after `!` or `/` it is a route. */
function meaningfulFragment(hash: string): string {
  const isId = /^#(?=.*\d)[\w:.-]+$/u.test(hash) && !hash.startsWith('#:~:');
  return isId || /^#[!/]./u.test(hash) ? hash : '';
}
