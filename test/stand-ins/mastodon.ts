import type { Reply } from '../helpers/web.ts';
import { jsonReply, startPlace, type Place } from './place.ts';

export interface SampleStatus {
  id: string;
  uri: string;
  url: string;
  created_at: string;
  edited_at: string | null;
  content: string;
  spoiler_text: string;
  language: string | null;
  visibility: string;
  reblog: object | null;
  account: Record<string, unknown>;
  replyTo: string | null;
}

export interface MastodonPlace extends Place {
  statuses: Map<string, SampleStatus>;
  /** Adds a post to the hashtag `acme`; its id comes from its date. */
  add(at: Date, over?: Partial<SampleStatus>): SampleStatus;
  /** `timelines_access` of 4.5 and later; null: an older server, which says nothing. */
  access: string | null;
  /** How a closed timeline is closed. */
  closedBy: '401' | 'empty';
  /** Requests left in the limit, and when it resets (ISO, as Mastodon has it). */
  limit: { remaining: number; reset: string };
}

/** The id of a post of this instant: milliseconds, shifted by 16 bits, and a running number. */
export function idAt(at: Date, sequence = 0): string {
  return String((BigInt(at.getTime()) << 16n) + BigInt(sequence));
}

/**
 * A Mastodon instance: timelines give the newest 40 at most; `min_id` the page right after an id,
 * `since_id` the newest page after it; ids are strings; a closed timeline answers 401 or is empty.
 */
export async function startMastodon(): Promise<MastodonPlace> {
  return mastodonOn(await startPlace());
}

/** The same on a place that runs already. */
export function mastodonOn(place: Place): MastodonPlace {
  const statuses = new Map<string, SampleStatus>();
  const self: MastodonPlace = Object.assign(place, {
    statuses,
    access: 'public' as string | null,
    closedBy: '401' as const,
    limit: { remaining: 299, reset: '2026-03-02T12:05:00.949515Z' },
    add(at: Date, over: Partial<SampleStatus> = {}) {
      const id = over.id ?? idAt(at, statuses.size);
      const status: SampleStatus = {
        id,
        uri: `${place.web.url}/users/sample_user/statuses/${id}`,
        url: `${place.web.url}/@sample_user/${id}`,
        created_at: at.toISOString(),
        edited_at: null,
        content: '<p>Sample: <a href="#">#<span>acme</span></a> is down</p>',
        spoiler_text: '',
        language: 'en',
        visibility: 'public',
        reblog: null,
        account: { acct: 'sample_user', note: '<p>Sample</p>', noindex: false, bot: false },
        replyTo: null,
        ...over,
      };
      statuses.set(id, status);
      place.json(`/api/v1/statuses/${id}`, () => one(id));
      place.json(`/api/v1/statuses/${id}/context`, () => ({
        ancestors: [],
        descendants: [...statuses.values()].filter(({ replyTo }) => replyTo === id),
      }));
      return status;
    },
  });

  function one(id: string): unknown {
    const status = statuses.get(id);
    if (status !== undefined) return status;
    return jsonReply({ error: 'Record not found' }, { status: 404 });
  }

  function timeline(query: URLSearchParams): unknown {
    const isClosed = self.access !== null && self.access !== 'public';
    if (isClosed && self.closedBy === 'empty') return answer([]);
    if (isClosed) {
      const error = 'This API requires an authenticated user';
      return jsonReply({ error }, { status: 401 });
    }
    const limit = Math.min(Number(query.get('limit') ?? 20), 40);
    const all = [...statuses.values()].sort(byId);
    const minId = query.get('min_id');
    if (minId === null) return answer(all.slice(-limit).reverse());
    const after = all.filter(({ id }) => byId({ id }, { id: minId }) > 0);
    return answer(after.slice(0, limit).reverse());
  }

  function answer(page: SampleStatus[]): Reply {
    const { remaining, reset } = self.limit;
    return jsonReply(page, {
      headers: { 'x-ratelimit-remaining': String(remaining), 'x-ratelimit-reset': reset },
    });
  }

  place.json('/api/v1/timelines/tag/acme', timeline);
  place.json('/api/v1/timelines/public', timeline);
  place.json('/api/v2/instance', () => {
    const feed = { local: self.access, remote: self.access };
    const access = { live_feeds: feed, hashtag_feeds: feed };
    const configuration = self.access === null ? {} : { timelines_access: access };
    return { domain: 'mastodon.example', version: '4.5.0', configuration };
  });
  return self;
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id.length - b.id.length || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
