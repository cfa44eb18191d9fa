import type { Address, Existence, ExistsRequest, Source } from '../core/source.ts';
import { askOneByOne } from './existence.ts';
import type { FeedDocument, FeedOrigin } from './feed/document.ts';
import { pollFeed } from './feed/poll.ts';
import { createReaders } from './feed/readers.ts';
import { readReplies } from './feed/replies.ts';

export type { FeedDocument, FeedOrigin } from './feed/document.ts';
export { discoverFeeds } from './feed/discover.ts';

/** The threads that read feeds, shared by all of them. */
const readers = createReaders();

/**
 * Reads a feed of any format from its bytes, within the limits on time and memory. Nothing is
 * fetched. Never throws: what cannot be read is a failure in words.
 */
export async function readFeed(bytes: Uint8Array, origin: FeedOrigin): Promise<FeedDocument> {
  return readers.read(bytes, origin);
}

/** RSS 0.9 to 2.0, Atom 0.3 and 1.0, and JSON Feed, from whatever site. */
export const feed: Source = {
  kind: 'feed',
  name: 'RSS, Atom and JSON feeds',
  hears:
    'What the feed shows: articles of a blog, topics of a forum, comments (a WordPress site has them at /comments/feed/), episodes, alerts.',
  cannotHear: 'What scrolls out of the feed between two polls, and replies that no feed lists.',
  rules: {
    consent: [
      'A feed is published to be read by programs; one behind a login is not read.',
      "The pages of its posts are looked at (is the post still there?) only where the host's robots.txt allows it.",
    ],
    keepDays: null,
    sweepHours: 7 * 24,
    sweepBatch: 20,
    answering: ['Answer where the post is, under its rules.'],
    replyLimit: null,
  },
  politeness: { intervalSeconds: 900, minimumSeconds: 60 },
  needs: null,
  recognise,
  poll: (request) => pollFeed(request, readers),
  exists,
  replies: (request) => readReplies(request, readers),
  repliesScroll: true,
};

/** Any web address, also as `feed:` or without its scheme. */
function recognise(input: string): Address | null {
  const typed = input.trim().replace(/^feed:(?:\/\/)?(?=https?:)/iu, '');
  const address = /^feed:\/\//iu.test(typed) ? typed.replace(/^feed:/iu, 'https:') : typed;
  const isBare = /^[\p{L}\p{N}][\p{L}\p{N}-]*(?:\.[\p{L}\p{N}-]+)+(?::\d+)?(?:[/?]|$)/u.test(
    address,
  );
  const whole = isBare ? `https://${address}` : address;
  if (!/^https?:\/\//iu.test(whole) || !URL.canParse(whole)) return null;
  const url = feedOf(new URL(whole));
  url.hash = '';
  return { address: url.href, label: labelOf(url) };
}

/** Where the pages of a host do not lead to its feeds, or no program may see them. */
function feedOf(url: URL): URL {
  const [, name, rest = ''] = /^\/(@?[\w.-]+)(\/.*)?$/u.exec(url.pathname) ?? [];
  const isWhole = rest === '' || rest === '/';
  if (/^(?:www\.)?medium\.com$/u.test(url.hostname) && name !== undefined && isWhole) {
    return new URL(`https://medium.com/feed/${name}`);
  }
  if (/^(?!www\.)[\w-]+\.medium\.com$/u.test(url.hostname) && url.pathname === '/') {
    return new URL('/feed', url);
  }
  if (
    /^(?:www\.)?tumblr\.com$/u.test(url.hostname) &&
    /^[a-z\d-]+$/iu.test(name ?? '') &&
    isWhole
  ) {
    return new URL(`https://${name}.tumblr.com/rss`);
  }
  return url;
}

/** Without credentials and query, which may hold keys; the address of an alert is one as a whole. */
function labelOf({ host, pathname }: URL): string {
  if (/(?:^|\.)google\.[a-z.]{2,6}$/u.test(host) && pathname.startsWith('/alerts/')) {
    return 'Google Alert';
  }
  return `${host}${pathname === '/' ? '' : pathname}`;
}

/** A feed forgets; the page of a post tells whether it is still there. */
async function exists(request: ExistsRequest): Promise<Map<string, Existence>> {
  return askOneByOne(request, async ({ url }) => {
    if (url === null) return 'unknown';
    const outcome = await request.http.get({ url, signal: request.signal, asRobot: true });
    if (outcome.ok) return 'there';
    const status = outcome.answer?.status;
    return status === 404 || status === 410 ? 'gone' : 'unknown';
  });
}
