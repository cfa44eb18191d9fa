/** A place in a text: UTF-16 offsets, `end` exclusive. */
export interface Span {
  start: number;
  end: number;
}

/**
 * What a source returns, normalised. It lives in memory only: a post that matches no keyword is
 * never stored, and what is stored of the others is a `Mention`.
 */
export interface Post {
  /**
   * The place's own id, opaque, stable across edits. Unique at the place for places with global ids
   * (a Mastodon `uri`, an at-uri), else unique within the polled address (a feed's guid).
   */
  externalId: string;
  /** Where a person reads the post; http(s) only. */
  url: string | null;
  /** The public handle or name, as the place shows it. */
  author: string | null;
  /** Plain text; null where the place has no titles. */
  title: string | null;
  /** Plain text, markup removed, capped by the source. */
  text: string;
  publishedAt: Date | null;
  /** When the author last changed it, where the place says so. */
  editedAt: Date | null;
  /** BCP 47, as the place declares it; null where it does not. */
  language: string | null;
}

/** What is matched, judged and shown of a post: the title, then the text, without saying it twice. */
export function postBody(post: Pick<Post, 'title' | 'text'>): string {
  const title = post.title?.trim() ?? '';
  const text = post.text.trim();
  if (title === '' || text.startsWith(title.replace(/…$|\.\.\.$/u, ''))) return text || title;
  return text === '' ? title : `${title}\n${text}`;
}
