import { createHash } from 'node:crypto';
import type { Post } from '../core/post.ts';
import type { Gap, PollOutcome, Reply } from '../core/source.ts';
import type { Fields, Read } from './json.ts';

/** Versions that one cursor remembers: 14 bytes each, so 56 KB at most. */
const MOST_SEEN = 4000;

/** What a poll found, overlaps included. */
export interface Found {
  posts: readonly Post[];
  malformed: number;
  /** The cursor that the poll began with. */
  before: Fields;
  /** What the next cursor holds beside the versions that were seen. */
  cursor: object;
  waitSeconds?: number | null;
  gap?: Gap | null;
  deleted?: string[];
}

/**
 * The outcome of a poll that read an overlap again: a post comes through once, and once more when
 * its author edits it. For that the cursor remembers the versions (`seen`); what falls out of its
 * memory may come again, which the store notices.
 */
export function heard(found: Found): PollOutcome & { ok: true } {
  const { posts, seen } = unseen(found.posts, seenBefore(found.before['seen']));
  return {
    ok: true,
    posts,
    cursor: JSON.stringify({ ...found.cursor, seen }),
    waitSeconds: found.waitSeconds ?? null,
    gap: found.gap ?? null,
    movedTo: null,
    deleted: found.deleted ?? [],
    title: null,
    malformed: found.malformed,
  };
}

function unseen(posts: readonly Post[], before: readonly string[]) {
  const seen = new Set(before);
  const fresh: Post[] = [];
  for (const post of posts) {
    const version = versionOf(post);
    // Taken out and put back, so that what was seen last is remembered longest.
    if (!seen.delete(version)) fresh.push(post);
    seen.add(version);
  }
  return { posts: fresh, seen: [...seen].slice(-MOST_SEEN) };
}

function versionOf({ externalId, title, text }: Post): string {
  const hash = createHash('sha256').update(JSON.stringify([externalId, title, text]));
  return hash.digest('base64url').slice(0, 11);
}

function seenBefore(value: unknown): string[] {
  const seen: unknown[] = Array.isArray(value) ? value : [];
  return seen.filter((one): one is string => typeof one === 'string');
}

/** What can be read of posts that are answers. */
export function toReplies(reads: readonly Read[]): Reply[] {
  return reads.flatMap((read) => {
    if (read === null || read === 'skip') return [];
    const { externalId, url, author, text, publishedAt } = read;
    return [{ externalId, url, author, text, publishedAt }];
  });
}

export function oldestFirst(replies: readonly Reply[]): Reply[] {
  const time = ({ publishedAt }: Reply): number => publishedAt?.getTime() ?? 0;
  return [...replies].sort((a, b) => time(a) - time(b));
}

export function readable(read: Read): Post | null {
  return read === 'skip' ? null : read;
}
