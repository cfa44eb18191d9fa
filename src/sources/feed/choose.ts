import { createHash } from 'node:crypto';
import type { Post } from '../../core/post.ts';
import { readDate } from './dates.ts';
import { chooseLink } from './links.ts';
import { textOfMarkup, tidyText } from './markup.ts';
import type { RawElement } from './raw.ts';
import { attributeOf, childrenOf, firstText, textOf, type XmlFields, type XmlNode } from './xml.ts';

/** What an item takes from its feed. */
export interface FeedContext {
  /** `xml:base` of the root, the site's address, the feed's own: innermost first. */
  bases: readonly (string | null)[];
  author: string | null;
  language: string | null;
}

const TEXTS = [
  'content:encoded',
  'content',
  'atom:content',
  'xhtml:body',
  'body',
  'description',
  'summary',
  'atom:summary',
  'itunes:summary',
  'media:description',
  'dc:description',
  'itunes:subtitle',
];
const DATES = [
  'pubdate',
  'published',
  'issued',
  'atom:published',
  'dc:date',
  'dcterms:issued',
  'dcterms:created',
  'created',
  'date',
  'updated',
  'modified',
  'atom:updated',
  'dcterms:modified',
];
const CHANGES = ['updated', 'atom:updated', 'modified', 'dcterms:modified'];
const AUTHORS = ['dc:creator', 'author', 'atom:author', 'dc:author', 'itunes:author'];
const IDS = ['guid', 'id'];
const LONGEST_ID = 2000;
const LONGEST_NAME = 200;
const MOST_AUTHORS = 5;
const LONGEST_TITLE = 1000;

/** Makes a post of a raw item. */
export function choosePost({ fields, attributes }: RawElement, context: FeedContext): Post {
  const bases = [attributes['xml:base'] ?? null, ...context.bases];
  const url = chooseLink(fields, bases);
  const title = chooseTitle(fields);
  const text = chooseText(fields);
  const publishedAt = firstDate(fields, DATES);
  const changedAt = firstDate(fields, CHANGES);
  const isEdited = changedAt !== null && publishedAt !== null && changedAt > publishedAt;
  return {
    externalId: chooseId(fields, attributes) ?? url ?? hashOf(title, text, publishedAt ?? fields),
    url,
    author: chooseAuthor(fields) ?? context.author,
    title,
    text,
    publishedAt,
    editedAt: isEdited ? changedAt : null,
    language:
      languageTag(attributes['xml:lang'] ?? firstText(fields, ['dc:language', 'language'])) ??
      context.language,
  };
}

/** guid, id, rdf:about; the caller falls back to the address and then to the content. */
function chooseId(fields: XmlFields, attributes: RawElement['attributes']): string | null {
  const own = firstText(fields, IDS) ?? attributes['rdf:about']?.trim();
  const link = firstText(fields, ['link', 'dc:identifier']);
  return boundedId(own ?? '') ?? boundedId(link ?? '');
}

/** Whether an item names itself, and is not only known by its address. */
export function hasOwnId({ fields, attributes }: RawElement): boolean {
  return boundedId(firstText(fields, IDS) ?? attributes['rdf:about'] ?? '') !== null;
}

/** Ids are compared as they are; a huge one by its hash. */
export function boundedId(id: string): string | null {
  const plain = id.replace(/[\u0000-\u001f\u007f]/gu, '').trim();
  if (plain === '') return null;
  return plain.length <= LONGEST_ID ? plain : hashOf(plain, '', null);
}

export function hashOf(title: string | null, text: string, rest: unknown): string {
  const parts = JSON.stringify([title, text, rest]);
  return `sha256:${createHash('sha256').update(parts).digest('base64url')}`;
}

function chooseTitle(fields: XmlFields): string | null {
  const node = [...(fields['title'] ?? []), ...(fields['dc:title'] ?? [])].find(
    (one) => textOf(one) !== '',
  );
  return node === undefined ? null : titleOf(textOf(node), attributeOf(node, 'type'));
}

/** Tags that a title may well be marked up with; "List<String>" is not. */
const MARKUP =
  /<\/?(?:a|abbr|b|br|cite|code|em|font|i|img|p|s|small|span|strong|sub|sup|u|wbr)\b|&/iu;

/** A title in one line. Feeds say "text" and mean markup, so it is looked for. */
export function titleOf(given: string, type: string | null): string | null {
  const isMarkup = type === 'html' || type === 'xhtml' || MARKUP.test(given);
  const plain = isMarkup ? textOfMarkup(given) : tidyText(given);
  const line = plain.replace(/\s*\n\s*/gu, ' ').slice(0, LONGEST_TITLE);
  return line === '' ? null : line;
}

function chooseText(fields: XmlFields): string {
  for (const name of TEXTS) {
    for (const node of fields[name] ?? []) {
      const text = readable(textOf(node));
      if (text !== '') return text;
    }
  }
  for (const group of fields['media:group'] ?? []) {
    const text = readable(textOf(childrenOf(group, 'description')[0]));
    if (text !== '') return text;
  }
  return '';
}

const CLOSING_TAG =
  /<\/(?:a|b|blockquote|div|em|h\d|i|li|ol|p|pre|span|strong|table|td|ul)>|<br ?\/?>/iu;

/** Some feeds escape their markup twice: no tag is to be seen at first, and then there are. */
function readable(markup: string): string {
  const text = textOfMarkup(markup);
  return !markup.includes('<') && CLOSING_TAG.test(text) ? textOfMarkup(text) : text;
}

function firstDate(fields: XmlFields, names: readonly string[]): Date | null {
  for (const name of names) {
    for (const node of fields[name] ?? []) {
      const date = readDate(textOf(node));
      if (date !== null) return date;
    }
  }
  return null;
}

/** The name of who wrote it, or the names. */
export function chooseAuthor(fields: XmlFields): string | null {
  for (const name of AUTHORS) {
    const nodes = fields[name]?.slice(0, MOST_AUTHORS) ?? [];
    const names = nodes.map((node) => nameOf(authorText(node))).filter((one) => one !== null);
    if (names.length > 0) return [...new Set(names)].join(', ');
  }
  return null;
}

function authorText(node: XmlNode): string {
  const name = textOf(childrenOf(node, 'name')[0]) || textOf(node);
  return name || textOf(childrenOf(node, 'email')[0]);
}

/**
 * A name without the mail address that RSS wants beside it: "mail (Name)", "Name <mail>". Of a mail
 * address alone the part before the @ is the handle.
 */
export function nameOf(given: string): string | null {
  const plain = titleOf(given.slice(0, LONGEST_NAME * 4), null) ?? '';
  const beside = /^\S+@\S+\s+\((.+)\)$/u.exec(plain)?.[1] ?? plain;
  const name = beside
    .replace(/[<(]?\b[^\s<>()@]+@[^\s<>()@]+\.[^\s<>()@]+\b[>)]?/gu, '')
    .replace(/^[\s,;:-]+|[\s,;:-]+$/gu, '');
  const handle = name === '' ? (/^[<(]?([^\s<>()@]+)@/u.exec(beside)?.[1] ?? '') : name;
  return handle === '' ? null : handle.slice(0, LONGEST_NAME);
}

/** A BCP 47 tag; null for what is none. */
export function languageTag(given: string | null | undefined): string | null {
  const tag = given?.trim().replaceAll('_', '-') ?? '';
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/iu.test(tag)) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}
