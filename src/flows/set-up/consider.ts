import type { Actor } from '../../core/mention.ts';
import type { Keyword } from '../../core/ports.ts';
import {
  adviseQuery,
  contextOf,
  parseQuery,
  typicalWords,
  type Advice,
  type Query,
} from '../../core/query/index.ts';
import { postBody } from '../../core/post.ts';
import { checkDraft, saveDraft, type Draft, type KeywordDeps } from './keywords.ts';
import { matching, preview, type HeardNow, type Preview, type PreviewDeps } from './preview.ts';
import type { Refusal } from '../refusal.ts';

export type ConsiderDeps = KeywordDeps &
  PreviewDeps & { stores: KeywordDeps['stores'] & PreviewDeps['stores'] };

/** A keyword that somebody wants, and what it would have heard. */
export interface Considered {
  ok: true;
  draft: Draft;
  explanation: string;
  /** Why it was not saved at once; empty when it was. */
  warnings: Advice[];
  preview: Preview;
  /** What is being changed, and what that would have heard; null for a new keyword. */
  before: Keyword | null;
  previous: Preview | null;
  asked: number;
  answered: number;
  /** Null: it waits for a yes. */
  saved: Keyword | null;
}

/** As many cards from what stands there now: more than a team reads. */
export const FLOOD = 20;

/**
 * Looks at what a draft would have heard, beside what it replaces. Saved at once is what nothing
 * speaks against; the rest waits for the person, and nothing of the preview is stored.
 */
export async function considerKeyword(
  deps: ConsiderDeps,
  request: { workspaceId: string; draft: Draft; actor: Actor },
  looking?: (sources: number) => Promise<unknown>,
): Promise<Considered | Refusal> {
  const { workspaceId, draft, actor } = request;
  const checked = await checkDraft(deps, workspaceId, draft);
  if (!checked.ok) return checked;
  const { query, explanation, before } = checked;
  const heard = await deps.hearNow(deps, workspaceId, looking);
  const now = await preview(deps, workspaceId, heard, { ...draft, query });
  const old = before === null ? null : parseQuery(before.query);
  const previous =
    before !== null && old?.ok
      ? await preview(deps, workspaceId, heard, { ...before, query: old.query })
      : null;
  const context = await contextWords(deps, workspaceId, heard, query, before);
  const known = old?.ok ? adviseQuery(old.query, context).map(({ message }) => message) : [];
  const advice = adviseQuery(query, context);
  const fresh = advice.filter(({ message }) => !known.includes(message));
  const isFlood = now.card >= FLOOD && now.card > (previous?.card ?? 0);
  const warnings = isFlood ? [...fresh, floodWarning(now)] : fresh;
  const { asked, answered } = heard;
  const considered = { draft, explanation, preview: now, before, previous, asked, answered };
  if (warnings.length > 0) return { ok: true, ...considered, warnings, saved: null };
  const saved = await saveDraft(deps, { workspaceId, draft, actor });
  if (!saved.ok) return saved;
  return { ok: true, ...considered, warnings, saved: saved.keyword };
}

/**
 * Words by which posts about this team are told: those of its other keywords, then what the posts
 * that these keywords match now have in common, and of them first what stands with the query.
 */
async function contextWords(
  deps: ConsiderDeps,
  workspaceId: string,
  heard: HeardNow,
  query: Query,
  before: Keyword | null,
): Promise<string[]> {
  const keywords = await deps.stores.keywords.list(workspaceId);
  const others = keywords.flatMap(({ id, query: typed }) => {
    const parsed = parseQuery(typed);
    return id !== before?.id && parsed.ok ? [parsed.query] : [];
  });
  const ours = matching(heard, others);
  const asked = matching(heard, [query]);
  const texts = heard.posts.map((one) => ({
    text: postBody(one.post),
    isOurs: ours.has(one) && others.length > 0,
    isAsked: asked.has(one),
  }));
  const pick = (test: (one: (typeof texts)[number]) => boolean) =>
    typicalWords(
      texts.filter(test).map(({ text }) => text),
      texts.filter((one) => !test(one)).map(({ text }) => text),
      [query, ...others],
    );
  const both = pick(({ isOurs, isAsked }) => isOurs && isAsked);
  return [...new Set([...contextOf(others), ...both, ...pick(({ isOurs }) => isOurs)])];
}

function floodWarning({ card, posts }: Preview): Advice {
  const message = `Of the ${posts} posts that stand there now, ${card} would be cards. A higher threshold or one more word keeps the channel readable.`;
  return { message, proposal: null };
}
