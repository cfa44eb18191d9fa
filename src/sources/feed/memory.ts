import { hash } from 'node:crypto';
import type { Post } from '../../core/post.ts';

/** What is kept of a post: 11 characters for its id and 6 for what it says. */
const ID_LENGTH = 11;
const CONTENT_LENGTH = 6;

/** Windows of a feed that are remembered, since items come back, and how many items at least and most. */
const WINDOWS = 5;
const LEAST = 200;
const MOST = 4000;

export interface Recalled {
  /** Posts that are new, or say something else than before. */
  fresh: Post[];
  /** Whether at least one post was seen before, changed or not. */
  meets: boolean;
  seen: string[];
}

/**
 * Compares posts with what earlier polls saw. Ids count the same with http and https. A feed whose
 * ids are new at every poll shows by its contents, which then stand for the ids.
 */
export function recall(posts: readonly Post[], seen: readonly string[]): Recalled {
  const known = new Map(seen.map((one) => [one.slice(0, ID_LENGTH), one.slice(ID_LENGTH)]));
  const contents = new Set(known.values());
  const keyed = posts.map((post) => ({ post, id: idKey(post), content: contentKey(post) }));
  const meets = keyed.some(({ id }) => known.has(id));
  const repeated = keyed.filter(({ content }) => contents.has(content)).length;
  const isRestless = !meets && repeated > 0 && repeated * 2 >= posts.length;
  const fresh: Post[] = [];
  for (const { post, id, content } of keyed) {
    const isKnown = isRestless ? contents.has(content) : known.get(id) === content;
    if (!isKnown) fresh.push(post);
    // What is seen again is remembered longer.
    known.delete(id);
    known.set(id, content);
  }
  const most = Math.min(MOST, Math.max(LEAST, posts.length * WINDOWS));
  return {
    fresh,
    meets: meets || isRestless,
    seen: [...known].slice(-most).map(([id, content]) => id + content),
  };
}

function idKey({ externalId }: Post): string {
  return shortHash(externalId.replace(/^https?:/iu, ''), ID_LENGTH);
}

function contentKey({ title, text }: Post): string {
  return shortHash(`${title ?? ''}\n${text}`, CONTENT_LENGTH);
}

function shortHash(text: string, length: number): string {
  return hash('sha1', text, 'base64url').slice(0, length);
}
