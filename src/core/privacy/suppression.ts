/** Somebody as a public place names them. `sourceKind` null: wherever somebody is called so. */
export interface AuthorName {
  sourceKind: string | null;
  /** A handle without `@` in front, `name@host` where a place has many hosts, or a DID. */
  author: string;
}

/** Keyed hash of a source kind and an author; the kind may be `ANY_KIND`. */
export type HashAuthor = (sourceKind: string, author: string) => string;

const ANY_KIND = '*';
const LONGEST = 200;
/** Pages of these sites are not profiles, though they look like one. */
const NOT_GITHUB_USERS = new Set([
  ...['about', 'apps', 'collections', 'contact', 'customer-stories', 'enterprise', 'explore'],
  ...['features', 'issues', 'login', 'marketplace', 'orgs', 'pricing', 'pulls', 'search'],
  ...['security', 'settings', 'site', 'sponsors', 'topics', 'trending'],
]);

/**
 * Whom somebody means who asks to be forgotten: a handle (`name`, `@name`, `@name@host`, `u/name`),
 * one with its source (`mastodon:@name@host`), or the address of a profile, or of a post that names
 * its author. Empty when nobody is named; the address of another post may still be one of a mention.
 */
export function readTarget(input: string, kinds: readonly string[]): AuthorName[] {
  const typed = input.trim().replace(/^<(.+)>$/u, '$1');
  if (/^https?:\/\//iu.test(typed)) return namesInUrl(typed);
  const [, kind, rest] = /^([a-z]+):(?!plc:|web:)(.+)$/iu.exec(typed) ?? [];
  if (kind !== undefined && rest !== undefined) {
    const sourceKind = kind.toLowerCase();
    const author = plainHandle(rest);
    return kinds.includes(sourceKind) && author !== null ? [{ sourceKind, author }] : [];
  }
  const author = plainHandle(typed);
  if (author === null) return [];
  return [{ sourceKind: author.startsWith('did:') ? 'bluesky' : null, author }];
}

function plainHandle(typed: string): string | null {
  const handle = typed
    .trim()
    .replace(/^\/?u\//iu, '')
    .replace(/^@/u, '')
    .trim();
  const isHandle = handle !== '' && handle.length <= LONGEST && !/[\r\n]/u.test(handle);
  return isHandle ? handle : null;
}

/** The authors that an address names: of a profile, or of a post whose address has its author in it. */
export function namesInUrl(url: string): AuthorName[] {
  if (!URL.canParse(url)) return [];
  const { hostname, host, pathname, searchParams } = new URL(url);
  const site = hostname.replace(/^(?:www|m|mobile|old|new)\./u, '');
  const path = pathname.split('/').filter(Boolean).map(decoded);
  const [first = '', second = ''] = path;
  const name = (sourceKind: string, author: string): AuthorName[] =>
    author === '' || author.length > LONGEST ? [] : [{ sourceKind, author }];
  switch (site) {
    case 'bsky.app':
      return first === 'profile' ? name('bluesky', second) : [];
    case 'news.ycombinator.com':
      return first === 'user' ? name('hackernews', searchParams.get('id') ?? '') : [];
    case 'github.com':
      return path.length === 1 && !NOT_GITHUB_USERS.has(first) ? name('github', first) : [];
    case 'reddit.com':
      return first === 'user' || first === 'u' ? name('reddit', second) : [];
    default:
  }
  if (first.startsWith('@')) {
    const handle = first.slice(1);
    return name('mastodon', handle.includes('@') ? handle : `${handle}@${host}`);
  }
  if (first === 'users' && !/^\d+$/u.test(second)) return name('mastodon', `${second}@${host}`);
  if (first !== 'u' || second === '') return [];
  const whole = second.includes('@') ? second : `${second}@${host}`;
  return [...name('discourse', second), ...name('lemmy', whole)];
}

/** Every name by which the author of a post may have been suppressed. */
export function namesOfAuthor(
  sourceKind: string,
  post: { externalId: string; author: string | null; url: string | null },
): AuthorName[] {
  const { author, url, externalId } = post;
  const did = /^at:\/\/(did:[^/]+)\//u.exec(externalId)?.[1];
  return [
    ...(author === null
      ? []
      : [
          { sourceKind, author },
          { sourceKind: null, author },
        ]),
    ...(did === undefined ? [] : [{ sourceKind: 'bluesky', author: did }]),
    ...(url === null ? [] : namesInUrl(url)),
  ];
}

export function hashName(hash: HashAuthor, { sourceKind, author }: AuthorName): string {
  return hash(sourceKind ?? ANY_KIND, author);
}

/**
 * Whether an address lies in one of these places: a domain with all that is under it
 * (`acme.example`), or the beginning of an address (`acme.example/intern`, with or without a scheme).
 */
export function liesIn(places: readonly string[], url: string | null): boolean {
  if (places.length === 0 || url === null || !URL.canParse(url)) return false;
  const { hostname, pathname } = new URL(url);
  return places.some((place) => {
    const [domain = '', ...folders] = plainPlace(place).split('/');
    const isThere = hostname === domain || hostname.endsWith(`.${domain}`);
    const folder = `/${folders.join('/')}`;
    return isThere && (folder === '/' || `${pathname}/`.startsWith(`${folder}/`));
  });
}

/** As `liesIn` reads it: no scheme, no `www.`, small letters in the domain, no slash at the end. */
export function plainPlace(place: string): string {
  const bare = place
    .trim()
    .replace(/^https?:\/\//iu, '')
    .replace(/\/+$/u, '');
  const [domain = '', ...folders] = bare.split('/');
  const plain = domain
    .toLowerCase()
    .replace(/^(?:\*\.|www\.)/u, '')
    .replace(/:\d+$/u, '');
  return [plain, ...folders].join('/');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
