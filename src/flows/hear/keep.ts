import { SYSTEM, type Mention } from '../../core/mention.ts';
import type { Post } from '../../core/post.ts';
import type { HeardPraise, Log, Settings, SourceRecord, Stores } from '../../core/ports.ts';
import type { Failure, Gap } from '../../core/source.ts';
import { hear } from '../../core/rhythm.ts';
import { change } from '../change.ts';
import { detect, withoutContacts, type Complete, type DetectDeps } from './detect.ts';
import { silencedPosts } from '../forget/forget.ts';

export interface KeepDeps extends DetectDeps {
  stores: Pick<Stores, 'mentions' | 'keywords' | 'sources' | 'workspaces' | 'suppressions'>;
  /** Spreads polls: a factor around 1, drawn anew each time. */
  jitter: () => number;
  log: Log;
  /** Passes praise on, where somebody wants to hear of it. */
  praise?: (source: SourceRecord, heard: readonly HeardPraise[]) => Promise<void>;
  /** Tells the workspace's channel, once a trouble. */
  notice: (workspaceId: string, text: string) => Promise<void>;
}

/** What a source brought: by a poll, or as a batch of a stream. */
export interface Heard {
  posts: Post[];
  deleted: string[];
  cursor: string;
  gap: Gap | null;
  movedTo: string | null;
  nextPollAt: Date;
  complete?: Complete;
}

export type PollReport =
  | { outcome: 'polled'; posts: number; matched: number; stored: number; lagSeconds: number | null }
  | { outcome: 'failed'; failure: Failure }
  | { outcome: 'skipped' };

const HOUR = 3600;
const DAY_MS = 24 * HOUR * 1000;
const LONGEST_WAIT = 24 * HOUR;
/** A failure is told in the channel when the source has failed this often in a row. */
const TELL_AFTER = 3;

/**
 * Stores what was heard about the workspace's keywords, together with the cursor. A baseline is
 * remembered and brings nothing up. Edits and deletions go first: they may be repeated, the cursor
 * may not go back.
 */
export async function keep(
  deps: KeepDeps,
  record: SourceRecord,
  heard: Heard,
  isBaseline: boolean,
): Promise<PollReport> {
  const { workspaceId, id: sourceId } = record;
  const now = deps.clock();
  const [settings, known] = await Promise.all([
    deps.stores.workspaces.settings(workspaceId),
    deps.stores.mentions.findByPosts(workspaceId, sourceId, [
      ...heard.posts.map(({ externalId }) => externalId),
      ...heard.deleted,
    ]),
  ]);
  await followChanges(deps, record, heard, known, settings);
  const news = heard.posts.filter(({ externalId }) => !known.has(externalId));
  const isIdle = isBaseline || news.length === 0;
  const keywords = isIdle ? [] : await deps.stores.keywords.list(workspaceId);
  const fresh = news.filter((post) => isRecent(post, record, settings));
  const rhythm = hear(record.rhythm, isBaseline ? 0 : news.length, now);
  const detected = await detect(deps, record, keywords, fresh, settings, heard.complete);
  // Nothing of the batch is lost: the cursor stays, and it comes again.
  if (!detected.ok) return fail(deps, record, detected.failure);
  const { mentions, counts } = detected;
  const stored = await deps.stores.sources.commitPoll({
    workspaceId,
    sourceId,
    was: record.cursor,
    cursor: heard.cursor,
    at: now,
    nextPollAt: heard.nextPollAt,
    mentions,
    counts,
    rhythm,
    gap: heard.gap,
    movedTo: heard.movedTo,
  });
  if (stored === null) return { outcome: 'skipped' };
  for (const { id: mentionId, keywordId, status } of stored) {
    deps.log.info({ workspaceId, sourceId, mentionId, keywordId, status }, 'a mention was stored');
  }
  await eraseSilenced(deps, record, stored, settings);
  await deps.praise?.(record, detected.praise);
  if (rhythm.quietSince !== null && record.rhythm.quietSince === null) {
    await deps.notice(
      workspaceId,
      `${record.label} is far quieter than usual. Is it still in use?`,
    );
  }
  const { gapAt } = record;
  if (heard.gap !== null && (gapAt === null || now.getTime() - gapAt.getTime() > DAY_MS)) {
    await deps.notice(workspaceId, `${record.label}: ${heard.gap.reason}`);
  }
  const newest = Math.max(...stored.map(({ publishedAt }) => publishedAt?.getTime() ?? 0));
  return {
    outcome: 'polled',
    posts: heard.posts.length,
    matched: mentions.length,
    stored: stored.length,
    lagSeconds: newest > 0 ? (now.getTime() - newest) / 1000 : null,
  };
}

/** Somebody may have objected while the poll was under way. */
async function eraseSilenced(
  deps: KeepDeps,
  { workspaceId, kind }: SourceRecord,
  stored: readonly Mention[],
  settings: Settings,
): Promise<void> {
  const command = { type: 'withdraw', actor: SYSTEM, because: 'objection' } as const;
  for (const { id } of await silencedPosts(deps, workspaceId, kind, stored, settings)) {
    await change(deps, workspaceId, id, command);
  }
}

async function followChanges(
  deps: KeepDeps,
  { workspaceId, id: sourceId }: SourceRecord,
  heard: Heard,
  known: ReadonlyMap<string, Mention>,
  settings: Settings,
): Promise<void> {
  for (const id of heard.deleted) {
    const gone = id.endsWith('/')
      ? await deps.stores.mentions.findByPrefix(workspaceId, sourceId, id)
      : [known.get(id)];
    for (const mention of gone) {
      if (mention === undefined) continue;
      await change(deps, workspaceId, mention.id, { type: 'withdraw', actor: SYSTEM });
    }
  }
  for (const post of heard.posts) {
    const mention = known.get(post.externalId);
    if (mention === undefined) continue;
    const title = withoutContacts(post.title, settings);
    const text = withoutContacts(post.text, settings);
    // Most posts come back as they were; those cost no look at the database.
    if (title === mention.title && text === mention.text) continue;
    await change(deps, workspaceId, mention.id, { type: 'edit', actor: SYSTEM, title, text });
  }
}

/** A feed that moved or was rebuilt shows years of old posts as new; those stay away. */
function isRecent(post: Post, record: SourceRecord, settings: Settings): boolean {
  if (post.publishedAt === null) return true;
  const since = record.lastSuccessAt ?? record.createdAt;
  return since.getTime() - post.publishedAt.getTime() <= settings.maximumAgeHours * HOUR * 1000;
}

/**
 * When a source is due again: its own interval, or what the place asks for if that is longer. The
 * one may come early by chance, the other not: the place would refuse.
 */
export function nextPoll(deps: KeepDeps, record: SourceRecord, waitSeconds: number): Date {
  const jitter = deps.jitter();
  const wait = Math.max(record.intervalSeconds * jitter, waitSeconds * Math.max(1, jitter));
  return new Date(deps.clock().getTime() + Math.min(wait, LONGEST_WAIT) * 1000);
}

/** Notes a failure and when to try again; a person is told of it once, not at every try. */
export async function fail(
  deps: KeepDeps,
  record: SourceRecord,
  failure: Failure,
): Promise<PollReport> {
  const { workspaceId, id: sourceId, label } = record;
  const failures = record.failures + 1;
  const wait = failure.retryAfterSeconds ?? backoffSeconds(failure, failures);
  await deps.stores.sources.commitFailure({
    workspaceId,
    sourceId,
    at: deps.clock(),
    nextPollAt: nextPoll(deps, record, wait),
    failure,
  });
  deps.log.warn(
    { sourceId, kind: record.kind, failure: failure.kind, cause: failure.cause, failures },
    'source could not be polled',
  );
  if (failure.kind === 'gone') {
    await deps.stores.sources.change(workspaceId, sourceId, { paused: true });
    await deps.notice(workspaceId, `${label} is gone for good (${failure.message}); paused.`);
  } else if (failures === TELL_AFTER) {
    await deps.notice(workspaceId, `${label} cannot be heard: ${failure.message}.`);
  }
  return { outcome: 'failed', failure };
}

/** Doubling from a minute to six hours; what only a person can mend is tried hourly at most. */
export function backoffSeconds(failure: Failure, failures: number): number {
  const doubled = Math.min(60 * 2 ** (failures - 1), 6 * HOUR);
  const needsPerson = failure.kind === 'rejected' || failure.kind === 'refused';
  return needsPerson ? Math.max(doubled, HOUR) : doubled;
}
