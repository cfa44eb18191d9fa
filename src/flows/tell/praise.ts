import { fingerprint } from '../../core/storm/fingerprint.ts';
import type {
  Clock,
  HeardPraise,
  Log,
  Notifier,
  Praise,
  SourceRecord,
  Stores,
} from '../../core/ports.ts';

export interface PraiseDeps {
  stores: Pick<Stores, 'deliveries' | 'workspaces' | 'praises'>;
  notifier: Pick<Notifier, 'praise' | 'remove'>;
  clock: Clock;
  log: Log;
}

/** Where a place names no author. */
const NOBODY = '';
const DAY_MS = 24 * 3600 * 1000;

/**
 * Tells the team's channel for praise, if it has one, where somebody speaks well of a keyword. Only
 * the address is passed on, and nothing of the post is stored; the message goes when text would, or
 * when its author objects. Each post is told once; what Slack does not take now is not told again.
 */
export async function passOnPraise(
  deps: PraiseDeps,
  { workspaceId, id: sourceId, kind, label }: SourceRecord,
  heard: readonly HeardPraise[],
): Promise<void> {
  if (heard.length === 0) return;
  const { praiseChannelId, retentionDays } = await deps.stores.workspaces.settings(workspaceId);
  if (praiseChannelId === null) return;
  const fresh: Praise[] = [];
  const authorHashes: string[] = [];
  for (const { externalId, query, url, authorHash } of heard) {
    const name = `praise ${fingerprint(`${kind} ${externalId}`)}`;
    const isFirst = await deps.stores.deliveries.first(workspaceId, name, deps.clock());
    if (!isFirst) continue;
    fresh.push({ query, url });
    authorHashes.push(authorHash ?? NOBODY);
  }
  if (fresh.length === 0) return;
  const sent = await deps.notifier.praise(workspaceId, praiseChannelId, label, fresh);
  if (!sent.ok) {
    deps.log.warn({ sourceId, cause: sent.cause }, 'praise could not be told');
    return;
  }
  const endsAt = new Date(deps.clock().getTime() + retentionDays * DAY_MS);
  const message = { workspaceId, channelId: praiseChannelId, ts: sent.ts };
  await deps.stores.praises.add({ ...message, authorHashes, endsAt });
}

/** Removes the messages that told of praise and whose time is over; what fails is tried again. */
export async function endPraise(
  deps: Pick<PraiseDeps, 'clock' | 'log'> & {
    stores: Pick<Stores, 'praises'>;
    notifier: Pick<Notifier, 'remove'>;
  },
  workspaceId: string,
): Promise<void> {
  for (const { channelId, ts } of await deps.stores.praises.ended(workspaceId, deps.clock())) {
    const removed = await deps.notifier.remove(workspaceId, channelId, ts);
    if (removed.ok || removed.outcome !== 'later') {
      await deps.stores.praises.remove(workspaceId, channelId, ts);
    } else {
      deps.log.warn({ channelId, cause: removed.cause }, 'praise could not be removed yet');
    }
  }
}
