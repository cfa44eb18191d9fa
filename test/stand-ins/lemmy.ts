import { jsonReply, startPlace, type Place } from './place.ts';

export interface LemmyPlace extends Place {
  addPost(id: number, at: Date, over?: Record<string, unknown>): void;
  addComment(id: number, at: Date, over?: Record<string, unknown>): void;
  posts: Map<number, Content>;
  comments: Map<number, Content>;
  version: string | null;
  /** 1.0 names the dates anew, and its errors. */
  isNew: boolean;
}

type Content = Record<string, unknown> & { id: number; at: Date; ap_id: string };

/**
 * A Lemmy instance through `/api/v3`: lists sorted by date, newest first and pinned posts before
 * them, 50 a page at most, with page numbers and no "since"; dates without a zone on older servers; `resolve_object` finds by the
 * global id, without a login, what the instance has.
 */
export async function startLemmy(): Promise<LemmyPlace> {
  return lemmyOn(await startPlace());
}

/** The same on a place that runs already. */
export function lemmyOn(place: Place): LemmyPlace {
  const self: LemmyPlace = Object.assign(place, {
    posts: new Map<number, Content>(),
    comments: new Map<number, Content>(),
    version: '0.19.5' as string | null,
    isNew: false,
    addPost(id: number, at: Date, over: Record<string, unknown> = {}) {
      const ap_id = `https://lemmy.example/post/${id}`;
      const content = { name: `Sample ${id}: Acme outage?`, body: 'Anyone **else**?' };
      self.posts.set(id, { id, at, ap_id, deleted: false, removed: false, ...content, ...over });
    },
    addComment(id: number, at: Date, over: Record<string, unknown> = {}) {
      const ap_id = `https://lemmy.example/comment/${id}`;
      const content = { content: `Sample ${id}: me too`, post_id: 7, path: `0.${id}` };
      self.comments.set(id, { id, at, ap_id, deleted: false, removed: false, ...content, ...over });
    },
  });

  function view(kind: 'post' | 'comment', { at, creator, ...content }: Content): object {
    const date = at.toISOString().replace('Z', self.isNew ? 'Z' : '000');
    const dates = self.isNew ? { published_at: date } : { published: date };
    return {
      ...(kind === 'comment' ? { post: { id: 7 } } : {}),
      [kind]: { ...content, ...dates },
      creator: {
        name: 'sample_user',
        actor_id: 'https://home.example/u/sample_user',
        avatar: 'https://home.example/sample.png',
        ...(creator as object),
      },
      community: { name: 'acme' },
    };
  }

  function page(kind: 'post' | 'comment', query: URLSearchParams): object {
    const size = Math.min(Number(query.get('limit') ?? 10), 50);
    const start = (Number(query.get('page') ?? 1) - 1) * size;
    const rank = ({ at, featured_local: isPinned }: Content) =>
      at.getTime() + (isPinned === true ? 1e13 : 0);
    const all = [...self[`${kind}s`].values()].sort((a, b) => rank(b) - rank(a));
    return { [`${kind}s`]: all.slice(start, start + size).map((one) => view(kind, one)) };
  }

  place.json('/api/v3/site', () =>
    self.version === null
      ? jsonReply({ error: 'instance_is_private' }, { status: 401 })
      : { version: self.version, site_view: { site: { name: 'Sample' } } },
  );
  place.json('/api/v3/post/list', (query) => page('post', query));
  place.json('/api/v3/comment/list', (query) => page('comment', query));
  place.json('/api/v3/resolve_object', (query) => {
    for (const kind of ['post', 'comment'] as const) {
      const found = [...self[`${kind}s`].values()].find(({ ap_id }) => ap_id === query.get('q'));
      if (found !== undefined) return { [kind]: view(kind, found) };
    }
    const error = self.isNew ? 'not_found' : 'couldnt_find_object';
    return jsonReply({ error }, { status: self.isNew ? 404 : 400 });
  });
  return self;
}
