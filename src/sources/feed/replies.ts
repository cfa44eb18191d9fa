import type { Post } from '../../core/post.ts';
import type { RepliesOutcome, RepliesRequest } from '../../core/source.ts';
import { oldestFirst, toReplies } from '../heard.ts';
import { discoverFeeds } from './discover.ts';
import type { ReadFeed } from './document.ts';
import { fetchFeed } from './fetch.ts';
import type { Readers } from './readers.ts';

/**
 * The answers to a post that feeds show: those of its own feed that name it (`thr:in-reply-to`), and
 * the feed of its comments, which the item names, or its page. Such a feed shows the newest only.
 */
export async function readReplies(
  request: RepliesRequest,
  readers: Readers,
): Promise<RepliesOutcome> {
  const { post, address } = request;
  const own = await fetchFeed(request, readers, address, null);
  const document = own.ok ? own.document : null;
  const inFeed = document === null ? [] : answersIn(document, post);
  const named = document?.threads.find(({ externalId }) => externalId === post.externalId);
  const place = named?.comments ?? (await commentsOfPage(request));
  if (place === null) {
    return own.ok ? { ok: true, replies: oldestFirst(toReplies(inFeed)) } : own;
  }
  const fetched = await fetchFeed(request, readers, place, null);
  // A site without a feed of comments answers with its page, or not at all.
  const comments = fetched.ok ? (fetched.document?.posts ?? []) : [];
  if (!fetched.ok && (named?.comments ?? null) !== null) return fetched;
  const answers = new Map([...inFeed, ...comments].map((one) => [one.externalId, one]));
  answers.delete(post.externalId);
  return { ok: true, replies: oldestFirst(toReplies([...answers.values()])) };
}

function answersIn({ posts, threads }: ReadFeed, post: RepliesRequest['post']): Post[] {
  const ids = new Set(
    threads
      .filter(({ inReplyTo }) =>
        inReplyTo.some((one) => one === post.externalId || one === post.url),
      )
      .map(({ externalId }) => externalId),
  );
  return posts.filter(({ externalId }) => ids.has(externalId));
}

/** The feed below a post's own address, as WordPress and others name it in the page. */
async function commentsOfPage({ http, post, signal }: RepliesRequest): Promise<string | null> {
  if (post.url === null) return null;
  const outcome = await http.get({ url: post.url, signal, asRobot: true });
  if (!outcome.ok || outcome.notModified) return null;
  const { answer } = outcome;
  const page = new TextDecoder().decode(answer.body);
  const above = answer.url.replace(/[?#].*$/u, '').replace(/\/*$/u, '/');
  // Above the front page there is the whole site.
  if (new URL(above).pathname === '/') return null;
  return discoverFeeds(page, answer.url).find((found) => found.startsWith(above)) ?? null;
}
