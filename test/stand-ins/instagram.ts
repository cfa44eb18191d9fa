import { graphError, hasToken, pageOf } from './facebook.ts';
import { startPlace, type Place } from './place.ts';

export type SampleComment = Record<string, unknown> & { id: string; timestamp: string };

export interface InstagramPlace extends Place {
  media: Map<string, { id: string; timestamp: string; permalink: string }>;
  comments: Map<string, SampleComment & { under: string }>;
  addMedia(id: string, at: Date): void;
  addComment(under: string, id: string, at: Date, over?: Record<string, unknown>): SampleComment;
}

export const TOKEN = 'sample-user-token';

/**
 * Instagram as the owner of a professional account sees it: one's own pictures with the number of
 * comments, comments newest first and 50 a page, answers within their comment.
 */
export async function startInstagram(): Promise<InstagramPlace> {
  return instagramOn(await startPlace());
}

/** The same on a place that runs already. */
export function instagramOn(place: Place): InstagramPlace {
  const media: InstagramPlace['media'] = new Map();
  const comments: InstagramPlace['comments'] = new Map();
  const self: InstagramPlace = Object.assign(place, {
    media,
    comments,
    addMedia(id: string, at: Date) {
      const permalink = `https://www.instagram.com/p/${id}/`;
      media.set(id, { id, permalink, timestamp: timeOf(at) });
      guarded(`${id}/comments`, (query) =>
        pageOf(
          under(id).map((comment) => {
            const replies = under(comment.id);
            return replies.length === 0 ? comment : { ...comment, replies: { data: replies } };
          }),
          new URLSearchParams({ ...Object.fromEntries(query), limit: '50' }),
        ),
      );
    },
    addComment(parent: string, id: string, at: Date, over: Record<string, unknown> = {}) {
      const comment = {
        id,
        under: parent,
        text: `Sample ${id}: down again`,
        username: 'sample_user',
        timestamp: timeOf(at),
        hidden: false,
        ...over,
      };
      comments.set(id, comment);
      guarded(id, () => comments.get(id) ?? graphError(100, 33));
      guarded(`${id}/replies`, (query) => pageOf(under(id), query));
      return comment;
    },
  });
  place.settings['INSTAGRAM_API_URL'] = `${place.web.url}/v26.0`;
  place.settings['INSTAGRAM_TOKEN'] = TOKEN;

  function guarded(path: string, answer: (query: URLSearchParams) => unknown): void {
    place.json(`/v26.0/${path}`, (query, request) =>
      hasToken(request, TOKEN) ? answer(query) : graphError(190),
    );
  }

  function under(id: string): SampleComment[] {
    return [...comments.values()]
      .filter((comment) => comment.under === id)
      .sort((a, b) => (a.timestamp < b.timestamp ? 1 : -1));
  }

  guarded('me', () => ({ user_id: '900', username: 'acme.sample' }));
  guarded('me/media', (query) =>
    pageOf(
      [...media.values()]
        .sort((a, b) => (a.timestamp < b.timestamp ? 1 : -1))
        .map((one) => {
          const direct = under(one.id);
          const all = direct.length + direct.flatMap(({ id }) => under(id)).length;
          return { ...one, comments_count: all };
        }),
      query,
    ),
  );
  return self;
}

function timeOf(at: Date): string {
  return at.toISOString().replace('.000Z', '+0000');
}
