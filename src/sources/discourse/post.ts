import { instant, number, string, type Fields, type Read } from '../json.ts';
import { textOfHtml } from '../text.ts';
import type { Place } from './place.ts';

/** 0 for what has no readable id: no bound is drawn from it. */
export function idOf(item: Fields): number {
  const id = number(item['id']);
  return id !== null && Number.isSafeInteger(id) && id > 0 ? id : 0;
}

export function externalId(item: Fields, { base }: Pick<Place, 'base'>): string {
  return `${base}/p/${idOf(item)}`;
}

export function isDeleted(item: Fields): boolean {
  return idOf(item) > 0 && (item['user_deleted'] === true || string(item['deleted_at']) !== null);
}

/** The title is the topic's; only its first post has it, or it would match for every answer. */
export function toPost(item: Fields, { base, only }: Pick<Place, 'base' | 'only'>): Read {
  const publishedAt = instant(item['created_at']);
  const html = item['cooked'];
  const topic = number(item['topic_id']);
  const place = number(item['post_number']);
  if (idOf(item) === 0 || publishedAt === null || typeof html !== 'string') return null;
  if (topic === null || place === null) return null;
  if (isDeleted(item) || item['hidden'] === true) return 'skip';
  if (only !== null && item[only.field] !== only.value) return 'skip';
  const isEdited = (number(item['version']) ?? 1) > 1;
  return {
    externalId: externalId(item, { base }),
    url: `${base}/t/${string(item['topic_slug']) ?? '-'}/${topic}/${place}`,
    author: string(item['username']),
    title: place === 1 ? string(item['topic_title']) : null,
    text: textOfCooked(html),
    publishedAt,
    editedAt: isEdited ? instant(item['updated_at']) : null,
    language: null,
  };
}

/** Without what was quoted from others, and without the captions that the forum puts on pictures. */
function textOfCooked(html: string): string {
  return textOfHtml(
    html,
    (name, classes) => (name === 'aside' && classes.includes('quote')) || classes.includes('meta'),
  );
}
