import { createHash } from 'node:crypto';
import type { Post } from '../core/post.ts';

/** Versions that one cursor remembers: 14 bytes each, so 56 KB at most. */
const MOST = 4000;

/**
 * The posts whose present version was not handed on before, and what to remember of it. A source
 * that re-reads an overlap keeps `seen` in its cursor: a post comes through once, and once more
 * when its author edits it. What falls out of the memory may come again, which the store notices.
 */
export function unseen(
  posts: readonly Post[],
  seen: readonly string[],
): { posts: Post[]; seen: string[] } {
  const known = new Set(seen);
  const fresh: Post[] = [];
  for (const post of posts) {
    const version = versionOf(post);
    if (known.has(version)) {
      // Seen again is remembered longer.
      known.delete(version);
    } else {
      fresh.push(post);
    }
    known.add(version);
  }
  return { posts: fresh, seen: [...known].slice(-MOST) };
}

function versionOf({ externalId, title, text }: Post): string {
  const hash = createHash('sha256').update(JSON.stringify([externalId, title, text]));
  return hash.digest('base64url').slice(0, 11);
}

/** What a cursor brought back. */
export function readSeen(value: unknown): string[] {
  return Array.isArray(value)
    ? (value as unknown[]).filter((one): one is string => typeof one === 'string')
    : [];
}
