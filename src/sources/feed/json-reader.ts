import type { Post } from '../../core/post.ts';
import { boundedId, hashOf, languageTag, nameOf, titleOf } from './choose.ts';
import { readDate } from './dates.ts';
import type { ReadFeed } from './document.ts';
import { webLink } from './links.ts';
import { textOfMarkup, tidyText } from './markup.ts';
import { newestItems } from './raw.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Reads JSON Feed 1.0 and 1.1; null for other JSON. */
export function readJsonFeed(text: string, url: string): ReadFeed | null {
  const feed = parse(text);
  const items = feed['items'];
  if (!Array.isArray(items)) return null;
  const bases = [string(feed['home_page_url']), string(feed['feed_url']), url];
  const author = authorOf(feed);
  const language = languageTag(string(feed['language']));
  const posts = newestItems(items as unknown[], dateOf).map((item) =>
    readItem(fieldsOf(item), bases, { author, language }),
  );
  return {
    ok: true,
    title: titleOf(string(feed['title']) ?? '', null),
    posts: posts.filter((post) => post !== null),
    deleted: [],
    older: webLink(string(feed['next_url']), bases),
    isWordPress: false,
    rhythm: { seconds: null, skipHours: [], skipDays: [] },
    threads: [],
    isEnded: feed['expired'] === true,
    malformed: posts.filter((post) => post === null).length,
  };
}

function dateOf(item: unknown): Date | null {
  return readDate(string(fieldsOf(item)['date_published']));
}

function readItem(
  item: Fields,
  bases: readonly (string | null)[],
  feed: { author: string | null; language: string | null },
): Post | null {
  const url = webLink(string(item['url']) ?? string(item['external_url']), bases);
  const title = titleOf(string(item['title']) ?? '', null);
  const text = readText(item);
  if (url === null && title === null && text === '') return null;
  const publishedAt = readDate(string(item['date_published']));
  const changedAt = readDate(string(item['date_modified']));
  const isEdited = changedAt !== null && publishedAt !== null && changedAt > publishedAt;
  return {
    externalId: boundedId(string(item['id']) ?? '') ?? url ?? hashOf(title, text, publishedAt),
    url,
    author: authorOf(item) ?? feed.author,
    title,
    text,
    publishedAt: publishedAt ?? changedAt,
    editedAt: isEdited ? changedAt : null,
    language: languageTag(string(item['language'])) ?? feed.language,
  };
}

function readText(item: Fields): string {
  const html = textOfMarkup(string(item['content_html']) ?? '');
  const content = html === '' ? tidyText(string(item['content_text']) ?? '') : html;
  const summary = tidyText(string(item['summary']) ?? '');
  // A summary is words of their own, unless it is how the content begins.
  const isOpening = lettersOf(content).startsWith(lettersOf(summary).slice(0, 100));
  return isOpening ? content : `${summary}\n${content}`.trim();
}

function lettersOf(text: string): string {
  return text.slice(0, 2000).replace(/[^\p{L}\p{N}]+/gu, '');
}

/** `authors` since 1.1, `author` before. */
function authorOf(fields: Fields): string | null {
  const authors = Array.isArray(fields['authors']) ? (fields['authors'] as unknown[]) : [];
  for (const one of [...authors, fields['author']]) {
    const name = nameOf(string(typeof one === 'string' ? one : fieldsOf(one)['name']) ?? '');
    if (name !== null) return name;
  }
  return null;
}

function parse(text: string): Fields {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

/** Ids are numbers in some feeds. */
function string(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : null;
}
