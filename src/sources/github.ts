import type { Post } from '../core/post.ts';
import type {
  Existence,
  ExistsRequest,
  Failure,
  LookUpRequest,
  PollOutcome,
  PollRequest,
  PostRef,
  RepliesOutcome,
  RepliesRequest,
  Source,
  Validators,
} from '../core/source.ts';
import { placeOf, recognise, type Place } from './github/place.ts';
import { heard, readable, toReplies } from './heard.ts';
import { allUnknown, askOneByOne, existenceOfRefusal } from './existence.ts';
import { ask, refusal, resetSeconds, toPost } from './github/api.ts';
import {
  discussionReplies,
  discussionToPost,
  readDiscussions,
  stillThere,
} from './github/discussions.ts';
import { fields, list, readCursor, readPosts, string, unexpected, type Fields } from './json.ts';
import { spread } from './limits.ts';
import { resumeAt, walkForward, type Page } from './walk.ts';

const PAGE_SIZE = 100;
/** Pages of one list in one poll; the next goes on where it stopped. */
const MOST_PAGES = 10;
/** Milliseconds that every poll reads again: the index lags. */
const OVERLAP = 15 * 60_000;
/** Where a list without an entry goes on from. */
const BEGINNING = '1970-01-02T00:00:00Z';

/**
 * Issues and pull requests of one repository with their comments, in the order of their last change,
 * and its discussions where a token is set (they have no other door). Or issues anywhere, by a
 * search phrase.
 */
export const github: Source = {
  kind: 'github',
  name: 'GitHub',
  hears:
    'New and edited issues, pull requests and comments of a public repository; its discussions too when GITHUB_TOKEN is set. Or issues anywhere, by a search.',
  cannotHear:
    'Comments on lines of code, private repositories, and what programs write. A search hears issues, not the comments under them.',
  rules: {
    consent: [],
    keepDays: null,
    sweepHours: 24,
    sweepBatch: 10,
    answering: [
      'Answer in the issue or discussion itself.',
      'No bulk or promotional comments in repositories of others.',
    ],
    replyLimit: 65_536,
  },
  // Without a token there are 60 requests an hour, for all sources of this kind together.
  politeness: { intervalSeconds: 600, minimumSeconds: 120 },
  needs: null,
  recognise,
  poll,
  exists,
  replies,
  lookUp,
};

async function poll(request: PollRequest): Promise<PollOutcome> {
  const place = placeOf(request.address);
  if (place === null) return { ok: false, failure: unexpected('a repository in the address') };
  const cursor = readCursor(request.cursor);
  const lists = 'phrase' in place ? searchOf(place.phrase) : listsOf(place);
  const marks: Record<string, unknown> = {};
  const posts: Post[] = [];
  let malformed = 0;
  let wait = 0;
  for (const one of lists) {
    const read = await readList(request, one, fields(cursor[one.mark]));
    if (!read.ok) return read;
    const found = readPosts(read.items, toPost);
    posts.push(...found.posts);
    malformed += found.malformed;
    marks[one.mark] = read.mark;
    wait = Math.max(wait, read.waitSeconds ?? 0);
  }
  const discussed = await readDiscussed(request, place, string(cursor['discussions']));
  if (!discussed.ok) return discussed;
  const found = readPosts(discussed.entries, discussionToPost);
  return heard({
    posts: [...posts, ...found.posts],
    malformed: malformed + found.malformed,
    before: cursor,
    cursor: { ...marks, discussions: discussed.newest },
    waitSeconds: wait || null,
    gap: discussed.isCut ? { from: null, to: request.now, reason: CUT } : null,
  });
}

const CUT = 'more discussions changed since the last poll than can be read back; some were missed';

async function readDiscussed(request: PollRequest, place: Place, through: string | null) {
  const none = { ok: true as const, entries: [], newest: through, isCut: false };
  if ('phrase' in place || !request.settings['GITHUB_TOKEN']) return none;
  const read = await readDiscussions(request, place, through === null ? null : earlier(through));
  return read.ok ? { ...read, newest: read.newest ?? through ?? BEGINNING } : read;
}

/** A list that is read in the order of change. */
interface List {
  /** Its name in the cursor. */
  mark: string;
  path: (order: 'asc' | 'desc', since: string | null, page: number) => string;
  items: (value: unknown) => unknown[] | null;
}

function listsOf({ owner, name }: { owner: string; name: string }): List[] {
  const repository = `/repos/${owner}/${name}`;
  return ['issues', 'issues/comments'].map((mark) => ({
    mark,
    path: (direction, since, page) =>
      `${repository}/${mark}?${new URLSearchParams({
        ...(mark === 'issues' ? { state: 'all' } : {}),
        sort: 'updated',
        direction,
        ...(since === null ? {} : { since }),
        per_page: String(PAGE_SIZE),
        page: String(page),
      })}`,
    items: list,
  }));
}

/** A search shows a thousand results; walking on by the time of change shows all. */
function searchOf(phrase: string): List[] {
  const scope = /\bin:/u.test(phrase) ? '' : ' in:title,body';
  const kind = /\b(?:is|type):/u.test(phrase) ? '' : ' is:issue';
  return [
    {
      mark: 'search',
      path: (order, since, page) =>
        `/search/issues?${new URLSearchParams({
          q: `${phrase}${scope}${kind}${since === null ? '' : ` updated:>=${since}`}`,
          sort: 'updated',
          order,
          per_page: String(PAGE_SIZE),
          page: String(page),
        })}`,
      items: (value) => list(fields(value)['items']),
    },
  ];
}

type ListOutcome =
  | { ok: true; items: Fields[]; mark: object; waitSeconds: number | null }
  | { ok: false; failure: Failure };

/** `mark`: until where the list was read, and what its last answer is recognised by. */
async function readList(request: PollRequest, one: List, mark: Fields): Promise<ListOutcome> {
  const through = string(mark['through']);
  const known = { path: string(mark['path']), validators: fields(mark['validators']) };
  let first: { path: string; validators: Validators } | null = null;
  let isPartial = false;
  let patience = 0;

  async function read(
    order: 'asc' | 'desc',
    since: string | null,
    page: number,
  ): Promise<Page<Fields> | { ok: false; failure: Failure }> {
    const path = one.path(order, since, page);
    const outcome = await ask(request, path, path === known.path ? known.validators : undefined);
    if (!outcome.ok) return { ok: false, failure: refusal(outcome, request.now) };
    if (outcome.notModified) {
      first = { path, validators: known.validators };
      return { ok: true, items: [], more: false };
    }
    const items = one.items(outcome.value);
    if (items === null) return { ok: false, failure: unexpected('a list') };
    const remaining = Number(outcome.headers['x-ratelimit-remaining'] ?? Number.NaN);
    const reset = resetSeconds(outcome.headers, request.now);
    patience = spread(Number.isNaN(remaining) ? null : remaining, reset, 2) ?? patience;
    if (fields(outcome.value)['incomplete_results'] === true) isPartial = true;
    const more = items.length >= PAGE_SIZE && order === 'asc';
    if (!more) first = { path, validators: outcome.validators };
    return { ok: true, items: items.map(fields), more };
  }

  if (through === null) {
    const newest = await read('desc', null, 1);
    if (!newest.ok) return newest;
    const start = newest.items.map(changeOf).reduce(laterOf, null) ?? BEGINNING;
    return {
      ok: true,
      items: newest.items,
      mark: { through: start },
      waitSeconds: patience || null,
    };
  }
  const walked = await walkForward<Fields, string>({
    from: string(mark['resume']) ?? earlier(through),
    read: (since, page) => read('asc', since, page),
    boundOf: changeOf,
    isAfter: (a, b) => a > b,
    maxPages: MOST_PAGES,
  });
  if (!walked.ok) return walked;
  // A search that ran out of time shows what it found; the same stretch is searched again.
  const next = isPartial ? through : (laterOf(through, walked.through) ?? through);
  const resume = isPartial ? null : resumeAt(walked);
  const waitSeconds = Math.max(patience, walked.waitSeconds ?? 0) || null;
  const reached = { through: next, resume, ...(first ?? {}) };
  return { ok: true, items: walked.items, mark: reached, waitSeconds };
}

function changeOf(item: Fields): string | null {
  return string(item['updated_at']);
}

function laterOf(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b > a) ? b : a;
}

function earlier(iso: string): string {
  return toIso(new Date(new Date(iso).getTime() - OVERLAP));
}

/** As GitHub writes times: whole seconds. */
function toIso(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/u, 'Z');
}

/** Where an issue, a pull request or a comment on one is asked for. */
function pathOf({ url }: Pick<PostRef, 'url'>): { issue: string; comment: string | null } | null {
  const match =
    /^https:\/\/github\.com\/([\w-]+\/[\w.-]+)\/(?:issues|pull)\/(\d+)(?:#issuecomment-(\d+))?$/u.exec(
      url ?? '',
    );
  if (match === null) return null;
  const comment = match[3] === undefined ? null : `/repos/${match[1]}/issues/comments/${match[3]}`;
  return { issue: `/repos/${match[1]}/issues/${match[2]}`, comment };
}

async function exists(request: ExistsRequest): Promise<Map<string, Existence>> {
  const discussions = request.posts.filter(isDiscussion);
  const others = request.posts.filter((post) => !isDiscussion(post));
  const found = allUnknown(request.posts);
  const asked = await askOneByOne({ ...request, posts: others }, async (post) => {
    const path = pathOf(post);
    if (path === null) return 'unknown';
    const outcome = await ask(request, path.comment ?? path.issue);
    if (outcome.ok) return 'there';
    const { kind } = refusal(outcome, request.now);
    return kind === 'rate-limited' ? 'stop' : existenceOfRefusal(outcome);
  });
  for (const [externalId, existence] of asked) found.set(externalId, existence);
  if (discussions.length === 0 || !request.settings['GITHUB_TOKEN']) return found;
  const ids = discussions.map(({ externalId }) => externalId);
  const there = await stillThere(request, ids);
  if (there === null) return found;
  for (const externalId of ids) found.set(externalId, there.has(externalId) ? 'there' : 'gone');
  return found;
}

function isDiscussion({ url }: Pick<PostRef, 'url'>): boolean {
  return /^https:\/\/github\.com\/[\w-]+\/[\w.-]+\/discussions\/\d+/u.test(url ?? '');
}

/** The comments of the issue; under a comment, those that came after it. */
async function replies(request: RepliesRequest): Promise<RepliesOutcome> {
  const { post } = request;
  if (isDiscussion(post) && request.settings['GITHUB_TOKEN']) {
    return discussionReplies(request, post.externalId);
  }
  const path = pathOf(post);
  if (path === null) return { ok: false, failure: unexpected('an issue') };
  const outcome = await ask(request, `${path.issue}/comments?per_page=${PAGE_SIZE}`);
  if (!outcome.ok) return { ok: false, failure: refusal(outcome, request.now) };
  const items = outcome.notModified ? null : list(outcome.value);
  if (items === null) return { ok: false, failure: unexpected('comments') };
  const found = toReplies(items.map((item) => toPost(fields(item))));
  const own = found.findIndex(({ externalId }) => externalId === post.externalId);
  return { ok: true, replies: found.slice(own + 1) };
}

async function lookUp(request: LookUpRequest): Promise<Post | null> {
  const path = pathOf(request);
  if (path === null) return null;
  const outcome = await ask(request, path.comment ?? path.issue);
  if (!outcome.ok || outcome.notModified) return null;
  return readable(toPost(fields(outcome.value)));
}
