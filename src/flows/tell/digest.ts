import { choose, lastDue } from '../../core/digest.ts';
import type { Mention } from '../../core/mention.ts';
import type { Digest, ListedMention, Log, Notifier, Sent, Stores } from '../../core/ports.ts';
import type { Serially } from './publish.ts';
import { sendOnce, type SendDeps } from './send.ts';

export interface DigestDeps extends SendDeps {
  stores: Pick<Stores, 'mentions' | 'keywords' | 'sources' | 'workspaces' | 'digests' | 'postings'>;
  notifier: Notifier;
  log: Log;
  serially: Serially;
}

/** Lines of the message; the rest is one command away. */
const LINES = 15;
/** More than this in one stretch is counted and not sorted. */
const MOST = 1000;
/** A poll stores what it found within this time; younger ones are left for the next digest. */
const STORED_WITHIN_MS = 60_000;
/** A digest that was off for long does not begin with what everybody has forgotten. */
const LONGEST_MS = 7 * 24 * 3_600_000;

/**
 * Brings the digests of a workspace up to date: begins the one that is due, then posts or redraws
 * those that show less than the database says. What a digest is about is written down before Slack
 * hears of it, so that a restart neither forgets nor repeats a mention.
 */
export function publishDigests(deps: DigestDeps, workspaceId: string): Promise<void> {
  return deps.serially(`${workspaceId} digest`, async () => {
    await begin(deps, workspaceId);
    for (const digest of await deps.stores.digests.stale(workspaceId)) await publish(deps, digest);
  });
}

async function begin(deps: DigestDeps, workspaceId: string): Promise<void> {
  const { digests, workspaces, mentions } = deps.stores;
  const now = deps.clock();
  const [settings, workspace, last] = await Promise.all([
    workspaces.settings(workspaceId),
    workspaces.find(workspaceId),
    digests.last(workspaceId),
  ]);
  const dueAt = lastDue(settings.digestTimes, settings.timeZone, now);
  if (dueAt === null || settings.channelId === null || workspace === null) return;
  if (dueAt <= (last?.dueAt ?? workspace.createdAt)) return;
  const from = latest(last?.to ?? workspace.createdAt, new Date(now.getTime() - LONGEST_MS));
  const to = latest(from, new Date(now.getTime() - STORED_WITHIN_MS));
  const filter = { statuses: ['quiet'] as const, from, to };
  const quiet = await mentions.list(workspaceId, filter, { limit: MOST });
  const total = quiet.length < MOST ? quiet.length : await mentions.count(workspaceId, filter);
  const lines = choose(quiet, LINES).map(({ id }) => ({ mentionId: id, version: 0 }));
  // A digest with nothing to say is remembered, and has no message.
  const { channelId } = settings;
  await digests.add({ workspaceId, dueAt, from, to, channelId, ts: null, total, lines });
}

function latest(one: Date, other: Date): Date {
  return one > other ? one : other;
}

type Headed = Digest & { ts: string };

/**
 * At first the heading alone, then all of it: a heading that a crash left behind, and that nobody
 * knows of, holds nothing that its author might take back.
 */
async function publish(deps: DigestDeps, digest: Digest): Promise<void> {
  const { ts } = digest;
  const headed = ts === null ? await postHeading(deps, digest) : { ...digest, ts };
  if (headed !== null) await fill(deps, headed);
}

async function postHeading(deps: DigestDeps, digest: Digest): Promise<Headed | null> {
  const { workspaceId, channelId, dueAt, from: since, total } = digest;
  const key = `digest ${dueAt.toISOString()}`;
  const sent = await sendOnce(deps, { workspaceId, key, channelId, threadTs: null }, () =>
    deps.notifier.postBoard(
      workspaceId,
      { kind: 'digest', since, total, rows: [] },
      channelId,
      key,
    ),
  );
  if (!sent.ok) {
    complain(deps, channelId, sent);
    return null;
  }
  const headed = { ...digest, ts: sent.ts };
  await deps.stores.digests.record(headed);
  return headed;
}

function complain({ log }: DigestDeps, channelId: string, sent: Sent & { ok: false }): void {
  const fields = { channelId, cause: sent.cause };
  if (sent.outcome === 'later') log.warn(fields, 'Slack did not take a digest; it waits');
  else log.error(fields, 'Slack refuses the digest: is Earshot in the channel?');
}

async function fill(deps: DigestDeps, digest: Headed): Promise<void> {
  const { workspaceId, channelId, ts, total } = digest;
  const found = await Promise.all(
    digest.lines.map(({ mentionId }) => deps.stores.mentions.find(workspaceId, mentionId)),
  );
  const mentions = found.filter((mention) => mention !== null);
  const rows = await listed(deps, workspaceId, mentions);
  const board = { kind: 'digest', since: digest.from, total, rows } as const;
  const sent = await deps.notifier.updateBoard(workspaceId, board, channelId, ts);
  if (!sent.ok && sent.outcome !== 'gone') return complain(deps, channelId, sent);
  // Whoever removed the message did not want it back.
  const versions = new Map(mentions.map(({ id, version }) => [id, version]));
  await deps.stores.digests.record({
    ...digest,
    ts: sent.ok ? sent.ts : ts,
    lines: digest.lines.map((line) => ({ ...line, version: versions.get(line.mentionId) ?? 0 })),
  });
}

export interface DigestList {
  since: Date;
  total: number;
  rows: ListedMention[];
}

/** All that is quiet, from what the last digest was about until now; a page of it, worst first. */
export async function readDigest(
  deps: DigestDeps,
  request: { workspaceId: string; offset: number; limit: number },
): Promise<DigestList> {
  const { workspaceId, offset, limit } = request;
  const last = await deps.stores.digests.last(workspaceId);
  const since = last?.from ?? new Date(deps.clock().getTime() - LONGEST_MS);
  const filter = { statuses: ['quiet'] as const, from: since };
  const quiet = await deps.stores.mentions.list(workspaceId, filter, { limit: MOST });
  const page = choose(quiet, MOST).slice(offset, offset + limit);
  return { since, total: quiet.length, rows: await listed(deps, workspaceId, page) };
}

async function listed(
  { stores }: DigestDeps,
  workspaceId: string,
  mentions: readonly Mention[],
): Promise<ListedMention[]> {
  const [keywords, sources] = await Promise.all([
    stores.keywords.list(workspaceId),
    stores.sources.list(workspaceId),
  ]);
  return mentions.map((mention) => ({
    mention,
    keyword: keywords.find(({ id }) => id === mention.keywordId) ?? null,
    sourceLabel: sources.find(({ id }) => id === mention.sourceId)?.label ?? mention.sourceKind,
  }));
}
