import type { Post } from '../core/post.ts';
import type {
  Address,
  Call,
  Existence,
  ExistsRequest,
  Failure,
  ListenRequest,
  LookUpRequest,
  RepliesOutcome,
  RepliesRequest,
  Reply,
  Source,
} from '../core/source.ts';
import { languageOf, urlOf } from './bluesky/frames.ts';
import { followJetstream, TIMINGS, type Timings } from './bluesky/jetstream.ts';
import { allUnknown } from './existence.ts';
import { oldestFirst } from './heard.ts';
import { fields, getJson, instant, list, string, unexpected, type Fields } from './json.ts';
import { limited, secondsUntil } from './limits.ts';
import { plain } from './text.ts';
import { connectWebSocket } from './websocket.ts';

const API = 'https://public.api.bsky.app';
const STREAMS = ['1.us-east', '2.us-east', '1.us-west', '2.us-west'].map(
  (host) => `wss://jetstream${host}.bsky.network/subscribe`,
);
/** Uris in one `getPosts`. */
const BATCH = 25;
/** An author's wish not to be shown to people without an account. */
const OPT_OUT = '!no-unauthenticated';

/**
 * Bluesky by Jetstream: all public posts as they are written, matched here and dropped at once when
 * they match nothing. The search is closed to programs.
 *
 * Two things do not fit into a frame. The stream names authors by their DID and does not carry their
 * opt-out: `complete` asks for both, for the few posts that matched. And when an account
 * goes, `deleted` holds the beginning of its ids, `at://did/`, which ends in a slash.
 */
export const bluesky: Source = createBluesky(TIMINGS);

/** With other timings, for tests. */
export function createBluesky(timings: Timings): Source {
  return {
    kind: 'bluesky',
    name: 'Bluesky',
    hears: 'Every public post on Bluesky within seconds, edits and deletions too.',
    cannotHear:
      'Direct messages, and authors who asked not to be shown to people without an account.',
    rules: {
      consent: ['profiles that ask not to be shown to people who are not logged in'],
      keepDays: null,
      sweepHours: 24,
      sweepBatch: BATCH,
      answering: [
        'Reply to the post itself; its author may have limited who can.',
        'Answer once; do not follow people who complained.',
      ],
      replyLimit: 300,
    },
    politeness: { intervalSeconds: 60, minimumSeconds: 60 },
    needs: null,
    recognise,
    listen: (request: ListenRequest) =>
      followJetstream(request, streamsOf(request), connectWebSocket, timings),
    complete: (request) => completeBlueskyPosts(request, request.posts),
    exists,
    replies,
    lookUp,
  };
}

/** The whole network; a profile is left to its feed. */
function recognise(input: string): Address | null {
  const typed = input.trim();
  const isShort = /^(?:bluesky|bsky)$/iu.test(typed);
  const isPage = /^(?:https?:\/\/)?bsky\.app\/?(?:(?:search|hashtag|feeds)\b.*)?$/iu.test(typed);
  return isShort || isPage ? { address: 'bluesky', label: 'Bluesky, all public posts' } : null;
}

function streamsOf({ settings }: Call): string[] {
  const set = settings['BLUESKY_JETSTREAM_URL']?.split(/[\s,]+/u).filter(Boolean) ?? [];
  return set.length > 0 ? set : STREAMS;
}

function apiUrl({ settings }: Call, method: string, query: [string, string][]): string {
  const base = settings['BLUESKY_API_URL'] || API;
  return `${base}/xrpc/${method}?${new URLSearchParams(query)}`;
}

/**
 * Completes posts of the stream that matched, before they are stored: the author's handle in place
 * of the DID. Left out are those that are gone already, and those whose author opted out.
 */
export async function completeBlueskyPosts(
  call: Call,
  posts: readonly Post[],
): Promise<{ ok: true; posts: Post[] } | { ok: false; failure: Failure }> {
  const completed: Post[] = [];
  for (let start = 0; start < posts.length; start += BATCH) {
    const part = posts.slice(start, start + BATCH);
    const found = await getPosts(
      call,
      part.map(({ externalId }) => externalId),
    );
    if (!found.ok) return found;
    for (const post of part) {
      const view = found.views.get(post.externalId);
      if (view === undefined || hasOptedOut(view)) continue;
      completed.push({ ...post, author: authorOf(view) ?? post.author });
    }
  }
  return { ok: true, posts: completed };
}

async function getPosts(
  call: Call,
  uris: readonly string[],
): Promise<{ ok: true; views: Map<string, Fields> } | { ok: false; failure: Failure }> {
  const query = uris.map((uri): [string, string] => ['uris', uri]);
  const outcome = await getJson(call, apiUrl(call, 'app.bsky.feed.getPosts', query));
  if (!outcome.ok) {
    const { failure, headers } = outcome;
    const reset = instant(Number(headers['ratelimit-reset']));
    const seconds = secondsUntil(reset, headers, call.now);
    return {
      ok: false,
      failure: failure.kind === 'rate-limited' ? limited(failure, seconds) : failure,
    };
  }
  const views = outcome.notModified ? null : list(fields(outcome.value)['posts']);
  if (views === null) return { ok: false, failure: unexpected('posts') };
  return { ok: true, views: new Map(views.map(fields).map((view) => [String(view['uri']), view])) };
}

function hasOptedOut(view: Fields): boolean {
  const labels = list(fields(view['author'])['labels']) ?? [];
  return labels.some((label) => fields(label)['val'] === OPT_OUT && fields(label)['neg'] !== true);
}

/** A handle that does not resolve any more is shown as `handle.invalid`. */
function authorOf(view: Fields): string | null {
  const { handle, did } = fields(view['author']);
  return handle === 'handle.invalid' ? string(did) : (string(handle) ?? string(did));
}

/** What `getPosts` leaves out is gone; so is, for us, what an author has closed to strangers. */
async function exists(request: ExistsRequest): Promise<Map<string, Existence>> {
  const found = allUnknown(request.posts);
  const ids = [...found.keys()].filter((id) => id.startsWith('at://'));
  for (let start = 0; start < ids.length; start += BATCH) {
    const part = ids.slice(start, start + BATCH);
    const answer = await getPosts(request, part);
    if (!answer.ok) break;
    for (const id of part) {
      const view = answer.views.get(id);
      found.set(id, view === undefined || hasOptedOut(view) ? 'gone' : 'there');
    }
  }
  return found;
}

async function replies(request: RepliesRequest): Promise<RepliesOutcome> {
  const query: [string, string][] = [
    ['uri', request.post.externalId],
    ['depth', '6'],
    ['parentHeight', '0'],
  ];
  const outcome = await getJson(request, apiUrl(request, 'app.bsky.feed.getPostThread', query));
  if (!outcome.ok) {
    // No post, no answers under it.
    if (fields(outcome.value)['error'] === 'NotFound') return { ok: true, replies: [] };
    return { ok: false, failure: outcome.failure };
  }
  const thread = outcome.notModified ? {} : fields(fields(outcome.value)['thread']);
  const found = (list(thread['replies']) ?? []).flatMap((below) => repliesIn(fields(below)));
  return { ok: true, replies: oldestFirst(found) };
}

/** Missing and blocked posts are members of the tree without a `post`. */
function repliesIn(node: Fields): Reply[] {
  const view = fields(node['post']);
  const post = postOf(view);
  const below = (list(node['replies']) ?? []).flatMap((one) => repliesIn(fields(one)));
  if (post === null) return below;
  const { externalId, url, author, text, publishedAt } = post;
  return [{ externalId, url, author, text, publishedAt }, ...below];
}

function postOf(view: Fields): Post | null {
  const externalId = string(view['uri']);
  const record = fields(view['record']);
  const author = authorOf(view);
  if (externalId === null || author === null || typeof record['text'] !== 'string') return null;
  return {
    externalId,
    url: urlOf(author, externalId.slice(externalId.lastIndexOf('/') + 1)),
    author,
    title: null,
    text: plain(record['text']),
    publishedAt: instant(record['createdAt']) ?? instant(view['indexedAt']),
    editedAt: null,
    language: languageOf(record),
  };
}

async function lookUp(request: LookUpRequest): Promise<Post | null> {
  const match = /^https?:\/\/bsky\.app\/profile\/([^/]+)\/post\/([a-z0-9]+)\/?$/iu.exec(
    request.url,
  );
  if (match?.[1] === undefined) return null;
  const did = await didOf(request, match[1]);
  if (did === null) return null;
  const uri = `at://${did}/app.bsky.feed.post/${match[2]}`;
  const found = await getPosts(request, [uri]);
  const view = found.ok ? found.views.get(uri) : undefined;
  return view === undefined || hasOptedOut(view) ? null : postOf(view);
}

async function didOf(call: Call, account: string): Promise<string | null> {
  if (account.startsWith('did:')) return account;
  const url = apiUrl(call, 'com.atproto.identity.resolveHandle', [['handle', account]]);
  const outcome = await getJson(call, url);
  return outcome.ok && !outcome.notModified ? string(fields(outcome.value)['did']) : null;
}
