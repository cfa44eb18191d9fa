import type { RecordedRequest, Reply } from '../helpers/web.ts';
import { jsonReply, startPlace, type Place } from './place.ts';

export interface SampleComment {
  id: string;
  snippet: Record<string, unknown> & { publishedAt: string };
}

export interface YouTubePlace extends Place {
  threads: Map<string, SampleComment>;
  /** Answers, by the id of their thread; a thread shows only the newest of them. */
  answers: Map<string, SampleComment[]>;
  add(id: string, at: Date, over?: Record<string, unknown>): SampleComment;
  answer(thread: string, id: string, at: Date, over?: Record<string, unknown>): void;
  /** Page tokens that are honoured; null: all. */
  honoured: string | null;
}

export const CHANNEL = 'UCsamplesamplesamplesam1';
export const KEY = 'sample-key';

/** Items of one page at most. */
const MOST = 100;

/**
 * The YouTube Data API: threads of a channel in the order of their first comment, newest first, at
 * most a hundred a page, a sample of the answers with them, quotas and switched-off comments as a
 * 403 with a reason, no size of the page beside ids, and no `items` where nothing was found.
 */
export async function startYouTube(): Promise<YouTubePlace> {
  return youTubeOn(await startPlace());
}

/** The same on a place that runs already. */
export function youTubeOn(place: Place): YouTubePlace {
  const threads = new Map<string, SampleComment>();
  const answers = new Map<string, SampleComment[]>();
  const self: YouTubePlace = Object.assign(place, {
    threads,
    answers,
    honoured: null,
    add(id: string, at: Date, over: Record<string, unknown> = {}) {
      const comment = commentOf(id, at, over);
      threads.set(id, comment);
      return comment;
    },
    answer(thread: string, id: string, at: Date, over: Record<string, unknown> = {}) {
      const all = answers.get(thread) ?? [];
      answers.set(thread, [commentOf(`${thread}.${id}`, at, over), ...all]);
    },
  });
  place.settings['YOUTUBE_API_URL'] = `${place.web.url}/youtube/v3`;
  place.settings['YOUTUBE_API_KEY'] = KEY;

  function guarded(method: string, answer: (query: URLSearchParams) => unknown): void {
    place.json(`/youtube/v3/${method}`, (query, request) =>
      isOurs(request) ? answer(query) : refusal(400, 'API_KEY_INVALID'),
    );
  }

  guarded('commentThreads', (query) => {
    const video = query.get('videoId');
    const isOfChannel = query.get('allThreadsRelatedToChannelId') === CHANNEL;
    if (!isOfChannel && video === null) return refusal(404, 'channelNotFound');
    if (query.get('order') !== 'time' || query.get('textFormat') !== 'plainText') return {};
    const all = [...threads.values()]
      .filter(({ snippet }) => video === null || snippet['videoId'] === video)
      .sort((a, b) => (a.snippet.publishedAt < b.snippet.publishedAt ? 1 : -1));
    const page = query.get('pageToken');
    if (page !== null && self.honoured !== null && page !== self.honoured) {
      return refusal(400, 'invalidPageToken');
    }
    const start = Number(page?.slice('page-'.length) ?? 0);
    const size = Math.min(Number(query.get('maxResults') ?? 20), MOST);
    const items = all.slice(start, start + size).map(threadOf);
    return start + size < all.length ? { items, nextPageToken: `page-${start + size}` } : { items };
  });

  function threadOf(comment: SampleComment): object {
    const shown = (answers.get(comment.id) ?? []).slice(0, 5);
    return {
      kind: 'youtube#commentThread',
      id: comment.id,
      snippet: {
        channelId: CHANNEL,
        videoId: comment.snippet['videoId'],
        canReply: true,
        isPublic: true,
        totalReplyCount: answers.get(comment.id)?.length ?? 0,
        topLevelComment: comment,
      },
      ...(shown.length > 0 ? { replies: { comments: shown } } : {}),
    };
  }

  guarded('comments', (query) => {
    const parent = query.get('parentId');
    if (parent !== null) return { items: answers.get(parent) ?? [] };
    if (query.has('maxResults')) return refusal(400, 'operationNotSupported');
    const ids = (query.get('id') ?? '').split(',').slice(0, 50);
    const all = [...threads.values(), ...[...answers.values()].flat()];
    const found = all.filter(({ id }) => ids.includes(id));
    const kind = 'youtube#commentListResponse';
    return found.length === 0 ? { kind } : { kind, items: found };
  });

  guarded('channels', (query) => {
    const isKnown =
      query.get('forHandle') === '@acme-sample' || query.get('forUsername') === 'acmesample';
    if (!isKnown) return { pageInfo: { totalResults: 0 } };
    const snippet = { title: 'Acme Sample', description: 'sample', thumbnails: {} };
    return { items: [{ id: CHANNEL, snippet }] };
  });

  return self;
}

/** A refusal of a Google API, with its reason in both forms. */
export function refusal(code: number, reason: string): Reply {
  const error = { code, message: 'Sample.', errors: [{ reason, domain: 'youtube' }] };
  return jsonReply({ error: { ...error, details: [{ reason }] } }, { status: code });
}

function commentOf(id: string, at: Date, over: Record<string, unknown>): SampleComment {
  const publishedAt = at.toISOString().replace('.000Z', 'Z');
  return {
    id,
    snippet: {
      videoId: 'vid00000001',
      textDisplay: `Sample ${id}: Acme crashes`,
      authorDisplayName: '@sample-user',
      authorChannelId: { value: 'UCsample' },
      authorProfileImageUrl: 'https://a.example/1.png',
      likeCount: 0,
      publishedAt,
      updatedAt: publishedAt,
      ...over,
    },
  };
}

function isOurs({ headers, path }: RecordedRequest): boolean {
  return headers['x-goog-api-key'] === KEY && !path.includes(KEY);
}
