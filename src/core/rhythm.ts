/**
 * How often a source usually says something, so that its silence can be noticed: silence looks like
 * good news.
 */
export interface Rhythm {
  /** New posts so far, the silent baseline not counted. */
  posts: number;
  /** Seconds from one new post to the next, averaged over about the last twenty; null before two. */
  usualGapSeconds: number | null;
  /** When the last poll that brought something new was made. */
  lastPostAt: Date | null;
  /** Since when it is far quieter than usual; null while it is not. */
  quietSince: Date | null;
}

export const NEW_RHYTHM: Rhythm = {
  posts: 0,
  usualGapSeconds: null,
  lastPostAt: null,
  quietSince: null,
};

/** The share of the newest gap in the average. */
const SHARE = 0.1;
/** Fewer posts tell nothing about what is usual. */
const ENOUGH = 20;
/** A night and a morning without posts mean nothing, however busy the place is. */
const SHORTEST_SECONDS = 36 * 3600;
/**
 * Silence this many times as long as the usual gap. If posts came independently of each other, a
 * gap eight times the mean would come by chance once in e^8, or about 3,000, gaps.
 */
const FAR_LONGER = 8;

/** The rhythm after a good poll that brought `posts` new ones. */
export function hear(rhythm: Rhythm, posts: number, now: Date): Rhythm {
  if (posts === 0) {
    const isQuiet = rhythm.quietSince !== null || isFarQuieter(rhythm, now);
    return isQuiet ? { ...rhythm, quietSince: rhythm.quietSince ?? now } : rhythm;
  }
  const { usualGapSeconds: usual, lastPostAt } = rhythm;
  const seconds = lastPostAt === null ? null : (now.getTime() - lastPostAt.getTime()) / 1000;
  const gap = seconds === null ? null : seconds / posts;
  return {
    posts: rhythm.posts + posts,
    usualGapSeconds: gap === null || usual === null ? gap : usual + averaged(posts) * (gap - usual),
    lastPostAt: now,
    quietSince: null,
  };
}

/** The share of `posts` equal gaps in the average. */
function averaged(posts: number): number {
  return 1 - (1 - SHARE) ** posts;
}

function isFarQuieter({ posts, usualGapSeconds, lastPostAt }: Rhythm, now: Date): boolean {
  if (posts < ENOUGH || usualGapSeconds === null || lastPostAt === null) return false;
  const silence = (now.getTime() - lastPostAt.getTime()) / 1000;
  return silence > Math.max(SHORTEST_SECONDS, FAR_LONGER * usualGapSeconds);
}
