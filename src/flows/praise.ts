import type { Clock, Log, Notifier, Praise, SourceRecord, Stores } from '../core/ports.ts';

export interface PraiseDeps {
  stores: Pick<Stores, 'deliveries' | 'workspaces'>;
  notifier: Pick<Notifier, 'praise'>;
  clock: Clock;
  log: Log;
}

/**
 * Tells the team's channel for praise, if it has one, where somebody speaks well of a keyword. Only
 * the address is passed on: nothing of the post is stored, so nothing of it may outlive it. Each
 * post is told once; what Slack does not take now is not told again.
 */
export async function passOnPraise(
  deps: PraiseDeps,
  { workspaceId, id: sourceId, kind, label }: SourceRecord,
  heard: readonly (Praise & { externalId: string })[],
): Promise<void> {
  if (heard.length === 0) return;
  const { praiseChannelId } = await deps.stores.workspaces.settings(workspaceId);
  if (praiseChannelId === null) return;
  const fresh: Praise[] = [];
  for (const { externalId, query, url } of heard) {
    const name = `praise ${kind} ${externalId}`;
    const isFirst = await deps.stores.deliveries.first(workspaceId, name, deps.clock());
    if (isFirst) fresh.push({ query, url });
  }
  if (fresh.length === 0) return;
  const sent = await deps.notifier.praise(workspaceId, praiseChannelId, label, fresh);
  if (!sent.ok) deps.log.warn({ sourceId, cause: sent.cause }, 'praise could not be told');
}
