import type { Actor, Mention } from '../../core/mention.ts';
import type { Keyword, Stores } from '../../core/ports.ts';
import { postBody } from '../../core/post.ts';
import { isEmptyWord } from '../../core/negativity/empty-words.ts';
import { valence } from '../../core/negativity/lexicon.ts';
import { tokenise } from '../../core/negativity/tokens.ts';
import { combine, negate } from '../../core/query/ast.ts';
import { compileQueries, formatQuery, parseQuery, type Query } from '../../core/query/index.ts';
import { saveDraft, type KeywordDeps, type KeywordOutcome } from './keywords.ts';
import { refuse } from '../refusal.ts';

export type ExcludeDeps = KeywordDeps & { stores: Pick<Stores, 'keywords' | 'mentions'> };

/** A word that a keyword could leave out, and what that would have meant in the last four weeks. */
export interface Exclusion {
  keyword: Keyword;
  term: string;
  /** The query with the word left out. */
  query: string;
  /** Mentions of the keyword whose text is still there; those that would have been left out. */
  mentions: number;
  leftOut: number;
  /** Of those left out: somebody answered or claimed them. */
  wanted: number;
}

const WEEKS_MS = 28 * 24 * 3600 * 1000;
const MOST_MENTIONS = 500;
const SHORTEST = 4;

/** Proposes what to leave out, so that posts like one that is not about us stay away; null: nothing. */
export async function proposeExclusion(
  deps: ExcludeDeps,
  mention: Mention,
): Promise<Exclusion | null> {
  const { workspaceId, keywordId } = mention;
  const keyword = await deps.stores.keywords.find(workspaceId, keywordId);
  const parsed = keyword === null ? null : parseQuery(keyword.query);
  if (keyword === null || !parsed?.ok) return null;
  const from = new Date(deps.clock().getTime() - WEEKS_MS);
  const filter = { keywordId, from };
  const listed = await deps.stores.mentions.list(workspaceId, filter, { limit: MOST_MENTIONS });
  const known = listed.filter(({ text, title }) => text !== null || title !== null);
  const term = tellingWord(mention, parsed.query, known);
  const query = term === null ? null : withoutTerm(keyword.query, term);
  const narrowed = query === null ? null : parseQuery(query);
  if (term === null || query === null || !narrowed?.ok) return null;
  const matcher = compileQueries([{ id: 'narrowed', query: narrowed.query }]);
  const left = known.filter((one) => {
    const { author, url, language, sourceKind: source } = one;
    return matcher.match({ text: bodyOf(one), author, url, language, source }).length === 0;
  });
  const wanted = left.filter(isWanted).length;
  return { keyword, term, query, mentions: known.length, leftOut: left.length, wanted };
}

/** Leaves a word out of a keyword as it is now. */
export async function exclude(
  deps: KeywordDeps,
  request: { workspaceId: string; keywordId: string; term: string; actor: Actor },
): Promise<KeywordOutcome & { before?: Keyword }> {
  const { workspaceId, keywordId, term, actor } = request;
  const before = await deps.stores.keywords.find(workspaceId, keywordId);
  if (before === null) return refuse('That keyword is not there any more.');
  const query = withoutTerm(before.query, term);
  if (query === null) return refuse('That word cannot be left out of this query.');
  const draft = { ...before, query };
  const outcome = await saveDraft(deps, { workspaceId, draft, actor });
  return outcome.ok ? { ...outcome, before } : outcome;
}

/** The query as it was typed with `-term` behind it, in parentheses where it needs them. */
function withoutTerm(typed: string, term: string): string | null {
  const old = parseQuery(typed);
  const word = parseQuery(term);
  if (!old.ok || !word.ok) return null;
  const root = combine('and', [old.query.root, negate(word.query.root)]);
  const meant = formatQuery({ root });
  const plain = [`${typed.trim()} -${term}`, `(${typed.trim()}) -${term}`].find((query) => {
    const read = parseQuery(query);
    return read.ok && formatQuery(read.query) === meant;
  });
  return plain ?? null;
}

/**
 * The word that best tells a post apart from those that are about us: one that others which were not
 * about us have too, a name, or one that is said often; never a word of the query, of feeling, or of
 * what the team took up.
 */
function tellingWord(mention: Mention, query: Query, known: readonly Mention[]): string | null {
  const taken = new Set(
    formatQuery(query)
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u),
  );
  const confirmed = known.filter((one) => one.id !== mention.id && !isAmiss(one));
  for (const one of confirmed) for (const { word } of tokenise(bodyOf(one))) taken.add(word);
  const amiss = known.filter((one) => one.id !== mention.id && isAmiss(one));
  const amissWords = amiss.map((one) => new Set(tokenise(bodyOf(one)).map(({ word }) => word)));
  const text = bodyOf(mention);
  const scores = new Map<string, number>();
  for (const { word, start, tag } of tokenise(text)) {
    if (tag || word.length < SHORTEST || !/^\p{L}+$/u.test(word) || taken.has(word)) continue;
    if (isEmptyWord(word) || valence(word) !== 0) continue;
    const others = amissWords.filter((words) => words.has(word)).length;
    const isName = start > 0 && /\p{Lu}/u.test(text[start] ?? '');
    const first = 3 * others + (isName ? 1 : 0) + word.length / 20;
    scores.set(word, (scores.get(word) ?? first) + 0.5);
  }
  const [best] = [...scores].sort(([, a], [, b]) => b - a);
  return best?.[0] ?? null;
}

function bodyOf({ title, text }: Mention): string {
  return postBody({ title, text: text ?? '' });
}

function isAmiss({ dismissedReason }: Mention): boolean {
  return dismissedReason === 'not-about-us' || dismissedReason === 'spam';
}

function isWanted({ status }: Mention): boolean {
  return status === 'answered' || status === 'claimed';
}
