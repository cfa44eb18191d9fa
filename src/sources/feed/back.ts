import type { Post } from '../../core/post.ts';
import type { Gap, PollRequest } from '../../core/source.ts';
import type { FeedCursor } from './cursor.ts';
import type { ReadFeed } from './document.ts';
import { fetchFeed } from './fetch.ts';
import { recall, type Recalled } from './memory.ts';
import type { Readers } from './readers.ts';

/** Older pages that are read when a poll meets nothing that it knows. */
const MOST_PAGES = 5;
const HOUR_MS = 3600 * 1000;

/**
 * Whether posts probably scrolled by unseen: nothing is known of a window that is as full as the
 * last one, and nothing in it is as old as what was seen then.
 */
export function isCutOff(before: FeedCursor, { posts }: ReadFeed, { meets }: Recalled): boolean {
  if (meets || posts.length === 0 || before.window === 0) return false;
  const isFull = posts.length >= before.window;
  const newest = before.newest === null ? null : new Date(before.newest);
  const isAsOld = posts.some(
    ({ publishedAt }) => publishedAt !== null && newest !== null && publishedAt <= newest,
  );
  return isFull && !isAsOld;
}

export function gapSince(before: FeedCursor, now: Date): Gap {
  return {
    from: new Date(before.newest ?? before.at),
    to: now,
    reason: 'more new posts than the feed shows at once; some were probably missed',
  };
}

/** Dates far in the future are mistakes, and would silence every later gap. */
export function newestOf(posts: readonly Post[], before: string | null, now: Date): string | null {
  const latest = now.getTime() + 48 * HOUR_MS;
  const dates = posts.map(({ publishedAt }) => publishedAt?.getTime() ?? 0);
  const known = before === null ? 0 : new Date(before).getTime();
  const newest = Math.max(known, ...dates.filter((date) => date <= latest));
  return newest === 0 ? null : new Date(newest).toISOString();
}

/** Reads older pages (RFC 5005, JSON Feed, WordPress) until one holds something that is known. */
export async function readBack(
  request: PollRequest,
  readers: Readers,
  before: FeedCursor,
  document: ReadFeed,
  url: string,
): Promise<{ posts: Post[]; reached: boolean }> {
  const posts: Post[] = [];
  const ids = new Set(document.posts.map(({ externalId }) => externalId));
  let older = olderThan(document, url, 2);
  for (let page = 3; older !== null && page < MOST_PAGES + 3; page += 1) {
    const fetched = await fetchFeed(request, readers, older, null);
    if (!fetched.ok || fetched.document === null) break;
    const more = fetched.document.posts.filter(({ externalId }) => !ids.has(externalId));
    // A server that does not know the parameter answers with the first page again.
    if (more.length === 0) break;
    for (const { externalId } of more) ids.add(externalId);
    posts.unshift(...more);
    if (recall(more, before.seen).meets) return { posts, reached: true };
    older = olderThan(fetched.document, url, page);
  }
  return { posts, reached: false };
}

function olderThan({ older, isWordPress }: ReadFeed, url: string, page: number): string | null {
  if (older !== null || !isWordPress) return older;
  const next = new URL(url);
  next.searchParams.set('paged', String(page));
  return next.href;
}
