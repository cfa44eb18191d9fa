import type { RecordedRequest, Reply } from '../helpers/web.ts';
import { jsonReply, startPlace, type Place } from './place.ts';

export interface SamplePost {
  id: string;
  text: string;
  created_at: string;
  author_id: string;
  [field: string]: unknown;
}

export interface XPlace extends Place {
  posts: Map<string, SamplePost>;
  add(at: Date, over?: Partial<SamplePost>): SamplePost;
  /** Protected, or of a suspended account: a look-up may not show them. */
  hidden: Set<string>;
  /** Posts that were sent in searches, for which X would charge if the day were new. */
  sent: string[];
}

export const TOKEN = 'sample-bearer';
const WINDOW = 7 * 24 * 3_600_000;

/** The id of a post of this instant: milliseconds since X's epoch, shifted, and a running number. */
export function idAt(at: Date, sequence = 0): string {
  return String(((BigInt(at.getTime()) - 1_288_834_974_657n) << 22n) + BigInt(sequence));
}

/**
 * X: a search of the last seven days, 10 to 100 a page, newest first, `since_id` exclusive and not
 * older than that, pages by `next_token`; authors' names apart; a look-up that answers 200 with
 * errors for what is missing; limits with a reset in seconds since 1970.
 */
export async function startX(): Promise<XPlace> {
  return xOn(await startPlace());
}

/** The same on a place that runs already. */
export function xOn(place: Place): XPlace {
  const posts = new Map<string, SamplePost>();
  const self: XPlace = Object.assign(place, {
    posts,
    hidden: new Set<string>(),
    sent: [],
    add(at: Date, over: Partial<SamplePost> = {}) {
      const id = over.id ?? idAt(at, posts.size);
      const post: SamplePost = {
        id,
        text: 'Sample: @acme is down &amp; out',
        created_at: at.toISOString(),
        lang: 'en',
        author_id: '100',
        conversation_id: id,
        edit_history_tweet_ids: [id],
        ...over,
      };
      posts.set(id, post);
      return post;
    },
  });
  Object.assign(place.settings, {
    X_API_URL: `${place.web.url}/2`,
    X_BEARER_TOKEN: TOKEN,
    X_MONTHLY_POSTS: '100000',
  });

  place.json('/2/tweets/search/recent', (query, request) => {
    if (!isOurs(request)) return problem(401, 'Unauthorized');
    const size = Number(query.get('max_results') ?? 10);
    const since = query.get('since_id');
    const isTooOld = since !== null && BigInt(since) < BigInt(idAt(before(place.now)));
    if (size < 10 || size > 100 || isTooOld) return problem(400, 'Invalid Request');
    const token = query.get('next_token');
    if (token !== null && !token.startsWith('next-')) return problem(400, 'Invalid Request');
    const conversation = /conversation_id:(\d+)/u.exec(query.get('query') ?? '')?.[1];
    const all = [...posts.values()]
      .filter(({ id }) => since === null || BigInt(id) > BigInt(since))
      .filter((post) => conversation === undefined || post['conversation_id'] === conversation)
      .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1));
    const start = Number(token?.slice('next-'.length) ?? 0);
    const page = all.slice(start, start + size);
    self.sent.push(...page.map(({ id }) => id));
    const isLast = start + size >= all.length;
    return answer(page, isLast ? {} : { next_token: `next-${start + size}` });
  });

  place.json('/2/tweets', (query, request) => {
    if (!isOurs(request)) return problem(401, 'Unauthorized');
    const ids = (query.get('ids') ?? '').split(',');
    if (ids.length > 100) return problem(400, 'Invalid Request');
    const shown = ids.flatMap((id) => (self.hidden.has(id) ? [] : (posts.get(id) ?? [])));
    const errors = ids
      .filter((id) => self.hidden.has(id) || !posts.has(id))
      .map((id) => errorOf(id, self.hidden.has(id)));
    return {
      ...(shown.length > 0 ? { data: shown } : {}),
      ...(errors.length > 0 ? { errors } : {}),
      includes: includesOf(shown),
    };
  });

  return self;
}

function answer(page: SamplePost[], more: object): object {
  if (page.length === 0) return { meta: { result_count: 0 } };
  const meta = { newest_id: page[0]?.id, oldest_id: page.at(-1)?.id, result_count: page.length };
  return { data: page, includes: includesOf(page), meta: { ...meta, ...more } };
}

function includesOf(page: SamplePost[]): object {
  const ids = [...new Set(page.map(({ author_id: id }) => id))];
  return { users: ids.map((id) => ({ id, username: `sample_user_${id}`, name: 'Sample' })) };
}

function errorOf(id: string, isHidden: boolean): object {
  const type = isHidden ? 'not-authorized-for-resource' : 'resource-not-found';
  return {
    resource_id: id,
    value: id,
    parameter: 'ids',
    resource_type: 'tweet',
    title: 'Sample',
    type: `https://api.x.com/2/problems/${type}`,
  };
}

/** An error as X words it. */
export function problem(status: number, title: string, headers = {}): Reply {
  return jsonReply({ title, type: 'about:blank', status, detail: title }, { status, headers });
}

function before(now: Date): Date {
  return new Date(now.getTime() - WINDOW);
}

function isOurs({ headers }: RecordedRequest): boolean {
  return headers['authorization'] === `Bearer ${TOKEN}`;
}
