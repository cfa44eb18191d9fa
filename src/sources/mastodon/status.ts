import type { PostRef, Reply } from '../../core/source.ts';
import { fields, instant, string, webUrl, type Fields, type Read } from '../json.ts';
import { textOfHtml } from '../text.ts';

export function toPost(status: Fields, origin: string): Read {
  const uri = string(status['uri']);
  const html = status['content'];
  const publishedAt = instant(status['created_at']);
  if (uri === null || typeof html !== 'string' || publishedAt === null) return null;
  const account = fields(status['account']);
  if (status['reblog'] != null || status['visibility'] !== 'public') return 'skip';
  if (hasOptedOut(account)) return 'skip';
  const warning = string(status['spoiler_text']);
  const text = textOfStatus(html);
  return {
    externalId: uri,
    url: webUrl(status['url']) ?? webUrl(uri),
    author: handleOf(account, origin),
    title: null,
    text: warning === null ? text : `${warning.trim()}\n${text}`,
    publishedAt,
    editedAt: instant(status['edited_at']),
    language: string(status['language']),
  };
}

/** An answer: what is unlisted is no secret there, since nobody goes looking for it. */
export function toReply(status: Fields, origin: string): Reply[] {
  const externalId = string(status['uri']);
  const isPublic = status['visibility'] === 'public' || status['visibility'] === 'unlisted';
  if (externalId === null || !isPublic) return [];
  return [
    {
      externalId,
      url: webUrl(status['url']) ?? webUrl(externalId),
      author: handleOf(fields(status['account']), origin),
      text: textOfStatus(string(status['content']) ?? ''),
      publishedAt: instant(status['created_at']),
    },
  ];
}

/** Older servers show a quoted post as a link in a paragraph of its own. */
function textOfStatus(html: string): string {
  return textOfHtml(html, (_, classes) => classes.includes('quote-inline'));
}

function hasOptedOut(account: Fields): boolean {
  if (account['noindex'] === true) return true;
  const note = string(account['note']) ?? '';
  return /nobot|noindex/iu.test(note) && /#(?:nobots?|noindex)\b/iu.test(textOfHtml(note));
}

/** `@name@host`: whole, so that an author is the same one everywhere, and no mail address. */
function handleOf(account: Fields, origin: string): string | null {
  const handle = string(account['acct'])?.replace(/^@/u, '') ?? null;
  if (handle === null) return null;
  return handle.includes('@') ? `@${handle}` : `@${handle}@${new URL(origin).host}`;
}

/** Where the status is at home: the instance that wrote it knows best whether it is still there. */
export function homeOf({ externalId, url }: PostRef): string | null {
  for (const address of [externalId, url]) {
    const match =
      /^(https?:\/\/[^/]+)\/(?:users\/[^/]+\/statuses|ap\/users\/\d+\/statuses|@[^/@]+)\/(\d+)$/u.exec(
        address ?? '',
      );
    if (match) return `${match[1]}/api/v1/statuses/${match[2]}`;
  }
  return null;
}
