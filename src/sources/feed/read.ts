import { gunzipSync } from 'node:zlib';
import type { Post } from '../../core/post.ts';
import { choosePost, hashOf, hasOwnId } from './choose.ts';
import { decodeBytes } from './decode.ts';
import type { FeedDocument, FeedOrigin, ReadFeed } from './document.ts';
import { readHeader } from './header.ts';
import { readJsonFeed } from './json-reader.ts';
import { readMain } from './main-reader.ts';
import { readPrefixes } from './names.ts';
import { newestItems, type RawElement, type RawFeed } from './raw.ts';
import { repairXml, type RepairedXml } from './repair.ts';
import { readThread } from './threads.ts';
import { readTolerantly } from './tolerant-reader.ts';

const MOST_UNPACKED = 10 * 1024 * 1024;

/**
 * Reads a feed of any format from its bytes: decoded, repaired, read by the parser on the main path,
 * and by a second reader where that one rejects it. Runs for as long as it takes; callers reach it
 * through `readers.ts`, which sets limits.
 */
export async function readDocument(bytes: Uint8Array, origin: FeedOrigin): Promise<FeedDocument> {
  const document = await readFormat(bytes, origin);
  return document.ok ? { ...document, posts: distinct(document.posts) } : document;
}

async function readFormat(bytes: Uint8Array, origin: FeedOrigin): Promise<FeedDocument> {
  const text = decodeBytes(unpacked(bytes), origin.contentType).trimStart();
  if (text.startsWith('{')) return readJsonFeed(text, origin.url) ?? noFeed(text);
  if (!/<(?:[\w.-]{1,30}:)?(?:rss|feed|rdf|channel)[\s>]/iu.test(text)) return noFeed(text);
  const repaired = repairXml(text);
  const { xml } = repaired;
  const raw = await readXml(repaired);
  return raw === null ? noFeed(text) : choose(raw, rootAttributes(xml), origin.url);
}

/** A file may have been kept packed; one that expands beyond all feeds stays so, and is none. */
function unpacked(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED });
  } catch {
    return bytes;
  }
}

async function readXml(repaired: RepairedXml): Promise<RawFeed | null> {
  const { xml } = repaired;
  const prefixes = readPrefixes(xml);
  try {
    const raw = await readMain(repaired, prefixes);
    if (raw.items.length > 0 || !/<(?:item|entry)[\s>]/iu.test(xml)) return raw;
  } catch {
    // Whatever the parser stumbled over, the other reader is there for it.
  }
  return readTolerantly(xml, prefixes);
}

function choose(raw: RawFeed, root: Readonly<Record<string, string>>, url: string): ReadFeed {
  const header = readHeader(raw.header, root, url);
  const { title, deleted, older, isWordPress, rhythm } = header;
  const dateOf = (item: RawElement) => choosePost(item, header).publishedAt;
  const items = newestItems(raw.items, dateOf);
  const posts = items.map((item) => choosePost(item, header));
  tellApart(posts.filter((_, index) => !hasOwnId(items[index] as RawElement)));
  return {
    ok: true,
    title,
    posts,
    threads: items.flatMap((item, index) => readThread(item, header, posts[index]) ?? []),
    deleted,
    older,
    isWordPress,
    rhythm,
    isEnded: false,
    malformed: 0,
  };
}

/**
 * Items without an id are known by their address, but for those that share one, as on a page of
 * news: what they say tells them apart.
 */
function tellApart(unnamed: readonly Post[]): void {
  const said = new Map<string, string>();
  const shared = new Set<string>();
  for (const { externalId, title, text } of unnamed) {
    const words = `${title}\n${text}`;
    if ((said.get(externalId) ?? words) !== words) shared.add(externalId);
    said.set(externalId, words);
  }
  for (const post of unnamed) {
    const { externalId, title, text, publishedAt } = post;
    if (shared.has(externalId)) post.externalId = hashOf(title, text, [externalId, publishedAt]);
  }
}

/**
 * One post for each id, the first and newest. An id that stands at different addresses is none: the
 * addresses tell those posts apart.
 */
function distinct(posts: readonly Post[]): Post[] {
  const places = new Map<string, string | null>();
  const shared = new Set<string>();
  for (const { externalId, url } of posts) {
    const place = places.get(externalId);
    if (place === undefined) places.set(externalId, url);
    else if (place !== url) shared.add(externalId);
  }
  const byId = new Map<string, Post>();
  for (const post of posts) {
    const externalId = shared.has(post.externalId)
      ? (post.url ?? post.externalId)
      : post.externalId;
    if (!byId.has(externalId)) byId.set(externalId, { ...post, externalId });
  }
  return [...byId.values()];
}

/** `xml:base` and `xml:lang` may stand at a root that no reader hands on. */
function rootAttributes(xml: string): Record<string, string> {
  const tag = xml.slice(0, Math.min(xml.indexOf('>') + 1, 4000));
  const found = tag.matchAll(/\s(xml:(?:base|lang))\s{0,5}=\s{0,5}["']([^"'<>]{1,500})["']/gu);
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, value]));
}

function noFeed(text: string): FeedDocument {
  const isPage = /<(?:!doctype\s+html|html|head|body)[\s>]/iu.test(text.slice(0, 5000));
  return {
    ok: false,
    isPage,
    failure: {
      kind: 'malformed',
      cause: isPage ? 'HTML instead of a feed' : 'no feed in the answer',
      message: isPage
        ? 'answers with a web page instead of a feed; it may want a login, or have moved its feed'
        : 'answers with something that is no feed; check the address',
    },
  };
}
