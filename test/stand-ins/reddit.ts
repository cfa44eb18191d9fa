import type { RecordedRequest, Reply } from '../helpers/web.ts';
import { jsonReply, startPlace, type Place } from './place.ts';

export type SampleThing = Record<string, unknown> & { name: string; created_utc: number };

export interface RedditPlace extends Place {
  things: Map<string, SampleThing>;
  /** Adds a post (`t3_`) or a comment (`t1_`) to r/acme. */
  add(name: string, at: Date, over?: Record<string, unknown>): SampleThing;
  /** Tokens that were given out; emptying it makes them all invalid. */
  tokens: Set<string>;
  limit: { remaining: string; reset: string };
  /** Children of a comment's thread that are folded away. */
  folded: string[];
}

const CLIENT = { id: 'sample-client', secret: 'sample-secret' };

/** How many things a listing shows in all. */
const WINDOW = 1000;

/**
 * Reddit as an approved app sees it: a token for the app's id and secret that lives an hour, listings
 * of a thousand things at most, newest first, paged by the fullname of the last one, times in seconds
 * with a fraction, limits with their reset in seconds from now, and deleted things that stay, emptied.
 */
export async function startReddit(): Promise<RedditPlace> {
  return redditOn(await startPlace());
}

/** The same on a place that runs already. */
export function redditOn(place: Place): RedditPlace {
  const things = new Map<string, SampleThing>();
  const self: RedditPlace = Object.assign(place, {
    things,
    tokens: new Set<string>(),
    limit: { remaining: '996.0', reset: '300' },
    folded: [],
    add(name: string, at: Date, over: Record<string, unknown> = {}) {
      const isComment = name.startsWith('t1_');
      const thing: SampleThing = {
        name,
        subreddit: 'acme',
        subreddit_type: 'public',
        author: 'sample_user',
        author_fullname: 't2_sample',
        created_utc: at.getTime() / 1000,
        edited: false,
        ...(isComment
          ? {
              body: `Sample ${name}: same here`,
              link_id: 't3_a1',
              parent_id: 't3_a1',
              permalink: `/r/acme/comments/a1/sample/${name.slice(3)}/`,
              replies: '',
            }
          : {
              title: `Sample ${name}: Acme is down`,
              selftext: 'Since **today**\n\n> quoted by others',
              permalink: `/r/acme/comments/${name.slice(3)}/sample/?ref=share`,
              over_18: false,
            }),
        ...over,
      };
      things.set(name, thing);
      return thing;
    },
  });
  Object.assign(place.settings, {
    REDDIT_API_URL: place.web.url,
    REDDIT_TOKEN_URL: `${place.web.url}/api/v1/access_token`,
    REDDIT_CLIENT_ID: CLIENT.id,
    REDDIT_CLIENT_SECRET: CLIENT.secret,
    REDDIT_USERNAME: 'acme_sample',
  });

  /** Only for those who hold a token; everything says how much of the limit is left. */
  function guarded(path: string, answer: (query: URLSearchParams) => unknown): void {
    place.json(path, (query, { headers }) => {
      const token = headers['authorization']?.replace('Bearer ', '') ?? '';
      if (!self.tokens.has(token)) return limits({ message: 'Unauthorized', error: 401 }, 401);
      return limits(answer(query));
    });
  }

  function limits(value: unknown, status = 200): Reply {
    const { remaining, reset } = self.limit;
    const headers = { 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset': reset };
    return jsonReply(value, { status, headers });
  }

  function listingOf(kind: 't1' | 't3') {
    return (query: URLSearchParams) => {
      const all = [...things.values()]
        .filter(({ name }) => name.startsWith(kind))
        .sort((a, b) => b.created_utc - a.created_utc)
        .slice(0, WINDOW);
      const after = query.get('after');
      const start = after === null ? 0 : all.findIndex(({ name }) => name === after) + 1;
      const page = all.slice(start, start + Math.min(Number(query.get('limit') ?? 25), 100));
      const isLast = start + page.length >= all.length;
      return listing(page.map(wrapped), isLast ? null : (page.at(-1)?.name ?? null));
    };
  }

  function erasedOf(name: string): object[] {
    const thing = things.get(name);
    return thing === undefined ? [] : [wrapped(thing)];
  }

  place.json('/api/v1/access_token', (_, request) => {
    if (!isClient(request)) return jsonReply({ error: 401 }, { status: 401 });
    const token = `sample-token-${self.tokens.size + 1}-${place.web.requests.length}`;
    self.tokens.add(token);
    return { access_token: token, token_type: 'bearer', expires_in: 3600, scope: '*' };
  });
  for (const path of ['/r/acme/new', '/search', '/r/acme/search']) guarded(path, listingOf('t3'));
  guarded('/r/acme/comments', listingOf('t1'));
  guarded('/api/info', (query) =>
    listing((query.get('id') ?? '').split(',').slice(0, 100).flatMap(erasedOf), null),
  );
  guarded('/comments/a1', (query) => {
    const comment = query.get('comment');
    const roots = comment === null ? 't3_a1' : undefined;
    const tree = commentsUnder(roots ?? '').concat(
      comment === null ? [] : [nested(things.get(`t1_${comment}`))],
    );
    const more = { kind: 'more', data: { children: self.folded } };
    const comments = self.folded.length > 0 ? [...tree, more] : tree;
    return [listing(erasedOf('t3_a1'), null), listing(comments, null)];
  });
  guarded('/api/morechildren', (query) => ({
    json: {
      errors: [],
      data: {
        things: (query.get('children') ?? '').split(',').flatMap((id) => erasedOf(`t1_${id}`)),
      },
    },
  }));

  function commentsUnder(parent: string): object[] {
    return [...things.values()]
      .filter(({ name, parent_id: id }) => id === parent && !self.folded.includes(name.slice(3)))
      .map(nested);
  }

  function nested(thing: SampleThing | undefined): object {
    const children = thing === undefined ? [] : commentsUnder(thing.name);
    const replies = children.length === 0 ? '' : listing(children, null);
    return { kind: 't1', data: { ...thing, replies } };
  }

  return self;
}

function wrapped(thing: SampleThing): object {
  return { kind: thing.name.slice(0, 2), data: thing };
}

function listing(children: readonly object[], after: string | null): object {
  return { kind: 'Listing', data: { after, before: null, children } };
}

function isClient({ method, headers, body }: RecordedRequest): boolean {
  const credentials = Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64');
  const isOurs = headers['authorization'] === `Basic ${credentials}`;
  return isOurs && method === 'POST' && body === 'grant_type=client_credentials';
}
