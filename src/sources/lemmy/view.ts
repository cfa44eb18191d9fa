import { fields, instant, string, webUrl, type Fields, type Read } from '../json.ts';
import { plain, textOfMarkdown } from '../text.ts';

/** A post's view holds `post`, a comment's view holds both and `comment` is what it is about. */
export function contentOf(view: Fields): Fields {
  return fields(view['comment'] ?? view['post']);
}

/** Later versions have other names for the dates. */
export function dateOf(view: Fields): Date | null {
  const { published, published_at: publishedAt } = contentOf(view);
  return instant(published) ?? instant(publishedAt);
}

export function isGone(view: Fields): boolean {
  const { deleted, removed } = contentOf(view);
  return deleted === true || removed === true;
}

/** By its community, or by the instance: every list begins with it. */
export function isPinned(view: Fields): boolean {
  const { featured_community: inCommunity, featured_local: here } = contentOf(view);
  return inCommunity === true || here === true;
}

export function toPost(view: Fields): Read {
  const content = contentOf(view);
  const externalId = string(content['ap_id']);
  const publishedAt = dateOf(view);
  const isComment = view['comment'] !== undefined;
  const title = isComment ? null : string(content['name']);
  const body = string(isComment ? content['content'] : content['body']);
  if (externalId === null || publishedAt === null) return null;
  if (title === null && body === null) return null;
  const creator = fields(view['creator']);
  if (isGone(view) || hasOptedOut(creator)) return 'skip';
  return {
    externalId,
    url: webUrl(externalId),
    author: handleOf(creator),
    title: title === null ? null : plain(title),
    text: textOfMarkdown(body ?? ''),
    publishedAt,
    editedAt: instant(content['updated']) ?? instant(content['updated_at']),
    language: null,
  };
}

function hasOptedOut(creator: Fields): boolean {
  return /#(?:nobots?|noindex)\b/iu.test(string(creator['bio']) ?? '');
}

/** `@name@home`: whole, so that an author is the same one everywhere, and no mail address. */
function handleOf(creator: Fields): string | null {
  const name = string(creator['name']);
  const home = webUrl(creator['actor_id']) ?? webUrl(creator['ap_id']);
  return name === null || home === null ? name : `@${name}@${new URL(home).host}`;
}
