import { startPlace, type Place } from './place.ts';

export interface SampleItem {
  id: number;
  /** Seconds since 1970. */
  time: number;
  title?: string;
  text?: string;
  by?: string;
  parent?: number;
  deleted?: boolean;
  dead?: boolean;
  /** Whether the index has it already: it lags. */
  indexed?: boolean;
}

export interface HackerNewsPlace extends Place {
  add(...items: SampleItem[]): void;
  items: Map<number, SampleItem>;
  /** Hits of no use, which come along with every answer. */
  broken: unknown[];
}

/**
 * Hacker News as Algolia's index and the official API show it: `search_by_date` sorts the newest
 * first, knows `created_at_i` bounds, and shows no hit beyond the thousandth; the tree of an item is
 * one answer; the official API answers `null` for what is not there.
 */
export async function startHackerNews(): Promise<HackerNewsPlace> {
  return hackerNewsOn(await startPlace());
}

/** The same on a place that runs already. */
export function hackerNewsOn(place: Place): HackerNewsPlace {
  const items = new Map<number, SampleItem>();
  const broken: unknown[] = [];
  place.settings['HACKERNEWS_SEARCH_URL'] = `${place.web.url}/api/v1`;
  place.settings['HACKERNEWS_API_URL'] = `${place.web.url}/v0`;

  place.json('/api/v1/search_by_date', (query) => {
    const filters = (query.get('numericFilters') ?? '').split(',').filter(Boolean);
    const found = [...items.values()]
      .filter(({ indexed = true, deleted }) => indexed && !deleted)
      .filter(({ time }) => filters.every((filter) => isWithin(time, filter)))
      .sort((a, b) => b.time - a.time);
    const perPage = Math.min(Number(query.get('hitsPerPage') ?? 20), 1000);
    return {
      hits: [...broken, ...found.slice(0, perPage).map(toHit)],
      nbHits: found.length,
      page: 0,
      nbPages: Math.ceil(Math.min(found.length, 1000) / perPage),
      hitsPerPage: perPage,
    };
  });

  function tree(item: SampleItem): object {
    const children = [...items.values()].filter(({ parent }) => parent === item.id).map(tree);
    const { id, by = 'sample_user', title = null, text = null, time } = item;
    return { id, author: by, title, text, created_at_i: time, children };
  }

  return Object.assign(place, {
    items,
    broken,
    add(...added: SampleItem[]) {
      for (const item of added) {
        items.set(item.id, item);
        place.json(`/api/v1/items/${item.id}`, () => tree(items.get(item.id) ?? item));
        place.json(`/v0/item/${item.id}.json`, () => items.get(item.id) ?? null);
      }
    },
  });
}

function isWithin(time: number, filter: string): boolean {
  const [, sign, bound] = /^created_at_i(>=|<)(\d+)$/u.exec(filter) ?? [];
  if (bound === undefined) throw new Error(`unknown filter ${filter}`);
  return sign === '>=' ? time >= Number(bound) : time < Number(bound);
}

function toHit({ id, time, title, text, by = 'sample_user', parent }: SampleItem): object {
  const isComment = parent !== undefined;
  return {
    objectID: String(id),
    author: by,
    title: title ?? null,
    url: null,
    story_text: isComment ? null : (text ?? null),
    comment_text: isComment ? (text ?? null) : null,
    story_title: isComment ? 'Sample: is Acme down?' : null,
    created_at: new Date(time * 1000).toISOString(),
    created_at_i: time,
    points: isComment ? null : 1,
  };
}
