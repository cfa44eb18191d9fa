import type { Post } from '../../core/post.ts';
import type { FeedContext } from './choose.ts';
import type { Thread } from './document.ts';
import { webLink } from './links.ts';
import type { RawElement } from './raw.ts';
import { attributeOf, textOf } from './xml.ts';

const FEED_TYPE = /^application\/(?:(?:rss|atom)\+xml|xml)|^text\/xml/iu;

/** What an item says of the answers to it, and of what it answers; null for most of them. */
export function readThread(
  { fields, attributes }: RawElement,
  { bases: outer }: Pick<FeedContext, 'bases'>,
  post: Post | undefined,
): Thread | null {
  const replied = fields['thr:in-reply-to'] ?? [];
  const bases = [attributes['xml:base'] ?? null, ...outer];
  const comments =
    webLink(textOf(fields['wfw:commentrss']?.[0]), bases) ??
    webLink(attributeOf(repliesLink(fields), 'href'), bases);
  if (post === undefined || (comments === null && replied.length === 0)) return null;
  const inReplyTo = replied
    .flatMap((node) => [attributeOf(node, 'ref'), attributeOf(node, 'href')])
    .filter((one) => one !== null);
  return { externalId: post.externalId, comments, inReplyTo };
}

/** A page of answers is for people. */
function repliesLink(fields: RawElement['fields']) {
  return [...(fields['link'] ?? []), ...(fields['atom:link'] ?? [])].find(
    (link) =>
      attributeOf(link, 'rel') === 'replies' && FEED_TYPE.test(attributeOf(link, 'type') ?? ''),
  );
}
