import type {
  Call,
  Existence,
  ExistsRequest,
  Gap,
  LookUpRequest,
  PollOutcome,
  PollRequest,
  RepliesOutcome,
  RepliesRequest,
  Source,
} from '../core/source.ts';
import type { Post } from '../core/post.ts';
import { indexUrl, MOST_HITS, readNewest, readWindow, type Window } from './hackernews/search.ts';
import { askOneByOne, existenceOfRefusal } from './existence.ts';
import {
  fields,
  getJson,
  id,
  instant,
  list,
  number,
  readCursor,
  readPosts,
  string,
  unexpected,
  type Fields,
  type Read,
} from './json.ts';
import { heard, oldestFirst, readable, toReplies } from './heard.ts';
import { textOfHtml } from './text.ts';

const ITEMS = 'https://hacker-news.firebaseio.com/v0';
const PAGE = 'https://news.ycombinator.com/item?id=';

const HOUR = 3600;
/** Seconds that every poll reads again: the index lags and reorders. */
const OVERLAP = 15 * 60;
/** Every hour this much is read again: edits are allowed for two hours and leave no mark. */
const EDITABLE = 2.25 * HOUR;
/** Every day this much is read again, for what came late to the index. */
const LATE = 48 * HOUR;
/** Requests of one poll; the next goes on where it stopped. */
const MOST_REQUESTS = 12;

/**
 * Hacker News by Algolia's index: all new stories and comments, without a query, at one request a
 * poll, where the official API would take one request an item. What the index lags is made up for
 * by reading overlaps again. No clock of ours is in the cursor: it moves with the newest item.
 */
export const hackerNews: Source = {
  kind: 'hackernews',
  name: 'Hacker News',
  hears: 'Every new story, poll and comment on Hacker News within minutes, and edits of them.',
  cannotHear: 'Posts that were removed before Earshot read them.',
  rules: {
    consent: [],
    keepDays: null,
    sweepHours: 24,
    sweepBatch: 20,
    answering: [
      'Answer at the place, by hand: nothing can be posted by program.',
      'Say that you work for the company; no promotion, and no asking for votes.',
    ],
    replyLimit: null,
  },
  politeness: { intervalSeconds: 120, minimumSeconds: 60 },
  needs: null,
  recognise(input) {
    const typed = input.trim();
    const isShort = /^(?:hn|hacker[ -]?news)$/iu.test(typed);
    const isPage = /^(?:https?:\/\/)?(?:news\.ycombinator|hn\.algolia)\.com(?:[/?#]|$)/iu.test(
      typed,
    );
    if (!isShort && !isPage) return null;
    return { address: 'hn', label: 'Hacker News, all stories and comments' };
  },
  poll,
  exists,
  replies,
  lookUp,
};

async function poll(request: PollRequest): Promise<PollOutcome> {
  const cursor = readCursor(request.cursor);
  const before = number(cursor['through']) || null;
  const fresh = await (before === null
    ? readNewest(request)
    : readWindow(
        request,
        { from: number(cursor['resume']) ?? before - OVERLAP, to: null },
        MOST_REQUESTS,
      ));
  if (!fresh.ok) return fresh;
  const through = Math.max(before ?? 0, fresh.resume ?? fresh.newest);
  const again = nextReread(cursor, through);
  const reread = again.window
    ? await readWindow(request, again.window, MOST_REQUESTS - fresh.requests)
    : null;
  // A re-read that fails is tried again by the next poll; what is new is here.
  if (reread?.ok) again.window = resumed(again.window, reread.resume);
  const hits = [...fresh.hits, ...(reread?.ok ? reread.hits : [])];
  return heard({
    ...readPosts(hits, toPost),
    before: cursor,
    cursor: { through, resume: fresh.resume, ...again },
    gap: gapOf(fresh.lost),
  });
}

interface Reread {
  window: Window | null;
  hourly: number;
  daily: number;
}

/** The re-read that is under way, or falls due now. */
function nextReread(cursor: Fields, through: number): Reread {
  const from = number(fields(cursor['window'])['from']);
  const to = number(fields(cursor['window'])['to']);
  const hourly = number(cursor['hourly']) ?? through;
  const daily = number(cursor['daily']) ?? through;
  if (from !== null && to !== null) return { window: { from, to }, hourly, daily };
  if (through - daily >= 24 * HOUR) {
    return { window: { from: through - LATE, to: through }, hourly: through, daily: through };
  }
  if (through - hourly >= HOUR) {
    return { window: { from: through - EDITABLE, to: through }, hourly: through, daily };
  }
  return { window: null, hourly, daily };
}

function resumed(window: Window | null, resume: number | null): Window | null {
  return window === null || resume === null ? null : { ...window, from: resume };
}

function gapOf(second: number | null): Gap | null {
  if (second === null) return null;
  const from = new Date(second * 1000);
  const reason = `more than ${MOST_HITS} posts in one second, and the index shows no more of them`;
  return { from, to: new Date(from.getTime() + 1000), reason };
}

/** A hit of the index. A comment has no title: its story's would match for every comment below it. */
function toPost(hit: Fields): Read {
  const externalId = id(hit['objectID']);
  const publishedAt = instant(hit['created_at_i']);
  if (externalId === null || publishedAt === null) return null;
  const html = string(hit['comment_text']) ?? string(hit['story_text']);
  return post(externalId, hit, html, publishedAt);
}

function post(externalId: string, item: Fields, html: string | null, publishedAt: Date): Read {
  const title = string(item['title']);
  if (title === null && html === null) return 'skip';
  return {
    externalId,
    url: `${PAGE}${externalId}`,
    author: string(item['author']),
    title: title === null ? null : textOfHtml(title),
    text: html === null ? '' : textOfHtml(html),
    publishedAt,
    editedAt: null,
    language: null,
  };
}

async function exists(request: ExistsRequest): Promise<Map<string, Existence>> {
  return askOneByOne(request, async ({ externalId }) => {
    const url = `${itemsUrl(request)}/item/${encodeURIComponent(externalId)}.json`;
    const outcome = await getJson(request, url);
    if (!outcome.ok) return existenceOfRefusal(outcome);
    // `null` is how an item looks that is not there yet.
    if (outcome.notModified || outcome.value === null) return 'unknown';
    const { deleted, dead } = fields(outcome.value);
    return deleted === true || dead === true ? 'gone' : 'there';
  });
}

async function replies(request: RepliesRequest): Promise<RepliesOutcome> {
  const outcome = await getItem(request, request.post.externalId);
  if (!outcome.ok) return outcome;
  const children = outcome.notModified ? null : list(fields(outcome.value)['children']);
  if (children === null) return { ok: false, failure: unexpected('children') };
  return { ok: true, replies: oldestFirst(toReplies(children.flatMap(below))) };
}

/** An item of the tree and all that is below it. */
function below(node: unknown): Read[] {
  const item = fields(node);
  return [itemToPost(item), ...(list(item['children']) ?? []).flatMap(below)];
}

function itemToPost(item: Fields): Read {
  const externalId = id(item['id']);
  const publishedAt = instant(item['created_at_i']);
  if (externalId === null || publishedAt === null) return null;
  return post(externalId, item, string(item['text']), publishedAt);
}

async function lookUp(request: LookUpRequest): Promise<Post | null> {
  const match = /^https?:\/\/news\.ycombinator\.com\/item\?(?:.*&)?id=(\d+)/u.exec(request.url);
  const externalId = match?.[1];
  if (externalId === undefined) return null;
  const outcome = await getItem(request, externalId);
  if (!outcome.ok || outcome.notModified) return null;
  return readable(itemToPost(fields(outcome.value)));
}

function getItem(call: Call, externalId: string) {
  return getJson(call, `${indexUrl(call)}/items/${encodeURIComponent(externalId)}`);
}

function itemsUrl({ settings }: Call): string {
  return settings['HACKERNEWS_API_URL'] || ITEMS;
}
