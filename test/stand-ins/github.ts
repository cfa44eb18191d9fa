import type { Reply } from '../helpers/web.ts';
import { jsonReply, startPlace, type Place } from './place.ts';

export type SampleEntry = Record<string, unknown> & { id: number; updated_at: string };

export interface GitHubPlace extends Place {
  issues: Map<number, SampleEntry>;
  comments: Map<number, SampleEntry>;
  /** As GraphQL has them. */
  discussions: Record<string, unknown>[];
  addIssue(number: number, at: Date, over?: Record<string, unknown>): void;
  addComment(id: number, at: Date, over?: Record<string, unknown>): void;
  limit: { remaining: number; reset: Date };
  /** Searches time out, and show only a part. */
  isIncomplete: boolean;
}

export const TOKEN = 'sample-token';

/**
 * GitHub: lists of a repository with `since` (inclusive, by time of change), a search that shows no
 * result beyond the thousandth, GraphQL for discussions with a token only, limits with a reset in
 * seconds since 1970, and an ETag on everything.
 */
export async function startGitHub(): Promise<GitHubPlace> {
  return gitHubOn(await startPlace());
}

/** The same on a place that runs already. */
export function gitHubOn(place: Place): GitHubPlace {
  place.settings['GITHUB_API_URL'] = place.web.url;
  const self: GitHubPlace = Object.assign(place, {
    issues: new Map<number, SampleEntry>(),
    comments: new Map<number, SampleEntry>(),
    discussions: [],
    limit: { remaining: 4999, reset: new Date('2026-03-02T13:00:00Z') },
    isIncomplete: false,
    addIssue(number: number, at: Date, over: Record<string, unknown> = {}) {
      const path = `/repos/acme/router/issues/${number}`;
      self.issues.set(number, {
        id: number,
        number,
        node_id: `I_sample${number}`,
        html_url: `https://github.com/acme/router/issues/${number}`,
        title: `Sample ${number}: build breaks`,
        body: '<!-- template -->\nSince **2.1** it breaks.',
        user: { login: 'sample-user', type: 'User', avatar_url: 'https://a.example/1.png' },
        created_at: iso(at),
        updated_at: iso(at),
        ...over,
      });
      place.json(path, () => answer(self.issues.get(number)));
      place.json(`${path}/comments`, () => answer([...self.comments.values()]));
    },
    addComment(id: number, at: Date, over: Record<string, unknown> = {}) {
      self.comments.set(id, {
        id,
        node_id: `IC_sample${id}`,
        html_url: `https://github.com/acme/router/issues/1#issuecomment-${id}`,
        body: `Sample ${id}: same here`,
        user: { login: 'sample-user', type: 'User' },
        created_at: iso(at),
        updated_at: iso(at),
        ...over,
      });
      place.json(`/repos/acme/router/issues/comments/${id}`, () => answer(self.comments.get(id)));
    },
  });

  function answer(value: unknown, ifNoneMatch?: string): Reply {
    const headers = {
      'x-ratelimit-remaining': String(self.limit.remaining),
      'x-ratelimit-reset': String(self.limit.reset.getTime() / 1000),
      etag: `"${JSON.stringify(value ?? null).length}"`,
    };
    if (value === undefined) return jsonReply({ message: 'Not Found' }, { status: 404, headers });
    if (ifNoneMatch === headers.etag) return { status: 304, headers };
    return jsonReply(value, { headers });
  }

  function page(
    entries: Map<number, SampleEntry>,
    { since, isAscending, query }: { since: string; isAscending: boolean; query: URLSearchParams },
  ): { items: SampleEntry[]; total: number } {
    const size = Math.min(Number(query.get('per_page') ?? 30), 100);
    const start = (Number(query.get('page') ?? 1) - 1) * size;
    const found = [...entries.values()].filter(({ updated_at: at }) => at >= since);
    found.sort((a, b) => (a.updated_at < b.updated_at ? -1 : 1) * (isAscending ? 1 : -1));
    return { items: found.slice(start, start + size), total: found.length };
  }

  for (const [path, entries] of [
    ['/repos/acme/router/issues', self.issues],
    ['/repos/acme/router/issues/comments', self.comments],
  ] as const) {
    place.json(path, (query, { headers }) => {
      const isAscending = query.get('direction') === 'asc';
      const since = query.get('since') ?? '';
      return answer(page(entries, { since, isAscending, query }).items, headers['if-none-match']);
    });
  }

  place.json('/search/issues', (query) => {
    const since = / updated:>=(\S+)/u.exec(query.get('q') ?? '')?.[1] ?? '';
    const isAscending = query.get('order') === 'asc';
    if (Number(query.get('page')) > 10)
      return jsonReply({ message: 'first 1000' }, { status: 422 });
    const { items, total } = page(self.issues, { since, isAscending, query });
    const shown = self.isIncomplete ? items.slice(0, 1) : items;
    return answer({ total_count: total, incomplete_results: self.isIncomplete, items: shown });
  });

  place.json('/graphql', (_, { headers, body, method }) => {
    if (headers['authorization'] !== `Bearer ${TOKEN}` || method !== 'POST') {
      return jsonReply({ message: 'Bad credentials' }, { status: 401 });
    }
    const { variables } = JSON.parse(body) as { variables: { ids?: string[]; id?: string } };
    const byId = (id: string) => self.discussions.find((one) => one['id'] === id) ?? null;
    if (variables.ids) return { data: { nodes: variables.ids.map(byId) } };
    if (variables.id) return { data: { node: byId(variables.id) } };
    const pageInfo = { hasNextPage: false, endCursor: null };
    return { data: { repository: { discussions: { pageInfo, nodes: self.discussions } } } };
  });
  return self;
}

/** As GitHub writes times. */
function iso(at: Date): string {
  return at.toISOString().replace('.000Z', 'Z');
}
