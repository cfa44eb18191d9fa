/** What stands at the sample places now: posts as they come out, posts and replies that visitors write. */
import { COMING, EARLIER, PLACES } from './posts.ts';
import type { PlaceId, SamplePost } from './posts.ts';

export interface Reply {
  postId: string;
  /** Counts from 1 within the post; its anchor is `#reply-1`. */
  number: number;
  author: string;
  /** Written as the brand, not as another customer. */
  official: boolean;
  text: string;
  publishedAt: string;
}
export interface DatedPost extends SamplePost {
  publishedAt: string;
}

/** What survives a restart. */
export interface BoardState {
  startedAt: string;
  /** When each coming post came out, by id. */
  released: Record<string, string>;
  written: DatedPost[];
  removed: string[];
  replies: Reply[];
}

export interface Board {
  /**
   * The place's posts, newest first. Its new ones begin to come when `isFeed` is first given: a
   * first reading takes everything that it finds as old.
   */
  posts(place: PlaceId, isFeed?: boolean): DatedPost[];
  find(id: string): DatedPost | undefined;
  wasRemoved(id: string): boolean;
  replies(postId: string): Reply[];
  reply(postId: string, reply: { author: string; official: boolean; text: string }): Reply;
  write(place: PlaceId, post: { author: string; title: string; text: string }): DatedPost;
  remove(id: string): void;
  state(): BoardState;
}

/** `onChange` is called after anything that should outlive a restart. */
export function createBoard(
  now: () => Date,
  saved: BoardState | undefined,
  onChange: () => void,
): Board {
  const state: BoardState = saved ?? {
    startedAt: now().toISOString(),
    released: {},
    written: [],
    removed: [],
    replies: [],
  };
  /** The places whose feed was read since this start, and when their next posts come out. */
  const read = new Set<PlaceId>();
  const due = new Map<string, number>();

  function release(): void {
    const at = now().getTime();
    for (const [id, time] of due) {
      if (time > at) continue;
      due.delete(id);
      state.released[id] = new Date(time).toISOString();
      onChange();
    }
  }

  function all(): DatedPost[] {
    release();
    const start = new Date(state.startedAt).getTime();
    const earlier = EARLIER.map(({ hoursAgo, ...post }) => ({
      ...post,
      publishedAt: new Date(start - hoursAgo * 3_600_000).toISOString(),
    }));
    const out = COMING.flatMap((post) => {
      const publishedAt = state.released[post.id];
      return publishedAt ? [{ ...post, publishedAt }] : [];
    });
    return [...earlier, ...out, ...state.written].filter(({ id }) => !state.removed.includes(id));
  }

  return {
    posts(place, isFeed = false) {
      if (isFeed && !read.has(place)) {
        read.add(place);
        for (const [id, time] of plan(place, now().getTime(), state.released)) due.set(id, time);
      }
      return all()
        .filter((post) => post.place === place)
        .sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1));
    },
    find: (id) => all().find((post) => post.id === id),
    wasRemoved: (id) => state.removed.includes(id),
    replies: (postId) => state.replies.filter((reply) => reply.postId === postId),
    reply(postId, { author, official, text }) {
      const number = state.replies.filter((reply) => reply.postId === postId).length + 1;
      const reply = { postId, number, author, official, text, publishedAt: now().toISOString() };
      state.replies.push(reply);
      onChange();
      return reply;
    },
    write(place, { author, title, text }) {
      const id = `${place}-${5001 + state.written.length}`;
      const post = { id, place, author, title, text, publishedAt: now().toISOString() };
      state.written.push(post);
      onChange();
      return post;
    },
    remove(id) {
      if (!state.removed.includes(id)) state.removed.push(id);
      // A place that deletes keeps nothing of it either, but that it was there.
      const nothing = { author: '', title: '', text: '' };
      state.written = state.written.map((post) =>
        post.id === id ? { ...post, ...nothing } : post,
      );
      state.replies = state.replies.filter(({ postId }) => postId !== id);
      onChange();
    },
    state: () => state,
  };
}

/**
 * When each post of the place that is still to come is due, in milliseconds: the first one
 * `firstAfter` seconds after `start`, the others 35 to 60 seconds apart (all places together
 * bring one every 20 seconds or so).
 */
export function plan(
  placeId: PlaceId,
  start: number,
  released: Record<string, string>,
): [id: string, due: number][] {
  const place = PLACES.find(({ id }) => id === placeId)!;
  const waiting = COMING.filter((post) => post.place === placeId && !released[post.id]);
  let due = start + place.firstAfter * 1000;
  return waiting.map((post, index) => {
    if (index > 0) due += (35 + ((index * 11) % 26)) * 1000;
    return [post.id, due];
  });
}
