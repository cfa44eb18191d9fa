import type { Call, Failure, Reply } from '../../core/source.ts';
import {
  fields,
  instant,
  list,
  string,
  unexpected,
  webUrl,
  type Fields,
  type Read,
} from '../json.ts';
import { oldestFirst, toReplies } from '../heard.ts';
import { limited } from '../limits.ts';
import { plain, textOfMarkdown } from '../text.ts';
import { query, refusal, resetSeconds } from './api.ts';

const MOST_PAGES = 10;
const ENTRY = 'id url body createdAt lastEditedAt author { login __typename }';
const COMMENTS = `comments(last: 50) { nodes { ${ENTRY} replies(last: 20) { nodes { ${ENTRY} } } } }`;
const LIST = `query ($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    discussions(first: 25, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes { title updatedAt ${ENTRY} ${COMMENTS} }
    }
  }
}`;
const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
const NODE = `query ($id: ID!) { node(id: $id) { ... on Discussion { ${COMMENTS} } } }`;

export type Discussed =
  | { ok: true; entries: Fields[]; newest: string | null; isCut: boolean }
  | { ok: false; failure: Failure };

/**
 * The discussions of a repository with their comments, from the one that changed last back to
 * `until` (ISO); without it, one page.
 */
export async function readDiscussions(
  call: Call,
  { owner, name }: { owner: string; name: string },
  until: string | null,
): Promise<Discussed> {
  const entries: Fields[] = [];
  let newest: string | null = null;
  let after: string | null = null;
  for (let page = 1; page <= (until === null ? 1 : MOST_PAGES); page += 1) {
    const answer = await graph(call, LIST, { owner, name, after });
    if (!answer.ok) return answer;
    const { nodes, pageInfo } = fields(fields(answer.data['repository'])['discussions']);
    const discussions = list(nodes)?.map(fields);
    if (discussions === undefined) return { ok: false, failure: unexpected('discussions') };
    entries.push(...discussions.flatMap(withComments));
    const times = discussions.flatMap(({ updatedAt }) => string(updatedAt) ?? []);
    newest ??= times[0] ?? null;
    after = string(fields(pageInfo)['endCursor']);
    const isReached = until === null || times.some((time) => time < until);
    const hasMore = fields(pageInfo)['hasNextPage'] === true && after !== null;
    if (isReached || !hasMore) return { ok: true, entries, newest, isCut: false };
  }
  return { ok: true, entries, newest, isCut: until !== null };
}

function withComments(discussion: Fields): Fields[] {
  return [discussion, ...commentsOf(discussion)];
}

function commentsOf(node: Fields): Fields[] {
  const comments = (list(fields(node['comments'])['nodes']) ?? []).map(fields);
  return comments.flatMap((comment) => [
    comment,
    ...(list(fields(comment['replies'])['nodes']) ?? []).map(fields),
  ]);
}

/** A discussion, or a comment in one. */
export function discussionToPost(entry: Fields): Read {
  const externalId = string(entry['id']);
  const publishedAt = instant(entry['createdAt']);
  if (externalId === null || publishedAt === null) return null;
  const author = fields(entry['author']);
  if (author['__typename'] === 'Bot') return 'skip';
  const title = string(entry['title']);
  return {
    externalId,
    url: webUrl(entry['url']),
    author: string(author['login']),
    title: title === null ? null : plain(title),
    text: textOfMarkdown(string(entry['body']) ?? ''),
    publishedAt,
    editedAt: instant(entry['lastEditedAt']),
    language: null,
  };
}

/** Which of these ids are still there; null when GitHub could not be asked. */
export async function stillThere(call: Call, ids: readonly string[]): Promise<Set<string> | null> {
  const answer = await graph(call, NODES, { ids });
  const nodes = answer.ok ? list(answer.data['nodes']) : null;
  return nodes === null ? null : new Set(nodes.flatMap((node) => string(fields(node)['id']) ?? []));
}

export async function discussionReplies(
  call: Call,
  id: string,
): Promise<{ ok: true; replies: Reply[] } | { ok: false; failure: Failure }> {
  const answer = await graph(call, NODE, { id });
  if (!answer.ok) return answer;
  const entries = commentsOf(fields(answer.data['node']));
  return { ok: true, replies: oldestFirst(toReplies(entries.map(discussionToPost))) };
}

/** Errors come with a 200; what is not found comes as null beside its error. */
async function graph(
  call: Call,
  text: string,
  variables: object,
): Promise<{ ok: true; data: Fields } | { ok: false; failure: Failure }> {
  const outcome = await query(call, text, variables);
  if (!outcome.ok) return { ok: false, failure: refusal(outcome, call.now) };
  const { data, errors } = outcome.notModified ? {} : fields(outcome.value);
  const isLimit = (list(errors) ?? []).some((error) => fields(error)['type'] === 'RATE_LIMITED');
  if (isLimit) {
    const failure: Failure = { kind: 'rate-limited', cause: 'RATE_LIMITED', message: '' };
    const headers = outcome.notModified ? {} : outcome.headers;
    return { ok: false, failure: limited(failure, resetSeconds(headers, call.now)) };
  }
  if (data === undefined || data === null) return { ok: false, failure: unexpected('data') };
  return { ok: true, data: fields(data) };
}
