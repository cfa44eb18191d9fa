import type { Failure } from '../core/source.ts';

export interface Walk<T, Bound extends string | number> {
  from: Bound;
  /**
   * Reads what is at or after `from`, oldest first. `page` counts from 1 and grows only while whole
   * pages share one bound.
   */
  read: (from: Bound, page: number) => Promise<Page<T> | { ok: false; failure: Failure }>;
  /** Where an item stands in the order; null when it cannot be read. */
  boundOf: (item: T) => Bound | null;
  isAfter: (a: Bound, b: Bound) => boolean;
  maxPages: number;
}

export interface Page<T> {
  ok: true;
  items: T[];
  /** Whether the place has more after this page. */
  more: boolean;
  /** The place asks to stop here for this many seconds. */
  waitSeconds?: number;
}

export type Walked<T, Bound> =
  | { ok: true; items: T[]; through: Bound; finished: boolean; waitSeconds: number | null }
  | { ok: false; failure: Failure };

/**
 * Walks forward through a list that is sorted by what it is asked by (a time of change, an id): the
 * last item of a page bounds the next one, so that nothing slips through when items move while we
 * read. `through` is safe to go on from, also when the walk stops early because of `maxPages`, or
 * because the place asks for patience after at least one page.
 */
export async function walkForward<T, Bound extends string | number>(
  walk: Walk<T, Bound>,
): Promise<Walked<T, Bound>> {
  const items: T[] = [];
  let { from } = walk;
  let page = 1;
  for (let pages = 0; pages < walk.maxPages; pages += 1) {
    const read = await walk.read(from, page);
    if (!read.ok) {
      const isPatience = read.failure.kind === 'rate-limited' && pages > 0;
      if (!isPatience) return read;
      const waitSeconds = read.failure.retryAfterSeconds ?? null;
      return { ok: true, items, through: from, finished: false, waitSeconds };
    }
    items.push(...read.items);
    const last = furthest(walk, read.items, from);
    page = last === from ? page + 1 : 1;
    from = last;
    const waitSeconds = read.waitSeconds ?? null;
    if (!read.more) return { ok: true, items, through: from, finished: true, waitSeconds };
    if (waitSeconds !== null)
      return { ok: true, items, through: from, finished: false, waitSeconds };
  }
  return { ok: true, items, through: from, finished: false, waitSeconds: null };
}

/**
 * Where the next walk must begin when this one stopped early; null: it was finished. A walk that
 * begins anew some way before what it knows would stop at the same place for ever, once there is more
 * on that way than one walk reads.
 */
export function resumeAt<Bound>(walked: { finished: boolean; through: Bound }): Bound | null {
  return walked.finished ? null : walked.through;
}

function furthest<T, Bound extends string | number>(
  { boundOf, isAfter }: Walk<T, Bound>,
  items: readonly T[],
  from: Bound,
): Bound {
  let last = from;
  for (const item of items) {
    const bound = boundOf(item);
    if (bound !== null && isAfter(bound, last)) last = bound;
  }
  return last;
}
