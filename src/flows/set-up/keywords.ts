import type { Actor } from '../../core/mention.ts';
import type { Clock, Keyword, Log, NewId, Stores } from '../../core/ports.ts';
import {
  adviseQuery,
  explainQuery,
  formatQuery,
  parseQuery,
  showError,
  type Advice,
  type Query,
} from '../../core/query/index.ts';
import type { Source } from '../../core/source.ts';
import { refuse, type Refusal } from '../refusal.ts';

export interface KeywordDeps {
  stores: Pick<Stores, 'keywords'>;
  /** All kinds that there are, for `source:`. */
  sources: readonly Pick<Source, 'kind'>[];
  clock: Clock;
  newId: NewId;
  log: Log;
}

/** What a keyword is or would be; `id` is null for one that is not saved. */
export interface Draft {
  id: string | null;
  query: string;
  channelId: string | null;
  postThreshold: number;
  digestThreshold: number;
}

/** A draft that can be saved: what it means, what to think over, and what it would replace. */
export interface CheckedDraft {
  ok: true;
  query: Query;
  explanation: string;
  advice: Advice[];
  before: Keyword | null;
}

export type KeywordOutcome =
  { ok: true; keyword: Keyword; explanation: string; advice: Advice[] } | Refusal;

/** From which probability a new keyword posts a card, and from which it fills the digest. */
export const POST_THRESHOLD = 0.5;
export const DIGEST_THRESHOLD = 0.35;
/** Keywords of one workspace; beyond it something is being automated by mistake. */
const MOST_KEYWORDS = 5000;

/** A new keyword with the usual thresholds. */
export function newDraft(query: string, channelId: string | null): Draft {
  const thresholds = { postThreshold: POST_THRESHOLD, digestThreshold: DIGEST_THRESHOLD };
  return { id: null, query, channelId, ...thresholds };
}

/** Whether a draft can be saved, without saving it. */
export async function checkDraft(
  deps: Pick<KeywordDeps, 'stores' | 'sources'>,
  workspaceId: string,
  draft: Draft,
): Promise<CheckedDraft | Refusal> {
  const read = readQuery(deps, draft.query);
  if (!read.ok) return read;
  const keywords = await deps.stores.keywords.list(workspaceId);
  const before = keywords.find(({ id }) => id === draft.id) ?? null;
  if (draft.id !== null && before === null) {
    return refuse('That keyword is not there any more.');
  }
  const others = keywords.filter((keyword) => keyword !== before);
  const same = sameQuery(others, read.query);
  if (same !== null) return refuse(`That is being watched already: \`${same.query}\`.`);
  if (before === null && keywords.length >= MOST_KEYWORDS) {
    return refuse(`There are ${MOST_KEYWORDS} keywords already. Remove some first.`);
  }
  const { postThreshold: post, digestThreshold: digest } = draft;
  if (!(digest >= 0 && digest <= post && post <= 1)) {
    return refuse('The thresholds go from 0 to 1, and the digest’s is not above the card’s.');
  }
  const { query } = read;
  const advice = adviseQuery(query);
  return { ok: true, query, explanation: explainQuery(query), advice, before };
}

/** Saves a draft: a new keyword, or a change of the one that it names. */
export async function saveDraft(
  deps: KeywordDeps,
  request: { workspaceId: string; draft: Draft; actor: Actor },
): Promise<KeywordOutcome> {
  const { workspaceId, draft, actor } = request;
  const checked = await checkDraft(deps, workspaceId, draft);
  if (!checked.ok) return checked;
  const { explanation, advice, before } = checked;
  const { id: _, ...fields } = { ...draft, query: draft.query.trim() };
  if (before !== null) {
    if (!(await deps.stores.keywords.change(workspaceId, before.id, fields))) {
      return refuse('That keyword is not there any more.');
    }
    deps.log.info({ workspaceId, keywordId: before.id, actor }, 'keyword changed');
    return { ok: true, keyword: { ...before, ...fields }, explanation, advice };
  }
  const keyword: Keyword = {
    ...fields,
    id: deps.newId(),
    workspaceId,
    paused: false,
    createdBy: actor,
    createdAt: deps.clock(),
  };
  await deps.stores.keywords.add(keyword);
  deps.log.info({ workspaceId, keywordId: keyword.id, actor }, 'keyword added');
  return { ok: true, keyword, explanation, advice };
}

/** Saves a query as a keyword, if it can be understood and is not there yet. */
export function addKeyword(
  deps: KeywordDeps,
  request: { workspaceId: string; query: string; channelId: string | null; actor: Actor },
): Promise<KeywordOutcome> {
  const { workspaceId, query, channelId, actor } = request;
  return saveDraft(deps, { workspaceId, draft: newDraft(query, channelId), actor });
}

/** Pauses a keyword, or lets it go on; false when it is gone. */
export async function pauseKeyword(
  deps: KeywordDeps,
  request: { workspaceId: string; id: string; paused: boolean; actor: Actor },
): Promise<boolean> {
  const { workspaceId, id, paused, actor } = request;
  const done = await deps.stores.keywords.change(workspaceId, id, { paused });
  if (done)
    deps.log.info({ workspaceId, keywordId: id, paused, actor }, 'keyword paused or resumed');
  return done;
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

function readQuery(
  { sources }: Pick<KeywordDeps, 'sources'>,
  input: string,
): { ok: true; query: Query } | Refusal {
  const parsed = parseQuery(input.trim(), { sources: sources.map(({ kind }) => kind) });
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
