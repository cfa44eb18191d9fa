import type { Actor } from '../core/mention.ts';
import type { Clock, Keyword, Log, NewId, Stores } from '../core/ports.ts';
import {
  adviseQuery,
  explainQuery,
  formatQuery,
  parseQuery,
  showError,
  type Query,
} from '../core/query/index.ts';
import { refuse, type Refusal } from './refusal.ts';

export interface KeywordDeps {
  stores: Pick<Stores, 'keywords'>;
  clock: Clock;
  newId: NewId;
  log: Log;
}

export type KeywordOutcome =
  { ok: true; keyword: Keyword; explanation: string; advice: string[] } | Refusal;

/** From which probability a new keyword posts a card, and from which it fills the digest. */
const POST_THRESHOLD = 0.5;
const DIGEST_THRESHOLD = 0.3;
/** Keywords of one workspace; beyond it something is being automated by mistake. */
const MOST_KEYWORDS = 5000;

export type KeywordChange = Parameters<Stores['keywords']['change']>[2];

/** Saves a query as a keyword, if it can be understood and is not there yet. */
export async function addKeyword(
  deps: KeywordDeps,
  request: { workspaceId: string; query: string; channelId: string | null; actor: Actor },
): Promise<KeywordOutcome> {
  const { workspaceId, channelId, actor } = request;
  const read = readQuery(request.query);
  if (!read.ok) return read;
  const keywords = await deps.stores.keywords.list(workspaceId);
  const same = sameQuery(keywords, read.query);
  if (same !== null) return refuse(`That is being watched already: \`${same.query}\`.`);
  if (keywords.length >= MOST_KEYWORDS) {
    return refuse(`There are ${MOST_KEYWORDS} keywords already. Remove some first.`);
  }
  const keyword: Keyword = {
    id: deps.newId(),
    workspaceId,
    query: request.query.trim(),
    channelId,
    postThreshold: POST_THRESHOLD,
    digestThreshold: DIGEST_THRESHOLD,
    paused: false,
    createdBy: actor,
    createdAt: deps.clock(),
  };
  await deps.stores.keywords.add(keyword);
  deps.log.info({ workspaceId, keywordId: keyword.id, actor }, 'keyword added');
  return { ok: true, keyword, ...explain(read.query) };
}

/** Changes a keyword; a new query is checked like a first one. */
export async function changeKeyword(
  deps: KeywordDeps,
  request: { workspaceId: string; id: string; change: KeywordChange; actor: Actor },
): Promise<KeywordOutcome> {
  const { workspaceId, id, change, actor } = request;
  const keyword = await deps.stores.keywords.find(workspaceId, id);
  if (keyword === null) return refuse('That keyword is not there any more.');
  const read = readQuery(change.query ?? keyword.query);
  if (!read.ok) return read;
  const others = (await deps.stores.keywords.list(workspaceId)).filter((one) => one.id !== id);
  if (sameQuery(others, read.query)) return refuse('Another keyword already watches that.');
  const post = change.postThreshold ?? keyword.postThreshold;
  const digest = change.digestThreshold ?? keyword.digestThreshold;
  if (!(digest >= 0 && digest <= post && post <= 1)) {
    return refuse('The thresholds go from 0 to 1, and the digest’s is not above the card’s.');
  }
  if (!(await deps.stores.keywords.change(workspaceId, id, change))) {
    return refuse('That keyword is not there any more.');
  }
  deps.log.info(
    { workspaceId, keywordId: id, actor, fields: Object.keys(change) },
    'keyword changed',
  );
  return { ok: true, keyword: { ...keyword, ...change }, ...explain(read.query) };
}

/** Stops watching; the mentions that it brought stay. Returns what was removed, for an undo. */
export async function removeKeyword(
  deps: KeywordDeps,
  request: { workspaceId: string; id: string; actor: Actor },
): Promise<Keyword | null> {
  const { workspaceId, id, actor } = request;
  const keyword = await deps.stores.keywords.find(workspaceId, id);
  if (keyword === null || !(await deps.stores.keywords.remove(workspaceId, id))) return null;
  deps.log.info({ workspaceId, keywordId: id, actor }, 'keyword removed');
  return keyword;
}

function readQuery(input: string): { ok: true; query: Query } | Refusal {
  const parsed = parseQuery(input.trim());
  return parsed.ok ? parsed : refuse(showError(input.trim(), parsed.error));
}

function sameQuery(keywords: readonly Keyword[], query: Query): Keyword | null {
  const canonical = formatQuery(query);
  return (
    keywords.find((keyword) => {
      const parsed = parseQuery(keyword.query);
      return parsed.ok && formatQuery(parsed.query) === canonical;
    }) ?? null
  );
}

function explain(query: Query): { explanation: string; advice: string[] } {
  return {
    explanation: explainQuery(query),
    advice: adviseQuery(query).map(({ message }) => message),
  };
}
