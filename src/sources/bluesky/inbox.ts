import type { Post } from '../../core/post.ts';
import type { Gap, StreamBatch } from '../../core/source.ts';
import type { StreamEvent } from './frames.ts';

/** What came in and was not handed on yet. It never holds more than a bounded number of events. */
export interface Inbox {
  put(event: StreamEvent | null): void;
  /** Fulfilled when at least so many events wait. One caller at a time. */
  filled(count: number): Promise<void>;
  has(count: number): boolean;
  isFull(): boolean;
  /** All that waits, perhaps nothing, and the cursor that goes with it. */
  take(): StreamBatch & { ok: true };
  /** Until where the stream was read, in microseconds; null before the first event. */
  timeUs(): number | null;
  /** The next event is the first of a connection: it shows whether history is missing. */
  expectFirst(): void;
  /** Whether that first event has come. */
  hasFirst(): boolean;
}

/**
 * A cursor that is too old is silently moved up to where the host's memory begins. The network
 * never sleeps for five minutes: when the first event is that much later, history is missing.
 */
const GAP_US = 300_000_000;
/** Versions of posts remembered against what a rewind brings again: two halves of this size. */
const REMEMBERED = 30_000;

export function createInbox(start: number | null, mostWaiting: number): Inbox {
  let timeUs = start;
  let isFirst = true;
  let gap: Gap | null = null;
  let posts = new Map<string, Post>();
  let deleted: string[] = [];
  let heard = new Set<string>();
  let heardBefore = new Set<string>();
  let waiter: { count: number; resolve: () => void } | null = null;

  function size(): number {
    return posts.size + deleted.length;
  }

  function isNew(version: string): boolean {
    if (heard.has(version) || heardBefore.has(version)) return false;
    if (heard.size >= REMEMBERED) {
      heardBefore = heard;
      heard = new Set();
    }
    heard.add(version);
    return true;
  }

  function put(event: StreamEvent | null): void {
    if (event === null) return;
    if (isFirst && timeUs !== null) gap ??= gapBetween(timeUs, event.timeUs);
    isFirst = false;
    timeUs = Math.max(timeUs ?? 0, event.timeUs);
    if (event.type === 'post') {
      if (isNew(event.version)) posts.set(event.post.externalId, event.post);
    } else if (event.type === 'deleted') {
      // A post that was deleted before it was handed on must not be stored after its deletion.
      posts.delete(event.id);
      deleted.push(event.id);
    } else if (event.type === 'account-gone') {
      for (const id of posts.keys()) if (id.startsWith(event.idPrefix)) posts.delete(id);
      deleted.push(event.idPrefix);
    }
    if (waiter !== null && size() >= waiter.count) waiter.resolve();
  }

  return {
    put,
    filled: (count) =>
      new Promise((resolve) => {
        if (size() >= count) resolve();
        else waiter = { count, resolve };
      }),
    has: (count) => size() >= count,
    isFull: () => size() >= mostWaiting,
    take() {
      const cursor = JSON.stringify({ timeUs });
      const batch = { ok: true as const, posts: [...posts.values()], deleted, cursor, gap };
      posts = new Map();
      deleted = [];
      gap = null;
      return batch;
    },
    timeUs: () => timeUs,
    expectFirst() {
      isFirst = true;
    },
    hasFirst: () => !isFirst,
  };
}

function gapBetween(fromUs: number, toUs: number): Gap | null {
  if (toUs - fromUs <= GAP_US) return null;
  return {
    from: new Date(fromUs / 1000),
    to: new Date(toUs / 1000),
    reason: 'the stream was left for longer than it remembers (36 hours), or lost its history',
  };
}
