import { newUpkeep, type Mention } from '../../core/mention.ts';
import { postBody, type Post } from '../../core/post.ts';
import type {
  Clock,
  Keyword,
  NewId,
  HeardPraise,
  Settings,
  SourceRecord,
  VerdictCount,
} from '../../core/ports.ts';
import { contactOptions, redact } from '../../core/privacy/redact.ts';
import type { CompleteOutcome, Failure } from '../../core/source.ts';
import { isSensitive } from '../../core/privacy/special.ts';
import type { Verdict } from '../../core/verdict.ts';
import { silencedPosts, type SilenceDeps } from '../forget/forget.ts';
import { judgeFor, type LearnedOf } from './learn.ts';
import type { MatchPosts } from './matching.ts';

export interface DetectDeps extends SilenceDeps {
  match: MatchPosts;
  learned: LearnedOf;
  clock: Clock;
  newId: NewId;
}

/** Asks the place for what it did not say of these posts, and which of them may be kept. */
export type Complete = (posts: readonly Post[]) => Promise<CompleteOutcome>;

export type Detected =
  | {
      ok: true;
      mentions: Mention[];
      /** How negative the matched posts were, also those that leave no other trace. */
      counts: VerdictCount[];
      /** Of what is no mention: what speaks well of a keyword. */
      praise: HeardPraise[];
    }
  | { ok: false; failure: Failure };

/** What the team decided about whom it hears, and what is taken out of what it hears. */
export type DetectSettings = Pick<Settings, 'neverHear' | 'country' | 'ownNumbers'>;

/** What the keyword's two thresholds make of a verdict. */
export type Rank = 'card' | 'digest' | 'nothing';

/** What the keyword's two thresholds make of a verdict; what cannot be judged is for a person. */
export function rank(
  keyword: Pick<Keyword, 'postThreshold' | 'digestThreshold'>,
  verdict: Pick<Verdict, 'negativity' | 'judged'>,
): Rank {
  if (!verdict.judged) return 'digest';
  if (verdict.negativity >= keyword.postThreshold) return 'card';
  return verdict.negativity >= keyword.digestThreshold ? 'digest' : 'nothing';
}

/**
 * What of these posts becomes a mention: at most one a post, for the keyword that wants a card, or
 * else the digest, about which the post is most negative. A post that matches nothing, or is under
 * both thresholds, leaves no trace; nor does one whose author objected, or whose place is never heard.
 */
export async function detect(
  deps: DetectDeps,
  source: Pick<SourceRecord, 'workspaceId' | 'id' | 'kind'>,
  keywords: readonly Keyword[],
  posts: readonly Post[],
  settings: DetectSettings,
  complete: Complete = async (matched) => ({ ok: true, posts: [...matched] }),
): Promise<Detected> {
  const mentions: Mention[] = [];
  const counts = new Map<string, VerdictCount>();
  const praise: HeardPraise[] = [];
  const matched = deps.match(source.kind, keywords, posts);
  const completed = await complete(matched.map(({ post }) => post));
  if (!completed.ok) return completed;
  const about = new Map(completed.posts.map((post) => [post.externalId, post]));
  const { workspaceId, kind } = source;
  if (matched.length === 0) return { ok: true, mentions, counts: [], praise };
  const [silenced, learned] = await Promise.all([
    silencedPosts(deps, workspaceId, kind, completed.posts, settings),
    deps.learned(workspaceId),
  ]);
  for (const { post: heard, matches } of matched) {
    const post = about.get(heard.externalId);
    if (post === undefined || silenced.has(post)) continue;
    const body = postBody(post);
    const judged = matches
      .map(({ keyword, spans }) => ({ keyword, verdict: judgeFor(learned, body, spans) }))
      .map((one) => ({ ...one, rank: rank(one.keyword, one.verdict) }))
      .sort((a, b) => b.verdict.negativity - a.verdict.negativity);
    for (const one of judged) countVerdict(counts, one.keyword.id, one.verdict);
    const chosen =
      judged.find((one) => one.rank === 'card') ?? judged.find((one) => one.rank === 'digest');
    if (chosen !== undefined) mentions.push(toMention(deps, source, post, settings, chosen));
    const praised = judged.find(({ verdict }) => isPraise(verdict));
    if (chosen === undefined && praised !== undefined && post.url !== null) {
      const { externalId, url } = post;
      const authorHash = post.author === null ? null : deps.hashAuthor(kind, post.author);
      praise.push({ externalId, url, query: praised.keyword.query, authorHash });
    }
  }
  return { ok: true, mentions, counts: [...counts.values()], praise };
}

/** Negativity up to which what is called positive is believed to be praise. */
const NO_COMPLAINT = 0.05;

function isPraise({ judged, label, negativity }: Verdict): boolean {
  return judged && label === 'positive' && negativity <= NO_COMPLAINT;
}

/** Steps of negativity that are told apart in the counts. */
export const STEPS = 20;

function countVerdict(
  counts: Map<string, VerdictCount>,
  keywordId: string,
  { judged, negativity }: Verdict,
): void {
  if (!judged) return;
  const step = Math.min(Math.floor(negativity * STEPS), STEPS - 1);
  const name = `${keywordId} ${step}`;
  const posts = (counts.get(name)?.posts ?? 0) + 1;
  counts.set(name, { keywordId, step, posts });
}

/** Contact data is taken out here, before anything is stored or shown. */
export function toMention(
  deps: DetectDeps,
  source: Pick<SourceRecord, 'workspaceId' | 'id' | 'kind'>,
  post: Post,
  settings: DetectSettings,
  { keyword, verdict, rank }: { keyword: Pick<Keyword, 'id'>; verdict: Verdict; rank: Rank },
): Mention {
  const foundAt = deps.clock();
  return {
    id: deps.newId(),
    workspaceId: source.workspaceId,
    keywordId: keyword.id,
    sourceId: source.id,
    sourceKind: source.kind,
    externalId: post.externalId,
    status: rank === 'card' ? 'detected' : 'quiet',
    version: 1,
    url: post.url,
    author: withoutContacts(post.author, settings),
    title: withoutContacts(post.title, settings),
    text: withoutContacts(post.text, settings),
    followUp: null,
    sensitive: isSensitive(postBody(post)),
    authorHash: post.author === null ? null : deps.hashAuthor(source.kind, post.author),
    language: verdict.language ?? post.language,
    publishedAt: post.publishedAt,
    foundAt,
    verdict: {
      label: verdict.label,
      negativity: verdict.negativity,
      reasons: verdict.reasons.map(({ phrase }) => withoutContacts(phrase, settings)),
      severity: verdict.severity,
      question: verdict.question,
      judged: verdict.judged,
    },
    openedAt: null,
    claimedBy: null,
    claimedAt: null,
    answeredBy: null,
    answeredAt: null,
    answerUrl: null,
    verifiedAt: null,
    dismissedReason: null,
    snoozedUntil: null,
    pausedUntil: null,
    escalationLevel: 0,
    channelId: null,
    cardTs: null,
    cardVersion: 0,
    upkeep: newUpkeep(foundAt),
  };
}

/** The text as it may be kept. */
export function withoutContacts<T extends string | null>(
  text: T,
  settings: Pick<Settings, 'country' | 'ownNumbers'>,
): T {
  return (text === null ? null : redact(text, contactOptions(settings)).text) as T;
}
