import type { Address } from '../../core/source.ts';
import { webUrl } from '../json.ts';

export interface Place {
  /** The forum's own address, without a slash at the end; it may live in a folder. */
  base: string;
  only: { field: 'category_id' | 'topic_id'; value: number; path: string } | null;
}

/** `discourse:https://forum.example`, or an address with the shape of a forum's page. */
export function recognise(input: string): Address | null {
  const typed = input.trim();
  const said = /^discourse:(.+)$/iu.exec(typed)?.[1];
  const place = said === undefined ? placeOf(typed) : (placeOf(said) ?? bareForum(said));
  if (place === null) return null;
  const { base, only } = place;
  const name = base.replace(/^https?:\/\//u, '');
  if (only === null) return { address: `${base}/latest`, label: `${name}, all new posts` };
  const what = only.field === 'topic_id' ? 'one topic' : 'one category';
  return { address: `${base}${only.path}`, label: `${name}, ${what}` };
}

const CATEGORY = /^(.*?)(\/c\/(?:[^/]+\/){1,3}(\d+))(?:\/[a-z/]*)?$/u;
const TOPIC = /^(.*?)(\/t\/[^/]+\/(\d+))(?:\/\d*)?$/u;
const LATEST = /^(.*?)\/latest\/?$/u;

export function placeOf(url: string): Place | null {
  if (webUrl(url) === null) return null;
  const { origin, pathname } = new URL(url);
  const topic = TOPIC.exec(pathname);
  const category = topic ?? CATEGORY.exec(pathname);
  if (category?.[2] !== undefined) {
    const field = topic ? 'topic_id' : 'category_id';
    const only = { field, value: Number(category[3]), path: category[2] } as const;
    return { base: `${origin}${category[1]}`, only };
  }
  const latest = LATEST.exec(pathname);
  return latest ? { base: `${origin}${latest[1]}`, only: null } : null;
}

/** Pages that every forum has, and that are about all of it. */
const PAGES = /\/(?:categories|top|new|hot|posts|tags|about|faq|guidelines)$/u;

export function bareForum(url: string): Place | null {
  const full = /^https?:\/\//iu.test(url) ? url : `https://${url}`;
  if (webUrl(full) === null) return null;
  const { origin, pathname } = new URL(full);
  const folder = pathname.replace(/\/+$/u, '').replace(PAGES, '');
  return { base: `${origin}${folder}`, only: null };
}
