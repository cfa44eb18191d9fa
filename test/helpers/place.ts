import type { Post } from '../../src/core/post.ts';
import type {
  Existence,
  Failure,
  Gap,
  Http,
  PollOutcome,
  Reply,
  Source,
} from '../../src/core/source.ts';

/**
 * A made-up public place in memory that keeps the contract of a source: its cursor is the number of
 * posts that were told already; edits and deletions are told once.
 */
export interface FakePlace {
  source: Source;
  posts: Post[];
  edited: Post[];
  deleted: string[];
  /** The next poll fails like this. */
  failure: Failure | null;
  gap: Gap | null;
  waitSeconds: number | null;
  movedTo: string | null;
  /** What the place says of posts that it is asked about; `there` where nothing is said. */
  existence: Map<string, Existence>;
  /** Ids that it was asked about, a list a request. */
  asked: string[][];
  /** By external id. Null: it cannot be read at the moment. */
  replies: Map<string, Reply[]> | null;
}

export function fakePlace(): FakePlace {
  const place: FakePlace = {
    posts: [],
    edited: [],
    deleted: [],
    failure: null,
    gap: null,
    waitSeconds: null,
    movedTo: null,
    existence: new Map(),
    asked: [],
    replies: new Map(),
    source: {
      kind: 'feed',
      name: 'A made-up place',
      hears: 'Hears what the test says.',
      cannotHear: 'Cannot hear anything else.',
      rules: {
        consent: [],
        keepDays: null,
        sweepHours: 24,
        sweepBatch: 10,
        answering: [],
        replyLimit: null,
      },
      politeness: { intervalSeconds: 300, minimumSeconds: 60 },
      needs: null,
      recognise: (input) =>
        input.startsWith('https://') ? { address: input, label: new URL(input).host } : null,
      async poll({ cursor }): Promise<PollOutcome> {
        if (place.failure !== null) return { ok: false, failure: place.failure };
        const { gap, waitSeconds, deleted, edited } = place;
        place.deleted = [];
        place.edited = [];
        return {
          ok: true,
          posts: [...place.posts.slice(Number(cursor ?? 0)), ...edited],
          cursor: String(place.posts.length),
          waitSeconds,
          gap,
          movedTo: place.movedTo,
          deleted,
          title: null,
          malformed: 0,
        };
      },
      async exists({ posts }) {
        place.asked.push(posts.map(({ externalId }) => externalId));
        return new Map(
          posts.map(({ externalId }) => [externalId, place.existence.get(externalId) ?? 'there']),
        );
      },
      async replies({ post }) {
        if (place.replies === null) {
          const failure = { kind: 'unavailable', cause: 'down', message: 'is down' } as const;
          return { ok: false, failure };
        }
        return { ok: true, replies: place.replies.get(post.externalId) ?? [] };
      },
    },
  };
  return place;
}

/** A door that nobody goes through: the made-up place needs none. */
export const NO_HTTP = {
  get() {
    throw new Error('this test has no network');
  },
} as unknown as Http;
