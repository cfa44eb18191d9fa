import type { RepliesOutcome, RepliesRequest } from '../../core/source.ts';
import { fields, list, string, unexpected, type Fields } from '../json.ts';
import { oldestFirst, toReplies } from '../heard.ts';
import { ask, toPost } from './api.ts';

/** Comments that one request unfolds. */
const MOST_FOLDED = 100;

/** What was answered under a post, or under a comment, at any depth that Reddit shows. */
export async function replies(request: RepliesRequest): Promise<RepliesOutcome> {
  const { externalId, url } = request.post;
  const post = /\/comments\/([a-z0-9]+)/u.exec(url ?? '')?.[1] ?? externalId.replace(/^t3_/u, '');
  const comment = externalId.startsWith('t1_') ? externalId.slice(3) : null;
  const query = new URLSearchParams({
    limit: '200',
    raw_json: '1',
    ...(comment === null ? {} : { comment, depth: '3' }),
  });
  const outcome = await ask(request, `/comments/${post}?${query}`);
  if (!outcome.ok) return { ok: false, failure: outcome.failure };
  const listings = outcome.notModified ? null : list(outcome.value);
  const tree = childrenOf(listings?.[1]);
  if (tree === null) return { ok: false, failure: unexpected('comments') };
  const found = flatten(tree);
  const unfolded = await unfold(request, post, found);
  const below = found.concat(unfolded).filter(({ kind }) => kind === 't1');
  const answers = comment === null ? below : descendants(below, externalId);
  return { ok: true, replies: oldestFirst(toReplies(answers.map(toPost))) };
}

/** The things of a listing; null where there is none. */
export function childrenOf(listing: unknown): Fields[] | null {
  return list(fields(fields(listing)['data'])['children'])?.map(fields) ?? null;
}

/** Parents before their children; without recursion, however deep people answer. */
function flatten(things: readonly Fields[]): Fields[] {
  const found: Fields[] = [];
  const open = [...things];
  for (let thing = open.shift(); thing !== undefined; thing = open.shift()) {
    found.push(thing);
    open.push(...(childrenOf(fields(thing['data'])['replies']) ?? []));
  }
  return found;
}

/** Long threads are folded; the first hundred of what is folded away are asked for. */
async function unfold(request: RepliesRequest, post: string, found: Fields[]): Promise<Fields[]> {
  const folded = found
    .filter(({ kind }) => kind === 'more')
    .flatMap(({ data }) => list(fields(data)['children']) ?? [])
    .flatMap((child) => string(child) ?? []);
  if (folded.length === 0) return [];
  const query = new URLSearchParams({
    api_type: 'json',
    link_id: `t3_${post}`,
    children: folded.slice(0, MOST_FOLDED).join(','),
    raw_json: '1',
  });
  const outcome = await ask(request, `/api/morechildren?${query}`);
  if (!outcome.ok || outcome.notModified) return [];
  const things = list(fields(fields(fields(outcome.value)['json'])['data'])['things']);
  return things?.map(fields) ?? [];
}

/** Those under one comment, without that comment; parents come before their children. */
function descendants(comments: readonly Fields[], root: string): Fields[] {
  const under = new Set([root]);
  return comments.filter(({ data }) => {
    const { name, parent_id: parent } = fields(data);
    const isUnder = typeof parent === 'string' && under.has(parent);
    if (isUnder && typeof name === 'string') under.add(name);
    return isUnder;
  });
}
