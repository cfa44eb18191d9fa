import type { Post } from '../../core/post.ts';
import type { Failure } from '../../core/source.ts';

/** A feed as it was read, whatever its format. Plain data: it comes from another thread. */
export type FeedDocument = ReadFeed | { ok: false; failure: Failure; isPage: boolean };

export interface ReadFeed {
  ok: true;
  title: string | null;
  posts: Post[];
  /** Of the posts that say something of it. */
  threads: Thread[];
  /** Ids of posts that the feed reports as deleted (RFC 6721). */
  deleted: string[];
  /** Where older items are (RFC 5005, JSON Feed's `next_url`); WordPress pages them as well. */
  older: string | null;
  isWordPress: boolean;
  /** How often the feed wants to be asked at most. */
  rhythm: Rhythm;
  /** The feed says that it will not change any more (JSON Feed's `expired`). */
  isEnded: boolean;
  /** Items that could not be read. */
  malformed: number;
}

/** What a feed says of the answers to a post. */
export interface Thread {
  externalId: string;
  /** A feed of the comments on it (`wfw:commentRss`, `link rel="replies"`). */
  comments: string | null;
  /** What it answers itself (RFC 4685): an id or an address. */
  inReplyTo: string[];
}

export interface Rhythm {
  /** Seconds; of `ttl` or `sy:updatePeriod`. */
  seconds: number | null;
  /** Hours of the day and days of the week (Sunday is 0), in UTC, at which nothing is new. */
  skipHours: number[];
  skipDays: number[];
}

export interface FeedOrigin {
  /** Where it was read; relative addresses count from there. */
  url: string;
  /** Of the HTTP answer. */
  contentType: string | null;
}
