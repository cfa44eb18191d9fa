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
import { ask, exists, readPage, type Graph } from './graph/api.ts';
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

const GRAPH: Graph = {
  token: 'INSTAGRAM_TOKEN',
  url: 'INSTAGRAM_API_URL',
  usual: 'https://graph.instagram.com/v26.0',
};
const PAGE_SIZE = 50;
const REPLY = 'id,text,timestamp,username,hidden';
const COMMENT = `${REPLY},replies{${REPLY}}`;

/** Comments under the company’s own posts. */
export const instagram: Source = {
  kind: 'instagram',
  name: 'Instagram',
  hears: `Comments under the newest ${MOST_THREADS} posts of your own professional account.`,
  cannotHear:
    'Posts and stories of others (mentions come by webhook only), messages, other accounts, and new answers under old comments.',
  rules: {
    consent: ['comments that are hidden'],
    keepDays: null,
    sweepHours: 24,
    sweepBatch: 20,
    answering: [
      'Answer under the comment, from the company’s account.',
      'No private message to somebody who did not write one.',
    ],
    replyLimit: 2200,
  },
  politeness: { intervalSeconds: 600, minimumSeconds: 180 },
  needs: {
    settings: [GRAPH.token],
    how: 'A long-lived user token of your own professional account, with the permissions instagram_business_basic and instagram_business_manage_comments. It costs nothing, and has to be renewed every 60 days.',
  },
  recognise,
  poll,
  exists: (request) => exists(request, GRAPH),
  replies,
};

/** First parts of a path that are Instagram’s own pages. */
const RESERVED = new Set(
  'about accounts direct developer explore legal p reel reels stories tv'.split(' '),
);

/** The account’s page. */
function recognise(input: string): Address | null {
  const account = accountOf(input.trim());
  return account === null
    ? null
    : {
        address: `https://www.instagram.com/${account}`,
        label: `Instagram, your account @${account}`,
      };
}

function accountOf(typed: string): string | null {
  const short = /^instagram:@?([\w.]{1,30})$/iu.exec(typed)?.[1];
  const given = short === undefined ? typed : `https://www.instagram.com/${short}`;
  const url = webUrl(/^https?:\/\//iu.test(given) ? given : `https://${given}`);
  if (url === null) return null;
  const { hostname, pathname } = new URL(url);
  if (hostname !== 'instagram.com' && hostname !== 'www.instagram.com') return null;
  const account = /^\/([\w.]{1,30})(?:\/(?:reels|tagged|feed))?\/?$/u
    .exec(pathname)?.[1]
    ?.toLowerCase();
  return account === undefined || RESERVED.has(account) ? null : account;
}

async function poll(request: PollRequest): Promise<PollOutcome> {
  const account = accountOf(request.address);
  if (account === null) return { ok: false, failure: unexpected('an account in the address') };
  const cursor = readCursor(request.cursor);
  const refused = await unlessOwn(request, account);
  if (refused !== null) return { ok: false, failure: refused };
  const media = await readPage(request, GRAPH, 'me/media', {
    fields: 'id,permalink,timestamp,comments_count',
    limit: String(MOST_THREADS),
  });
  if (!media.ok) return media;
  const links = new Map(media.items.map(({ id, permalink }) => [id, webUrl(permalink)]));
  const followed = await followThreads(request, {
    graph: GRAPH,
    threads: threadsOf(media.items),
    before: cursor['threads'],
    path: (thread) => `${thread}/comments`,
    query: { fields: COMMENT, limit: String(PAGE_SIZE) },
    timeOf,
  });
  if (!followed.ok) return followed;
  const linked = followed.comments.flatMap(({ comment, thread }) =>
    [comment, ...repliesOf(comment)].map((one) => ({ ...one, link: links.get(thread) })),
  );
  return heard({
    ...readPosts(linked, (comment) => toPost(comment, account)),
    before: cursor,
    cursor: { threads: followed.kept },
    waitSeconds: Math.max(media.waitSeconds ?? 0, followed.waitSeconds ?? 0) || null,
    gap: followed.gap,
  });
}

/** Null when the token belongs to the account that was added: no other is ever read. */
async function unlessOwn(request: PollRequest, account: string): Promise<Failure | null> {
  const outcome = await ask(request, GRAPH, 'me', { fields: 'user_id,username' });
  if (!outcome.ok) return outcome.failure;
  const username = string(fields(outcome.notModified ? null : outcome.value)['username']);
  if (username === null) return unexpected('an account');
  if (username.toLowerCase() === account) return null;
  const message = `is not the account that ${GRAPH.token} belongs to; Earshot reads only your own`;
  return { kind: 'rejected', cause: 'another account', message };
}

function threadsOf(media: readonly Fields[]): Thread[] {
  return media.flatMap((one) => {
    const id = string(one['id']);
    const startedAt = timeOf(one);
    const total = number(one['comments_count']) ?? 0;
    if (id === null || startedAt === null) return [];
    return [{ id, startedAt, state: String(total), isEmpty: total === 0, newestAt: null }];
  });
}

function timeOf(item: Fields): number | null {
  return instant(item['timestamp'])?.getTime() ?? null;
}

function repliesOf(comment: Fields): Fields[] {
  return (list(fields(comment['replies'])['data']) ?? []).map(fields);
}

/** A comment has no page of its own; the fragment keeps those of one picture apart. */
function toPost(comment: Fields, account: string): Read {
  const externalId = string(comment['id']);
  const publishedAt = instant(comment['timestamp']);
  if (externalId === null || publishedAt === null) return null;
  const text = string(comment['text']);
  const author = string(comment['username']);
  if (text === null || comment['hidden'] === true) return 'skip';
  if (author?.toLowerCase() === account) return 'skip';
  const link = string(comment['link']);
  return {
    externalId,
    url: link === null ? null : `${link}#comment-${encodeURIComponent(externalId)}`,
    author,
    title: null,
    text: tidyText(text),
    publishedAt,
    editedAt: null,
    language: null,
  };
}

async function replies(request: RepliesRequest): Promise<RepliesOutcome> {
  const { externalId, url } = request.post;
  const page = await readPage(request, GRAPH, `${encodeURIComponent(externalId)}/replies`, {
    fields: REPLY,
    limit: String(PAGE_SIZE),
  });
  if (!page.ok) return { ok: false, failure: page.failure };
  const link = url?.split('#')[0] ?? null;
  const found = page.items.map((reply) => toPost({ ...reply, link }, ''));
  return { ok: true, replies: oldestFirst(toReplies(found)) };
}
