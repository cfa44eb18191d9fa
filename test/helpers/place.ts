import type { Post } from '../../src/core/post.ts';
import type { Failure, Gap, Http, PollOutcome, Source } from '../../src/core/source.ts';

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
}

export function fakePlace(): FakePlace {
  const place: FakePlace = {
    posts: [],
    edited: [],
    deleted: [],
    failure: null,
    gap: null,
    waitSeconds: null,
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
          movedTo: null,
          deleted,
          title: null,
          malformed: 0,
        };
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
