import { gzipSync } from 'node:zlib';
import { jsonReply, startPlace, type Place } from './place.ts';
import type { Reply } from '../helpers/web.ts';

export type SampleQuestion = Record<string, unknown> & {
  question_id: number;
  last_activity_date: number;
};

export interface StackExchangePlace extends Place {
  questions: Map<number, SampleQuestion>;
  add(id: number, at: number, over?: Record<string, unknown>): void;
  quota: number;
  /** Goes into the next answer, once. */
  backoff: number | null;
}

/**
 * The Stack Exchange API: a wrapper with `has_more` and the quota, `min` inclusive, 100 a page at
 * most, packed with gzip whether asked for or not, and a throttle that comes as a 400.
 */
export async function startStackExchange(): Promise<StackExchangePlace> {
  return stackExchangeOn(await startPlace());
}

/** The same on a place that runs already. */
export function stackExchangeOn(place: Place): StackExchangePlace {
  const questions = new Map<number, SampleQuestion>();
  const self: StackExchangePlace = Object.assign(place, {
    questions,
    quota: 300,
    backoff: null as number | null,
    add(id: number, at: number, over: Record<string, unknown> = {}) {
      questions.set(id, {
        question_id: id,
        creation_date: at,
        last_activity_date: at,
        tags: ['acme'],
        owner: { display_name: 'sample &amp; user', user_type: 'registered', reputation: 1 },
        link: `https://stackoverflow.com/questions/${id}/sample`,
        title: `Sample ${id}: Acme &quot;timeout&quot;`,
        body: '<p>It fails.</p><pre><code>error error</code></pre>',
        ...over,
      });
    },
  });
  place.settings['STACKEXCHANGE_API_URL'] = `${place.web.url}/2.3`;

  function wrap(items: unknown[], hasMore = false): Reply {
    self.quota -= 1;
    const backoff = self.backoff === null ? {} : { backoff: self.backoff };
    self.backoff = null;
    return packed({
      items,
      has_more: hasMore,
      quota_max: 300,
      quota_remaining: self.quota,
      ...backoff,
    });
  }

  function search(query: URLSearchParams): Reply {
    if (query.get('filter') !== 'withbody' || query.get('site') === null) return wrap([]);
    const tags = query.get('tagged')?.split(';') ?? [];
    const min = Number(query.get('min') ?? 0);
    const sign = query.get('order') === 'asc' ? 1 : -1;
    const size = Math.min(Number(query.get('pagesize')), 100);
    const found = [...questions.values()]
      .filter(({ last_activity_date: at }) => at >= min)
      .filter((question) => tags.every((tag) => (question['tags'] as string[]).includes(tag)))
      .sort((a, b) => sign * (a.last_activity_date - b.last_activity_date));
    const start = (Number(query.get('page')) - 1) * size;
    return wrap(found.slice(start, start + size), found.length > start + size);
  }

  place.json('/2.3/questions', search);
  place.json('/2.3/search/advanced', search);
  /** The rest has ids in its path. */
  for (const ids of ['1', '2', '1;2;3']) {
    place.json(`/2.3/questions/${ids}`, () =>
      wrap(ids.split(';').flatMap((id) => questions.get(Number(id)) ?? [])),
    );
  }
  place.json('/2.3/questions/1/answers', () => wrap([entry({ answer_id: 10 }, 20)]));
  place.json('/2.3/posts/1/comments', () => wrap([entry({ comment_id: 11 }, 10)]));
  return self;
}

function entry(ids: object, at: number): object {
  const name = Object.keys(ids)[0] ?? '';
  return {
    ...ids,
    body: `Sample ${name}`,
    creation_date: at,
    owner: { display_name: 'acme_sample' },
  };
}

export function packed(value: unknown, status = 200): Reply {
  const reply = jsonReply(value, { status, headers: { 'content-encoding': 'gzip' } });
  return { ...reply, body: gzipSync(String(reply.body)) };
}
