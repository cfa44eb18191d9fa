import type { RecordedRequest, Reply } from '../helpers/web.ts';
import { jsonReply, startPlace, type Place } from './place.ts';

export type SampleItem = Record<string, unknown> & { id: string; created_time: string };

export interface FacebookPlace extends Place {
  /** Of the Page and its visitors, newest first when asked for. */
  posts: Map<string, SampleItem>;
  comments: Map<string, SampleItem & { under: string }>;
  addPost(id: string, at: Date, over?: Record<string, unknown>): SampleItem;
  addComment(under: string, id: string, at: Date, over?: Record<string, unknown>): SampleItem;
  /** Percent of the calls that are used, and minutes until there are calls again. */
  usage: { call_count: number; estimated_time_to_regain_access: number };
  /** The header that counts for the whole app; empty where it is not sent. */
  appUsage: string;
}

export const TOKEN = 'sample-page-token';
export const PAGE = '100';

/**
 * Facebook's Graph as the owner of a Page sees it: its feed with what visitors write, comments by
 * `filter=stream` and newest first, cursors with an address of the next page where there is one, and
 * errors whose code says what the status (400) does not.
 */
export async function startFacebook(): Promise<FacebookPlace> {
  return facebookOn(await startPlace());
}

/** The same on a place that runs already. */
export function facebookOn(place: Place): FacebookPlace {
  const posts = new Map<string, SampleItem>();
  const comments = new Map<string, SampleItem & { under: string }>();
  const self: FacebookPlace = Object.assign(place, {
    posts,
    comments,
    usage: { call_count: 5, estimated_time_to_regain_access: 0 },
    appUsage: '',
    addPost(id: string, at: Date, over: Record<string, unknown> = {}) {
      const post = itemOf(id, at, over);
      posts.set(id, post);
      serve(id, () => posts.get(id));
      return post;
    },
    addComment(under: string, id: string, at: Date, over: Record<string, unknown> = {}) {
      const comment = { ...itemOf(id, at, over), under };
      comments.set(id, comment);
      serve(id, () => comments.get(id));
      return comment;
    },
  });
  place.settings['FACEBOOK_API_URL'] = `${place.web.url}/v26.0`;
  place.settings['FACEBOOK_PAGE_TOKEN'] = TOKEN;

  function guarded(path: string, answer: (query: URLSearchParams) => unknown): void {
    place.json(`/v26.0/${path}`, (query, request) => {
      if (!hasToken(request, TOKEN)) return graphError(190);
      const value = answer(query);
      const app: Record<string, string> = self.appUsage ? { 'x-app-usage': self.appUsage } : {};
      const headers = { ...usageOf(self.usage), ...app };
      return isReply(value) ? value : jsonReply(value, { headers });
    });
  }

  /** An object by its id, and the comments under it. */
  function serve(id: string, find: () => SampleItem | undefined): void {
    guarded(id, () => find() ?? graphError(100, 33));
    guarded(`${id}/comments`, (query) => {
      const isWhole = query.get('filter') === 'stream';
      const isNewestFirst = query.get('order') === 'reverse_chronological';
      return isWhole && isNewestFirst ? pageOf(under(id), query) : pageOf([], query);
    });
  }

  function under(id: string): SampleItem[] {
    return [...comments.values()].filter((comment) => comment.under === id).sort(newestFirst);
  }

  guarded('me', () => ({ id: PAGE, name: 'Acme Sample', username: 'AcmeSample' }));
  guarded(`${PAGE}/feed`, (query) => {
    const all = [...posts.values()].sort(newestFirst).map((post) => ({
      ...post,
      comments: {
        data: under(post.id)
          .slice(0, 1)
          .map(({ id, created_time }) => ({ id, created_time })),
        summary: { total_count: under(post.id).length },
      },
    }));
    return pageOf(all, query);
  });
  return self;
}

function itemOf(id: string, at: Date, over: Record<string, unknown>): SampleItem {
  return {
    id,
    message: `Sample ${id}: down again`,
    created_time: at.toISOString().replace('.000Z', '+0000'),
    permalink_url: `https://www.facebook.com/acmesample/posts/${id}`,
    from: { id: '300', name: 'Sample' },
    ...over,
  };
}

/** A page of a list as Meta's places show it. */
export function pageOf(all: readonly { id: string }[], query: URLSearchParams): object {
  const size = Math.min(Number(query.get('limit') ?? 25), 100);
  const start = Number(query.get('after')?.slice('c'.length) ?? 0);
  const data = all.slice(start, start + size);
  const cursors = { before: `c${start}`, after: `c${start + size}` };
  const next = 'https://graph.facebook.com/sample?access_token=sample';
  return { data, paging: start + size < all.length ? { cursors, next } : { cursors } };
}

export function graphError(code: number, subcode?: number, headers = {}): Reply {
  const error = { message: 'Sample', type: 'OAuthException', code, fbtrace_id: 'sample' };
  const status = code === 190 ? 401 : 400;
  return jsonReply({ error: { ...error, error_subcode: subcode } }, { status, headers });
}

/** The header that counts a business's calls. */
export function usageOf(usage: object): Record<string, string> {
  return { 'x-business-use-case-usage': JSON.stringify({ '900': [{ type: 'pages', ...usage }] }) };
}

export function hasToken({ headers, path }: RecordedRequest, token: string): boolean {
  return headers['authorization'] === `Bearer ${token}` && !path.includes(token);
}

function isReply(value: unknown): value is Reply {
  return typeof value === 'object' && value !== null && 'status' in value && 'headers' in value;
}

function newestFirst(a: SampleItem, b: SampleItem): number {
  return a.created_time < b.created_time ? 1 : -1;
}
