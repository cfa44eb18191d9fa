import { canonicalUrl } from '../canonical-url.ts';
import { plainForm } from './reply-url-forms.ts';

/** Pages that only lead on to another one, and where they carry its address. */
const WRAPPERS: readonly { host: RegExp; path: RegExp; parameters: readonly string[] }[] = [
  { host: /(?:^|\.)google\.[a-z.]{2,6}$/u, path: /^\/url$/u, parameters: ['q', 'url'] },
  { host: /^lm?\.(?:facebook|instagram)\.com$/u, path: /./u, parameters: ['u'] },
  { host: /^(?:www\.)?slack-redir\.net$/u, path: /./u, parameters: ['url'] },
  { host: /^out\.reddit\.com$/u, path: /./u, parameters: ['url'] },
  { host: /^(?:www\.)?linkedin\.com$/u, path: /^\/safety\/go/u, parameters: ['url'] },
  { host: /safelinks\.protection\.outlook\.com$/u, path: /./u, parameters: ['url'] },
];
const MOST_WRAPPERS = 3;

/** Services whose addresses say nothing until they are opened. */
const SHORTENERS = new Set([
  ...[
    'bit.ly',
    'buff.ly',
    'dlvr.it',
    'fb.me',
    'fb.watch',
    'go.bsky.app',
    'goo.gl',
    'hubs.ly',
    'is.gd',
    'lnkd.in',
    'ow.ly',
    'redd.it',
  ],
  ...['rebrand.ly', 'shorturl.at', 't.co', 't.ly', 'tiny.cc', 'tinyurl.com', 'spr.ly', 'v.gd'],
]);

/** Mobile and other dresses of a site. */
const DRESS = /^(?:www|m|mobile|old|new|amp|np|sh|web|touch|mbasic)\./u;

/** Paths of a site's own short addresses. */
const SHARED = /(?:^|\.)(?:reddit\.com\/(?:r|u|user)\/[^/]+\/s\/|facebook\.com\/share\/)/u;
/** What a program copies instead of an address, at Bluesky. */
const AT_URI = /^at:\/\/([^/]+)\/app\.bsky\.feed\.post\/([a-z0-9]+)$/iu;

/**
 * The address of a public reply in whatever form it was pasted, as one to keep and to open: taken out
 * of pages that lead on, without tracking, without the name of who shared it, and, where the place
 * opens it all the same, without the title of the thread, which is somebody else's words. Null for
 * what is no web address.
 */
export function readReplyUrl(sourceKind: string, pasted: string): string | null {
  const typed = pasted.trim().replace(/^<([^|>]+)(?:\|[^>]*)?>$/u, '$1');
  const at = sourceKind === 'bluesky' ? AT_URI.exec(typed) : null;
  if (at !== null) return `https://bsky.app/profile/${at[1]}/post/${at[2]}`;
  const whole = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?::\d+)?(?:[/?#]|$)/u.test(typed)
    ? `https://${typed}`
    : typed;
  const url = unwrapped(whole);
  const canonical = canonicalUrl(url);
  if (canonical === null) return null;
  const { protocol, hash } = new URL(url);
  const plain = new URL(canonical.replace(/^https:/u, protocol));
  // A reply may be any part of a page; what a browser highlights is none.
  plain.hash = hash.startsWith('#:~:') ? '' : hash;
  return plainForm(sourceKind, plain);
}

/** Whether only opening it tells where it leads. */
export function isShortened(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, pathname } = new URL(url);
  return SHORTENERS.has(hostname.replace(DRESS, '')) || SHARED.test(`${hostname}${pathname}`);
}

function unwrapped(url: string): string {
  let current = url;
  for (let depth = 0; depth < MOST_WRAPPERS && URL.canParse(current); depth += 1) {
    const { hostname, pathname, searchParams } = new URL(current);
    const wrapper = WRAPPERS.find(({ host, path }) => host.test(hostname) && path.test(pathname));
    const inner = wrapper?.parameters.map((name) => searchParams.get(name)).find(Boolean);
    if (!inner || !/^https?:\/\//iu.test(inner)) break;
    current = inner;
  }
  return current;
}

/** Equal for two addresses of one reply; null for what is no web address. */
export function replyKey(sourceKind: string, url: string): string | null {
  const plain = readReplyUrl(sourceKind, url);
  const canonical = plain === null ? null : canonicalUrl(plain);
  if (plain === null || canonical === null) return null;
  const parsed = new URL(canonical);
  const host = parsed.host.replace(DRESS, '');
  const { hash } = new URL(plain);
  return ownKey(sourceKind, parsed, host) ?? `${host}${parsed.pathname}${parsed.search}${hash}`;
}

function ownKey(sourceKind: string, url: URL, host: string): string | null {
  const { pathname: path, searchParams, hash } = url;
  switch (sourceKind) {
    case 'bluesky':
      // A profile goes by its handle or by its DID; the key of the post is the same.
      return /\/post\/([a-z0-9]+)$/iu.exec(path)?.[1] ?? null;
    case 'hackernews':
      return /^#(\d+)$/u.exec(hash)?.[1] ?? searchParams.get('id');
    case 'mastodon': {
      const id = /\/(\d+)$/u.exec(path)?.[1];
      return id === undefined ? null : `${host}/${id}`;
    }
    case 'lemmy': {
      const id = /^\/(?:comment|post\/\d+)\/(\d+)$/u.exec(path)?.[1];
      return id === undefined ? null : `${host}/comment/${id}`;
    }
    case 'x':
      return /^\/[^/]+\/status\/(\d+)$/u.exec(path)?.[1] ?? null;
    case 'youtube':
      return searchParams.get('lc');
    case 'instagram': {
      const comment = /\/c\/(\d+)$/u.exec(path)?.[1] ?? /^#comment-(\d+)$/u.exec(hash)?.[1];
      return comment ?? null;
    }
    case 'reddit':
      return /\/comments\/[a-z0-9]+\/[^/]*\/([a-z0-9]+)$/iu.exec(path)?.[1] ?? null;
    case 'github':
      return `${host}${path.replace('/pull/', '/issues/')}${hash}`.toLowerCase();
    default:
      return null;
  }
}

/** The thread that an address belongs to, where the address alone tells; else null. */
export function threadKey(sourceKind: string, url: string): string | null {
  const plain = readReplyUrl(sourceKind, url);
  if (plain === null) return null;
  const { host, pathname: path } = new URL(plain);
  const place = host.replace(DRESS, '');
  const found = {
    discourse: /^.*\/t\/\d+(?=\/|$)/u,
    instagram: /^\/(?:p|reel|tv)\/[\w-]+/u,
    lemmy: /^\/post\/\d+/u,
    github: /^\/[^/]+\/[^/]+\/(?:issues|pull|discussions)\/\d+/u,
    reddit: /\/comments\/[a-z0-9]+/iu,
    stackexchange: /^\/q(?:uestions)?\/\d+/u,
  }[sourceKind]?.exec(path)?.[0];
  if (found === undefined) return null;
  const thread = found.replace('/pull/', '/issues/').replace('/questions/', '/q/');
  return sourceKind === 'reddit' ? thread.toLowerCase() : `${place}${thread}`;
}

/** Whether a reply plainly belongs under something else than the post. */
export function isElsewhere(sourceKind: string, postUrl: string | null, replyUrl: string): boolean {
  if (postUrl === null) return false;
  const [post, reply] = [threadKey(sourceKind, postUrl), threadKey(sourceKind, replyUrl)];
  return post !== null && reply !== null && post !== reply;
}

/**
 * What of an answer's address may outlive the post: all of it, or, where the answer stands on the
 * post's own page, only which part of that page it is (`#reply-2`, `/answers/7`). The page's address
 * is the post's, and often says its title.
 */
export function ownPart(answerUrl: string, postUrl: string | null): string {
  if (postUrl === null || !URL.canParse(answerUrl) || !URL.canParse(postUrl)) return answerUrl;
  const [answer, post] = [new URL(answerUrl), new URL(postUrl)];
  const page = post.pathname.replace(/\/$/u, '');
  const isOfPage =
    page !== '' &&
    answer.host.replace(DRESS, '') === post.host.replace(DRESS, '') &&
    `${answer.pathname}/`.startsWith(`${page}/`) &&
    (post.search === '' || post.search === answer.search);
  if (!isOfPage) return answerUrl;
  const search = post.search === '' ? answer.search : '';
  return `${answer.pathname.slice(page.length)}${search}${answer.hash}`;
}
