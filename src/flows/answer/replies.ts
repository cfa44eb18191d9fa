import { checkDraft, fillReply, type Remark } from '../../core/answer/draft.ts';
import type { Actor, Mention } from '../../core/mention.ts';
import type { Clock, SavedReply, Stores } from '../../core/ports.ts';
import type { Source } from '../../core/source.ts';
import { refuse, type Refusal } from '../refusal.ts';

export interface ReplyDeps {
  stores: Pick<Stores, 'replies' | 'mentions' | 'keywords'>;
  sources: readonly Source[];
  clock: Clock;
}

const MOST = 50;
/** Who was answered within this time will notice a second answer. */
const LATELY_MS = 7 * 24 * 3_600_000;
const TOPIC = 80;

export type SaveOutcome = { ok: true; reply: SavedReply } | Refusal;

/** Adds a text to begin answers with, or replaces the one of its name. */
export async function saveReply(
  deps: ReplyDeps,
  request: { workspaceId: string; name: string; text: string; actor: Actor },
): Promise<SaveOutcome> {
  const { workspaceId, name, text, actor } = request;
  const all = await deps.stores.replies.list(workspaceId);
  if (all.length >= MOST && !all.some((one) => one.name === name)) {
    return refuse(`There are ${MOST} saved replies already; remove one first.`);
  }
  const reply = { workspaceId, name, text, createdBy: actor, createdAt: deps.clock() };
  await deps.stores.replies.save(reply);
  return { ok: true, reply };
}

/** What stands beside the draft of an answer. */
export interface AnswerHelp {
  /** What who answers there must respect, in sentences. */
  rules: readonly string[];
  /** Another mention of the same author that we answered lately; null without one. */
  earlier: Mention | null;
  replies: readonly SavedReply[];
}

export async function helpToAnswer(deps: ReplyDeps, mention: Mention): Promise<AnswerHelp> {
  const { workspaceId, authorHash } = mention;
  const [replies, others] = await Promise.all([
    deps.stores.replies.list(workspaceId),
    authorHash === null ? [] : deps.stores.mentions.byAuthors(workspaceId, [authorHash]),
  ]);
  const since = deps.clock().getTime() - LATELY_MS;
  const answered = others.filter(
    ({ id, answeredAt }) =>
      id !== mention.id && answeredAt !== null && answeredAt.getTime() >= since,
  );
  return {
    rules: sourceOf(deps, mention)?.rules.answering ?? [],
    earlier: answered.sort((a, b) => Number(b.answeredAt) - Number(a.answeredAt))[0] ?? null,
    replies,
  };
}

/** A saved reply as it would be said to the author of this mention; null when it is gone. */
export async function draftFrom(
  deps: ReplyDeps,
  mention: Mention,
  replyName: string,
): Promise<string | null> {
  const { workspaceId, keywordId, author, title } = mention;
  const replies = await deps.stores.replies.list(workspaceId);
  const reply = replies.find(({ name }) => name === replyName);
  if (reply === undefined) return null;
  const keyword = await deps.stores.keywords.find(workspaceId, keywordId);
  const topic = title ?? keyword?.query.replaceAll('"', '') ?? 'this';
  return fillReply(reply.text, { name: author ?? 'there', topic: topic.slice(0, TOPIC) });
}

/** What a draft had better not do at the place of this mention. */
export function remarksOn(deps: ReplyDeps, mention: Mention, draft: string): Remark[] {
  return checkDraft(draft, { replyLimit: sourceOf(deps, mention)?.rules.replyLimit ?? null });
}

function sourceOf({ sources }: ReplyDeps, { sourceKind }: Mention): Source | null {
  return sources.find(({ kind }) => kind === sourceKind) ?? null;
}
