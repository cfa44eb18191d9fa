import type { Call, Failure } from '../../core/source.ts';
import { fields, getJson, latestOf, list, number, unexpected, type Fields } from '../json.ts';

const INDEX = 'https://hn.algolia.com/api/v1';
/** No query shows more hits than this, however it is paged: longer windows are cut. */
export const MOST_HITS = 1000;
/** A thousand comments of the longest kind. */
const LONGEST_ANSWER = 20 * 1024 * 1024;
const DAY = 24 * 3600;

/** Seconds since 1970, `to` exclusive. */
export interface Window {
  from: number;
  to: number | null;
}

type WindowOutcome =
  | {
      ok: true;
      hits: Fields[];
      /** Seconds of the newest hit; 0 when there was none. */
      newest: number;
      /** Where to go on when the requests did not suffice; null: read to the end. */
      resume: number | null;
      requests: number;
      /** A second that holds more than can be shown. */
      lost: number | null;
    }
  | { ok: false; failure: Failure };

export async function readNewest(call: Call): Promise<WindowOutcome> {
  const found = await search(call, null, 100);
  if (!found.ok) return found;
  const { hits } = found;
  return {
    ok: true,
    hits,
    newest: newestOf(hits, call.now),
    resume: null,
    requests: 1,
    lost: null,
  };
}

/** Reads a window whole, oldest part first, cutting it where it holds more than a query can show. */
export async function readWindow(
  call: Call,
  window: Window,
  budget: number,
): Promise<WindowOutcome> {
  const hits: Fields[] = [];
  const parts: Window[] = [window];
  let newest = 0;
  let lost: number | null = null;
  let requests = 0;
  for (; requests < budget; requests += 1) {
    const part = parts.shift();
    if (part === undefined) break;
    const found = await search(call, part, MOST_HITS);
    if (!found.ok) return found;
    newest = Math.max(newest, newestOf(found.hits, call.now));
    const to = part.to ?? newest + 1;
    const isFull = found.total > MOST_HITS || found.hits.length >= MOST_HITS;
    if (isFull && to - part.from > 1) {
      parts.unshift(...cut({ from: part.from, to }, found.total));
      continue;
    }
    if (isFull) lost = part.from;
    hits.push(...found.hits);
  }
  return { ok: true, hits, newest, resume: parts[0]?.from ?? null, requests, lost };
}

function cut({ from, to }: { from: number; to: number }, total: number): Window[] {
  const count = Math.max(2, Math.ceil(total / (MOST_HITS * 0.7)));
  const width = Math.max(1, Math.ceil((to - from) / count));
  const parts: Window[] = [];
  for (let start = from; start < to; start += width) {
    parts.push({ from: start, to: Math.min(start + width, to) });
  }
  return parts;
}

async function search(
  call: Call,
  window: Window | null,
  most: number,
): Promise<{ ok: true; hits: Fields[]; total: number } | { ok: false; failure: Failure }> {
  const bounds = [
    ...(window ? [`created_at_i>=${window.from}`] : []),
    ...(window?.to ? [`created_at_i<${window.to}`] : []),
  ];
  const query = new URLSearchParams({
    tags: '(story,comment,poll)',
    numericFilters: bounds.join(','),
    hitsPerPage: String(most),
    attributesToHighlight: '[]',
  });
  const outcome = await getJson(call, `${indexUrl(call)}/search_by_date?${query}`, {
    maxBytes: LONGEST_ANSWER,
  });
  if (!outcome.ok) return outcome;
  const answer = outcome.notModified ? {} : fields(outcome.value);
  const hits = list(answer['hits']);
  if (hits === null) return { ok: false, failure: unexpected('hits') };
  return { ok: true, hits: hits.map(fields), total: number(answer['nbHits']) ?? hits.length };
}

function newestOf(hits: readonly Fields[], now: Date): number {
  const times = hits.map((hit) => number(hit['created_at_i']) ?? 0);
  return latestOf(times, now.getTime() / 1000 + DAY);
}

export function indexUrl({ settings }: Call): string {
  return settings['HACKERNEWS_SEARCH_URL'] || INDEX;
}
