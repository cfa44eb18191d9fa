import { brandOf, type Brand } from '../../core/answer/brand.ts';
import { SYSTEM, type Mention, type MentionEvent } from '../../core/mention.ts';
import { judge } from '../../core/negativity/judge.ts';
import type { Settings } from '../../core/ports.ts';
import { contactOptions, redact } from '../../core/privacy/redact.ts';
import { readReplyUrl, replyKey } from '../../core/answer/reply-url.ts';
import type { Reply, RepliesOutcome, Source } from '../../core/source.ts';
import type { HashAuthor } from '../../core/privacy/suppression.ts';
import { change } from '../change.ts';
import { readAnswerPage } from './answer-page.ts';
import { within } from '../hear/poll.ts';
import { call, type AskDeps } from '../forget/sweep.ts';

export interface VerifyDeps extends AskDeps {
  hashAuthor: HashAuthor;
}

export type Verified =
  /** The answer was read at the source. */
  | 'verified'
  /** No answer yet, or the one that is known still stands; looked at again later. */
  | 'waiting'
  /** The verified answer is gone for good. */
  | 'answer-gone'
  /** The author says that it is not solved. */
  | 'reopened'
  /** The place did not let us read. */
  | 'unreadable'
  /** Nothing to look for. */
  | 'skipped';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The first wait for an answer that somebody logged, and for one that nobody did; doubled each time. */
const LOGGED_MINUTES = 5;
const OPEN_MINUTES = 15;
/** Days after which nobody looks any more. */
const LOGGED_DAYS = 7;
const OPEN_DAYS = 14;
/** Hours after an answer was verified: the first look is the aftercare, the others see that it stays. */
const AFTERCARE_HOURS = [6, 24, 72, 168] as const;
/** Two looks that miss the answer, this far apart, make it gone. */
const CONFIRM_MINUTES = 10;
/** What is kept of what the author said afterwards, in characters. */
const LONGEST_FOLLOW_UP = 2000;

/**
 * Looks at the source for the brand's public answer to one mention, whether somebody logged one or
 * not. An answer is verified when a brand account wrote it in the post's thread, later than the post;
 * where a place shows no replies, when the logged address is a public page of its own and newer.
 * Later looks see whether it is still there, and, once, whether the author says that it is not solved.
 * Safe to repeat.
 */
export async function verifyMention(
  deps: VerifyDeps,
  workspaceId: string,
  mentionId: string,
  signal?: AbortSignal,
): Promise<Verified> {
  const mention = await deps.stores.mentions.find(workspaceId, mentionId);
  if (mention === null || !['open', 'claimed', 'answered'].includes(mention.status)) {
    return 'skipped';
  }
  const source = deps.sources.find(({ kind }) => kind === mention.sourceKind);
  const settings = await deps.stores.workspaces.settings(workspaceId);
  const kinds = deps.sources.map(({ kind }) => kind);
  const look: Look = {
    deps,
    mention,
    brand: brandOf(settings.brandAccounts, kinds),
    settings,
    signal,
  };
  const outcome =
    source?.replies === undefined
      ? await lookAtPage(look)
      : source.repliesScroll
        ? await lookAtBoth(look, source)
        : await lookAtThread(look, source);
  deps.log.debug({ workspaceId, mentionId, outcome }, 'an answer was looked for');
  if (outcome !== 'waiting' && outcome !== 'skipped' && outcome !== 'unreadable') {
    await deps.publish(workspaceId, mentionId);
  }
  return outcome;
}

interface Look {
  deps: VerifyDeps;
  mention: Mention;
  brand: Brand;
  settings: Settings;
  signal: AbortSignal | undefined;
}

/** Reads the threads of a workspace that are due, one after the other; returns what became of them. */
export async function verifyDue(
  deps: VerifyDeps,
  workspaceId: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Partial<Record<Verified, number>>> {
  const counts: Partial<Record<Verified, number>> = {};
  for (const { id } of await deps.stores.mentions.toLookAt(workspaceId, deps.clock(), limit)) {
    if (signal?.aborted) break;
    const outcome = await verifyMention(deps, workspaceId, id, signal);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

async function lookAtThread(look: Look, source: Source): Promise<Verified> {
  const { deps, mention, brand } = look;
  const { sourceKind: kind } = mention;
  if (!brand.speaksAt(kind)) return waitLonger(look);
  const read = await readReplies(deps, source, mention, look.signal);
  if (read === null || !read.ok) {
    await waitLonger(look, read?.failure.retryAfterSeconds ?? 0);
    return 'unreadable';
  }
  const events = await deps.stores.mentions.events(mention.workspaceId, mention.id);
  if (mention.verifiedAt !== null) return lookAfterwards(look, read.replies, events);
  const since = latest(mention.publishedAt, reopenedAt(events));
  const ours = read.replies.filter((reply) => brand.wrote(kind, reply) && isAfter(reply, since));
  const logged = mention.answerUrl === null ? null : replyKey(kind, mention.answerUrl);
  const answer = ours.find(({ url }) => url !== null && replyKey(kind, url) === logged) ?? ours[0];
  if (answer?.url == null) return waitLonger(look);
  return prove(look, readReplyUrl(kind, answer.url) ?? answer.url, answer.publishedAt, 'thread');
}

/** What scrolled out of the thread may still stand at its own address. */
async function lookAtBoth(look: Look, source: Source): Promise<Verified> {
  const { sourceKind, status, answerUrl, verifiedAt } = look.mention;
  if (verifiedAt !== null || !look.brand.speaksAt(sourceKind)) return lookAtPage(look);
  const outcome = await lookAtThread(look, source);
  const isLogged = status === 'answered' && answerUrl !== null;
  return isLogged && outcome !== 'verified' ? lookAtPage(look) : outcome;
}

/** Null when the place could not be asked at all. */
export async function readReplies(
  deps: AskDeps,
  source: Source,
  mention: Mention,
  signal?: AbortSignal,
  seconds = deps.timeoutSeconds,
): Promise<RepliesOutcome | null> {
  const { replies } = source;
  if (replies === undefined) return null;
  const { workspaceId, sourceId, externalId, url } = mention;
  const record = await deps.stores.sources.find(workspaceId, sourceId);
  try {
    return await within(seconds, signal, (limited) =>
      replies({
        ...call(deps, { address: record?.address ?? '' }, limited),
        post: { externalId, url },
      }),
    );
  } catch (error) {
    deps.log.warn({ err: error, mentionId: mention.id }, 'a thread could not be read');
    return null;
  }
}

/** A place that shows no replies: the logged address itself is looked at. */
async function lookAtPage(look: Look): Promise<Verified> {
  const { deps, mention, signal } = look;
  const { answerUrl } = mention;
  if (mention.status !== 'answered' || answerUrl === null) {
    await note(look, { lookAt: null });
    return 'skipped';
  }
  const page = await within(deps.timeoutSeconds, signal, (limited) =>
    readAnswerPage(deps.http, { ...mention, answerUrl }, limited),
  ).catch((error: unknown) => {
    deps.log.warn({ err: error, mentionId: mention.id }, 'an answer could not be looked at');
    return 'unreadable' as const;
  });
  if (mention.verifiedAt !== null) {
    if (page === 'gone') return missAnswer(look);
    await noteAfterwards(look);
    return 'waiting';
  }
  if (page === 'proven') return prove(look, answerUrl, null, 'page');
  await waitLonger(look);
  return page === 'unreadable' ? 'unreadable' : 'waiting';
}

async function prove(
  look: Look,
  url: string,
  publishedAt: Date | null,
  how: 'thread' | 'page',
): Promise<Verified> {
  const { deps, mention } = look;
  const command = { type: 'verify', actor: SYSTEM, url, publishedAt, how } as const;
  const outcome = await change(deps, mention.workspaceId, mention.id, command);
  if (!outcome.ok) return 'waiting';
  await note(look, { looks: 0, lookAt: inHours(look, AFTERCARE_HOURS[0]), answerGoneSince: null });
  return 'verified';
}

async function lookAfterwards(
  look: Look,
  replies: readonly Reply[],
  events: readonly MentionEvent[],
): Promise<Verified> {
  const { deps, mention } = look;
  const key = mention.answerUrl === null ? null : replyKey(mention.sourceKind, mention.answerUrl);
  const answer = replies.find(
    ({ url }) => url !== null && replyKey(mention.sourceKind, url) === key,
  );
  if (answer === undefined) return missAnswer(look);
  const followUp = unsolved(look, replies, answer.publishedAt ?? mention.answeredAt);
  const wasReopened = events.some((event) => event.type === 'reopened' && event.because);
  if (followUp === null || wasReopened) {
    await noteAfterwards(look);
    return 'waiting';
  }
  const command = { type: 'reopen', actor: SYSTEM, followUp } as const;
  const outcome = await change(deps, mention.workspaceId, mention.id, command);
  if (!outcome.ok) return 'waiting';
  await note(look, { looks: 0, lookAt: inMinutes(look, OPEN_MINUTES), answerGoneSince: null });
  return 'reopened';
}

/** What the author said after the answer, if the last of it is a complaint; without contact data. */
function unsolved(look: Look, replies: readonly Reply[], since: Date | null): string | null {
  const { deps, mention, settings } = look;
  const theirs = replies.filter(
    (reply) =>
      reply.author !== null &&
      deps.hashAuthor(mention.sourceKind, reply.author) === mention.authorHash &&
      since !== null &&
      isAfter(reply, since),
  );
  const last = theirs.at(-1);
  if (last === undefined) return null;
  const verdict = judge(last.text);
  const isComplaint = verdict.judged && verdict.label === 'negative';
  if (!isComplaint) return null;
  return redact(last.text, contactOptions(settings)).text.slice(0, LONGEST_FOLLOW_UP);
}

async function missAnswer(look: Look): Promise<Verified> {
  const { deps, mention } = look;
  const now = deps.clock();
  const since = mention.upkeep.answerGoneSince ?? now;
  const confirmedAt = new Date(since.getTime() + CONFIRM_MINUTES * MINUTE_MS);
  if (confirmedAt > now) {
    await note(look, { answerGoneSince: since, lookAt: confirmedAt });
    return 'waiting';
  }
  const command = { type: 'miss-answer', actor: SYSTEM } as const;
  const outcome = await change(deps, mention.workspaceId, mention.id, command);
  if (!outcome.ok) return 'waiting';
  await note(look, { answerGoneSince: null, looks: 0, lookAt: inHours(look, AFTERCARE_HOURS[0]) });
  return 'answer-gone';
}

/** Nothing was found: the next look comes after twice the wait, a day at most, for some days. */
async function waitLonger(look: Look, retryAfterSeconds = 0): Promise<Verified> {
  const { mention, deps } = look;
  const { looks } = mention.upkeep;
  const isLogged = mention.status === 'answered';
  const from = isLogged ? (mention.answeredAt ?? mention.foundAt) : mention.foundAt;
  const age = deps.clock().getTime() - from.getTime();
  if (age > (isLogged ? LOGGED_DAYS : OPEN_DAYS) * DAY_MS) {
    await note(look, { lookAt: null });
    return 'skipped';
  }
  const first = (isLogged ? LOGGED_MINUTES : OPEN_MINUTES) * MINUTE_MS;
  const wait = Math.max(Math.min(first * 2 ** looks, DAY_MS), retryAfterSeconds * 1000);
  const lookAt = new Date(deps.clock().getTime() + wait);
  await note(look, { lookAt, looks: looks + 1 });
  return 'waiting';
}

async function noteAfterwards(look: Look): Promise<void> {
  const looks = look.mention.upkeep.looks + 1;
  const hours = AFTERCARE_HOURS[looks];
  const wait = hours === undefined ? null : hours - AFTERCARE_HOURS[looks - 1]!;
  await note(look, {
    looks,
    lookAt: wait === null ? null : inHours(look, wait),
    answerGoneSince: null,
  });
}

function note({ deps, mention }: Look, upkeep: Partial<Mention['upkeep']>): Promise<void> {
  return deps.stores.mentions.note(mention.workspaceId, mention.id, upkeep);
}

function inHours({ deps }: Look, hours: number): Date {
  return new Date(deps.clock().getTime() + hours * HOUR_MS);
}

function inMinutes({ deps }: Look, minutes: number): Date {
  return new Date(deps.clock().getTime() + minutes * MINUTE_MS);
}

/** An answer from before a mention was opened again does not answer it. */
function reopenedAt(events: readonly MentionEvent[]): Date | null {
  return events.findLast(({ type }) => type === 'reopened')?.at ?? null;
}

function latest(a: Date | null, b: Date | null): Date | null {
  return a === null || (b !== null && b > a) ? b : a;
}

/** A reply without a date cannot be shown to be later than anything. */
export function isAfter({ publishedAt }: Pick<Reply, 'publishedAt'>, since: Date | null): boolean {
  return publishedAt !== null && (since === null || publishedAt >= since);
}
