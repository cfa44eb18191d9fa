import { jsonReply, startPlace, type Place } from './place.ts';

export type SamplePost = Record<string, unknown> & { id: number };

export interface DiscoursePlace extends Place {
  posts: Map<number, SamplePost>;
  /** Adds public posts with these ids to topic 77. */
  add(...ids: number[]): void;
  change(id: number, over: Record<string, unknown>): void;
  /** Whether `before` shows the 50 newest posts below, or only those of the 50 ids below. */
  pageBy: 'posts' | 'ids';
}

/**
 * A Discourse forum: `/posts.json` has the newest public posts, 50 a page; `before` goes below an id;
 * private posts leave holes, and a page may be empty where older posts exist; the list has an ETag.
 */
export async function startDiscourse(folder = ''): Promise<DiscoursePlace> {
  return discourseOn(await startPlace(), folder);
}

/** The same on a place that runs already. */
export function discourseOn(place: Place, folder = ''): DiscoursePlace {
  const posts = new Map<number, SamplePost>();
  const self: DiscoursePlace = Object.assign(place, {
    posts,
    pageBy: 'posts' as const,
    add(...ids: number[]) {
      for (const id of ids) {
        posts.set(id, {
          id,
          username: 'sample_user',
          name: 'Sample',
          avatar_template: '/sample.png',
          created_at: new Date(Date.UTC(2026, 2, 2, 12) + id * 1000).toISOString(),
          updated_at: new Date(Date.UTC(2026, 2, 2, 13) + id * 1000).toISOString(),
          cooked: `<p>Sample ${id}: Acme update fails</p>`,
          post_number: id,
          reply_to_post_number: null,
          topic_id: 77,
          topic_slug: 'update',
          topic_title: 'Sample: update',
          category_id: 5,
          version: 1,
          hidden: false,
          user_deleted: false,
        });
        place.json(`${folder}/posts/${id}.json`, () => one(id));
        place.json(`${folder}/posts/by_number/77/${id}.json`, () => one(id));
      }
    },
    change(id: number, over: Record<string, unknown>) {
      posts.set(id, { ...posts.get(id), ...over, id });
    },
  });

  function one(id: number): unknown {
    return posts.get(id) ?? jsonReply({ errors: ['not here'] }, { status: 404 });
  }

  place.json(`${folder}/posts.json`, (query, { headers }) => {
    const before = Number(query.get('before') ?? Infinity);
    const below = [...posts.values()].filter(({ id }) => id < before).sort((a, b) => b.id - a.id);
    const inReach = below.filter(({ id }) => self.pageBy === 'posts' || id >= before - 50);
    const page = (before === Infinity ? below : inReach).slice(0, 50);
    const etag = `W/"${page.map(({ id, version }) => `${id}.${String(version)}`).join('-')}"`;
    if (headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
    return jsonReply({ latest_posts: page }, { headers: { etag } });
  });
  place.json(`${folder}/t/77.json`, () => {
    const all = [...posts.values()];
    return { post_stream: { posts: all.slice(0, 20), stream: all.map(({ id }) => id) } };
  });
  place.json(`${folder}/t/77/posts.json`, (query) => {
    const ids = query.getAll('post_ids[]').map(Number);
    return { post_stream: { posts: ids.flatMap((id) => posts.get(id) ?? []) } };
  });
  return self;
}
