import type { Post } from '../core/post.ts';
import type {
  Existence,
  ExistsRequest,
  Failure,
  LookUpRequest,
  PollOutcome,
  PollRequest,
  RepliesOutcome,
  RepliesRequest,
  Reply,
  Source,
} from '../core/source.ts';
import { heard, oldestFirst, readable } from './heard.ts';
import { allUnknown } from './existence.ts';
import {
  fields,
  id,
  instant,
  list,
  number,
  readCursor,
  readPosts,
  string,
  unexpected,
  webUrl,
  type Fields,
  type Read,
} from './json.ts';
import { ask, backoffOf, refusal } from './stackexchange/api.ts';
import { placeOf, recognise, SITES, type Place } from './stackexchange/place.ts';
import { textOfHtml } from './text.ts';
import { resumeAt, walkForward, type Page } from './walk.ts';

const PAGE_SIZE = 100;
/** Pages of one poll; the next goes on where it stopped. */
const MOST_PAGES = 10;
/** Seconds that every poll reads again: the search's index lags. */
const OVERLAP = 3600;

/**
 * Questions of one Stack Exchange site, by tag or by a search phrase, in the order of their last
 * activity: that brings new questions and edited ones with one request, where the order of creation
 * would miss the edits.
 */
export const stackExchange: Source = {
  kind: 'stackexchange',
  name: 'Stack Exchange',
  hears:
    'New and edited questions of one site (Stack Overflow, Server Fault, Ask Ubuntu, ...): all, by tag, or by a search.',
  cannotHear: 'Answers and comments, unless the question itself speaks of your keyword.',
  rules: {
    consent: [],
    keepDays: null,
    sweepHours: 24,
    sweepBatch: 100,
    answering: [
      'Answer the question itself, and say that you work for the company.',
      'Texts are under CC BY-SA: name the author and link the question where you quote it.',
    ],
    replyLimit: 30_000,
  },
  // Without a key there are 300 requests a day, for all sources of this kind together.
  politeness: { intervalSeconds: 900, minimumSeconds: 300 },
  needs: null,
  recognise,
  poll,
  exists,
  replies,
  lookUp,
};

async function poll(request: PollRequest): Promise<PollOutcome> {
  const place = placeOf(request.address);
  if (place === null) return { ok: false, failure: unexpected('a site in the address') };
  const cursor = readCursor(request.cursor);
  const before = number(cursor['through']);
  const quota: Quota = { remaining: null };
  const walked = await (before === null
    ? readNewest(request, place, quota)
    : walkForward<Fields, number>({
        from: number(cursor['resume']) ?? Math.max(0, before - OVERLAP),
        read: (from, page) =>
          readPage(request, place, { order: 'asc', min: String(from), page: String(page) }, quota),
        boundOf: activityOf,
        isAfter: (a, b) => a > b,
        maxPages: MOST_PAGES,
      }));
  if (!walked.ok) return walked;
  return heard({
    ...readPosts(walked.items, (item) => toPost(item, place.site)),
    before: cursor,
    cursor: { through: Math.max(before ?? 0, walked.through), resume: resumeAt(walked) },
    waitSeconds: Math.max(walked.waitSeconds ?? 0, patience(quota, request.now)) || null,
  });
}

interface Quota {
  remaining: number | null;
}

async function readNewest(request: PollRequest, place: Place, quota: Quota) {
  const page = await readPage(request, place, { order: 'desc', page: '1' }, quota);
  if (!page.ok) return page;
  // A tag without questions begins at its first, whenever that is.
  const through = Math.max(0, ...page.items.map((item) => activityOf(item) ?? 0));
  return { ...page, through, finished: true, waitSeconds: page.waitSeconds ?? null };
}

async function readPage(
  request: PollRequest,
  { site, tags, phrase }: Place,
  query: Record<string, string>,
  quota: Quota,
): Promise<Page<Fields> | { ok: false; failure: Failure }> {
  const method = phrase === null ? 'questions' : 'search/advanced';
  const outcome = await ask(request, method, site, {
    sort: 'activity',
    pagesize: String(PAGE_SIZE),
    ...(phrase === null ? {} : { q: phrase }),
    ...(tags.length > 0 ? { tagged: tags.join(';') } : {}),
    ...query,
  });
  if (!outcome.ok) return { ok: false, failure: refusal(outcome) };
  const answer = outcome.notModified ? {} : fields(outcome.value);
  const items = list(answer['items']);
  if (items === null) return { ok: false, failure: unexpected('items') };
  quota.remaining = number(answer['quota_remaining']) ?? quota.remaining;
  const backoff = backoffOf(answer);
  return {
    ok: true,
    items: items.map(fields),
    more: answer['has_more'] === true,
    ...(backoff === null ? {} : { waitSeconds: backoff }),
  };
}

/** Spreads what is left of the day's quota over what is left of the day (it ends at midnight UTC). */
function patience({ remaining }: Quota, now: Date): number {
  if (remaining === null) return 0;
  const left = 86_400 - (Math.floor(now.getTime() / 1000) % 86_400);
  return Math.ceil(left / Math.max(remaining, 1));
}

function activityOf(item: Fields): number | null {
  return number(item['last_activity_date']) ?? number(item['creation_date']);
}

/** Names and titles come with HTML entities. */
function toPost(item: Fields, site: string): Read {
  const questionId = id(item['question_id']);
  const publishedAt = instant(item['creation_date']);
  const title = string(item['title']);
  if (questionId === null || publishedAt === null || title === null) return null;
  return {
    externalId: `${site}/q/${questionId}`,
    url: webUrl(item['link']) ?? `https://${site}/q/${questionId}`,
    author: nameOf(item),
    title: textOfHtml(title),
    text: textOfHtml(string(item['body']) ?? '', isCode),
    publishedAt,
    editedAt: instant(item['last_edit_date']),
    language: languageOf(site),
  };
}

/** Listings and logs are not what somebody says. */
function isCode(name: string): boolean {
  return name === 'pre';
}

function nameOf(item: Fields): string | null {
  const name = string(fields(item['owner'])['display_name']);
  return name === null ? null : textOfHtml(name);
}

/** Sites speak one language each; the others speak English. */
function languageOf(site: string): string {
  return /^(es|ja|pt|ru)\.stackoverflow\.com$/u.exec(site)?.[1] ?? 'en';
}

async function exists(request: ExistsRequest): Promise<Map<string, Existence>> {
  const found = allUnknown(request.posts);
  const bySite = new Map<string, Map<string, string>>();
  for (const externalId of found.keys()) {
    const [, site, questionId] = /^([^/]+)\/q\/(\d+)$/u.exec(externalId) ?? [];
    if (site === undefined || questionId === undefined) continue;
    bySite.set(site, (bySite.get(site) ?? new Map()).set(questionId, externalId));
  }
  for (const [site, ids] of bySite) {
    const method = `questions/${[...ids.keys()].join(';')}`;
    const outcome = await ask(request, method, site, { pagesize: String(PAGE_SIZE) });
    if (!outcome.ok) break;
    const items = outcome.notModified ? null : list(fields(outcome.value)['items']);
    if (items === null) break;
    const there = new Set(items.map((item) => id(fields(item)['question_id'])));
    for (const [questionId, externalId] of ids) {
      found.set(externalId, there.has(questionId) ? 'there' : 'gone');
    }
  }
  return found;
}

async function replies(request: RepliesRequest): Promise<RepliesOutcome> {
  const [, site, questionId] = /^([^/]+)\/q\/(\d+)$/u.exec(request.post.externalId) ?? [];
  if (site === undefined) return { ok: false, failure: unexpected('a question') };
  const found: Reply[] = [];
  for (const method of [`questions/${questionId}/answers`, `posts/${questionId}/comments`]) {
    const query = { order: 'asc', sort: 'creation', pagesize: String(PAGE_SIZE) };
    const outcome = await ask(request, method, site, query);
    if (!outcome.ok) return { ok: false, failure: refusal(outcome) };
    const items = outcome.notModified ? null : list(fields(outcome.value)['items']);
    if (items === null) return { ok: false, failure: unexpected('items') };
    found.push(...items.flatMap((item) => replyOf(fields(item), site, questionId ?? '')));
  }
  return { ok: true, replies: oldestFirst(found) };
}

function replyOf(item: Fields, site: string, questionId: string): Reply[] {
  const answerId = id(item['answer_id']);
  const commentId = id(item['comment_id']);
  if (answerId === null && commentId === null) return [];
  const path =
    answerId === null ? `q/${questionId}#comment${commentId}_${questionId}` : `a/${answerId}`;
  return [
    {
      externalId: `${site}/${path}`,
      url: `https://${site}/${path}`,
      author: nameOf(item),
      text: textOfHtml(string(item['body']) ?? ''),
      publishedAt: instant(item['creation_date']),
    },
  ];
}

async function lookUp(request: LookUpRequest): Promise<Post | null> {
  const url = webUrl(request.url);
  if (url === null) return null;
  const { hostname, pathname } = new URL(url);
  const site = hostname.replace(/^www\./u, '');
  const questionId = /^\/q(?:uestions)?\/(\d+)(?:\/|$)/u.exec(pathname)?.[1];
  if (!SITES.test(site) || questionId === undefined) return null;
  const outcome = await ask(request, `questions/${questionId}`, site, {});
  if (!outcome.ok || outcome.notModified) return null;
  const item = list(fields(outcome.value)['items'])?.[0];
  return item === undefined ? null : readable(toPost(fields(item), site));
}
