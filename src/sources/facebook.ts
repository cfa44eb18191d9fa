import type {
  Address,
  Failure,
  PollOutcome,
  PollRequest,
  RepliesOutcome,
  RepliesRequest,
  Source,
} from '../core/source.ts';
import { tidyText } from './feed/markup.ts';
import { ask, exists, patience, readPage, type Graph } from './graph/api.ts';
import { followThreads, MOST_THREADS, type Thread } from './graph/threads.ts';
import { heard, oldestFirst, toReplies } from './heard.ts';
import {
  fields,
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
import { readMark, walkBack } from './walk-back.ts';

const GRAPH: Graph = {
  token: 'FACEBOOK_PAGE_TOKEN',
  url: 'FACEBOOK_API_URL',
  usual: 'https://graph.facebook.com/v26.0',
};
const PAGE_SIZE = 100;
const MOST_PAGES = 3;
/** Milliseconds that every poll reads again. */
const OVERLAP = 3_600_000;
const COMMENT = 'id,message,from{id,name},created_time,permalink_url,is_hidden';
/** All of them, where the usual filter would show only some. */
const STREAM = { filter: 'stream', order: 'reverse_chronological' };

/** What people say on the company’s own Page: comments, visitors’ posts, and posts that tag it. */
export const facebook: Source = {
  kind: 'facebook',
  name: 'Facebook Page',
  hears: `Comments under your own Page’s newest ${MOST_THREADS} posts, visitors’ posts on it, and public posts that tag it.`,
  cannotHear:
    'Profiles, groups, messages, other companies’ Pages, and posts that do not tag the Page: Facebook shows them to nobody by an interface.',
  rules: {
    consent: ['comments that are hidden', 'posts that are not public'],
    keepDays: null,
    sweepHours: 24,
    sweepBatch: 20,
    answering: [
      'Answer under the comment, as the Page and not as yourself.',
      'No private message to somebody who did not write one.',
    ],
    replyLimit: 8000,
  },
  politeness: { intervalSeconds: 600, minimumSeconds: 180 },
  needs: {
    settings: [GRAPH.token],
    how: 'A Page access token of your own Page, with the permissions pages_read_engagement and pages_read_user_content; Meta reviews an app before it may use them for others. It costs nothing.',
  },
  recognise,
  poll,
  exists: (request) => exists(request, GRAPH),
  replies,
};

/** First parts of a path that are Facebook’s own pages, or not for a company. */
const RESERVED = new Set(
  'about business events friends gaming groups hashtag help home.php login login.php marketplace me messages notifications people permalink.php photo photo.php photos policies posts privacy reel search settings share sharer story.php stories video watch'.split(
    ' ',
  ),
);

/** The Page’s own address, by its name or by its number. */
function recognise(input: string): Address | null {
  const page = pageOf(input.trim());
  return page === null
    ? null
    : { address: `https://www.facebook.com/${page}`, label: `Facebook, your Page ${page}` };
}

const HOSTS =
  /^(?:(?:www|m|mbasic|touch|web|[a-z]{2}-[a-z]{2})\.)?(?:facebook|fb)\.com$|^(?:www\.)?fb\.me$/u;

function pageOf(typed: string): string | null {
  const url = webUrl(/^https?:\/\//iu.test(typed) ? typed : `https://${typed}`);
  if (url === null) return null;
  const { hostname, pathname, searchParams } = new URL(url);
  if (!HOSTS.test(hostname)) return null;
  const [first = '', ...rest] = pathname.toLowerCase().split('/').filter(Boolean);
  if (first === 'profile.php') return /^\d+$/u.exec(searchParams.get('id') ?? '')?.[0] ?? null;
  // `/pages/Name/123`, `/pages/category/Kind/Name-123`, `/p/Name-123`
  if (first === 'pages' || first === 'p')
    return /(?:^|-)(\d+)$/u.exec(rest.at(-1) ?? '')?.[1] ?? null;
  if (first === 'pg') return nameOf(rest[0] ?? '');
  return nameOf(first);
}

function nameOf(part: string): string | null {
  return RESERVED.has(part) || !/^[\w.-]{3,80}$/u.test(part) ? null : part;
}

async function poll(request: PollRequest): Promise<PollOutcome> {
  const address = pageOf(request.address);
  if (address === null) return { ok: false, failure: unexpected('a Page in the address') };
  const cursor = readCursor(request.cursor);
  const page = await ownPage(request, address);
  if (!page.ok) return page;
  let newest: Fields[] | null = null;
  const feed = await walkBack<Fields>({
    mark: readMark(cursor['feed']),
    async read(after) {
      const read = await readPage(request, GRAPH, `${page.id}/feed`, {
        fields: `id,message,from{id,name},created_time,permalink_url,comments.filter(stream).order(reverse_chronological).limit(1).summary(true){id,created_time}`,
        limit: String(PAGE_SIZE),
        ...(after === null ? {} : { after }),
      });
      if (read.ok && after === null) newest = read.items;
      return read;
    },
    timeOf,
    overlap: OVERLAP,
    maxPages: MOST_PAGES,
    now: request.now,
  });
  if (!feed.ok) return feed;
  const followed = await followThreads(request, {
    graph: GRAPH,
    threads: threadsOf(newest ?? []),
    before: cursor['threads'],
    path: (thread) => `${thread}/comments`,
    query: { ...STREAM, fields: COMMENT, limit: String(PAGE_SIZE) },
    timeOf,
  });
  if (!followed.ok) return followed;
  const items = [...feed.items, ...followed.comments.map(({ comment }) => comment)];
  return heard({
    ...readPosts(items, (item) => toPost(item, page.id)),
    before: cursor,
    // A long backlog of posts may leave no turn for the top, where the threads are.
    cursor: { feed: feed.mark, threads: newest === null ? cursor['threads'] : followed.kept },
    waitSeconds: Math.max(page.wait, feed.waitSeconds ?? 0, followed.waitSeconds ?? 0) || null,
    gap: feed.gap ?? followed.gap,
  });
}

/** The Page that the token belongs to, if it is the one that was added: no other is ever read. */
async function ownPage(
  request: PollRequest,
  address: string,
): Promise<{ ok: true; id: string; wait: number } | { ok: false; failure: Failure }> {
  const outcome = await ask(request, GRAPH, 'me', { fields: 'id,name,username' });
  if (!outcome.ok) return { ok: false, failure: outcome.failure };
  const { id, name, username } = fields(outcome.notModified ? null : outcome.value);
  const own = string(id);
  if (own === null) return { ok: false, failure: unexpected('a Page') };
  const names = [own, string(username), string(name)?.replace(/\s/gu, '')];
  if (names.some((one) => one?.toLowerCase() === address)) {
    return { ok: true, id: own, wait: patience(outcome) ?? 0 };
  }
  const message = `is not the Page that ${GRAPH.token} belongs to; Earshot reads only your own Page, never a profile`;
  return { ok: false, failure: { kind: 'rejected', cause: 'another Page', message } };
}

/** The newest comment and the number of all tell whether something happened under a post. */
function threadsOf(posts: readonly Fields[]): Thread[] {
  return posts.flatMap((post) => {
    const id = string(post['id']);
    const startedAt = timeOf(post);
    if (id === null || startedAt === null) return [];
    const comments = fields(post['comments']);
    const newest = fields(list(comments['data'])?.[0]);
    const last = string(newest['id']) ?? '';
    const total = number(fields(comments['summary'])['total_count']) ?? 0;
    const isEmpty = last === '' && total === 0;
    return [{ id, startedAt, state: `${total} ${last}`, isEmpty, newestAt: timeOf(newest) }];
  });
}

function timeOf(item: Fields): number | null {
  return instant(item['created_time'])?.getTime() ?? null;
}

/** Of the author the name that stands over the comment, and nothing else. */
function toPost(item: Fields, page: string): Read {
  const externalId = string(item['id']);
  const publishedAt = instant(item['created_time']);
  if (externalId === null || publishedAt === null) return null;
  const text = string(item['message']);
  const from = fields(item['from']);
  if (text === null || item['is_hidden'] === true || from['id'] === page) return 'skip';
  return {
    externalId,
    url: webUrl(item['permalink_url']),
    author: string(from['name']),
    title: null,
    text: tidyText(text),
    publishedAt,
    editedAt: null,
    language: null,
  };
}

async function replies(request: RepliesRequest): Promise<RepliesOutcome> {
  const id = encodeURIComponent(request.post.externalId);
  const query = { ...STREAM, fields: COMMENT, limit: String(PAGE_SIZE) };
  const page = await readPage(request, GRAPH, `${id}/comments`, query);
  if (!page.ok) return { ok: false, failure: page.failure };
  return {
    ok: true,
    replies: oldestFirst(toReplies(page.items.map((item) => toPost(item, '')))),
  };
}
