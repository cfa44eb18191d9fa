import type { SourceRecord } from '../../core/ports.ts';
import type { Complete } from './detect.ts';
import { fail, keep, type PollReport } from './keep.ts';
import type { PollDeps } from './poll.ts';
import { purseOf } from './purse.ts';

/**
 * Seconds after which a stream counts as abandoned. While one listens, `nextPollAt` stays this far
 * ahead; when it stops, the source falls due like any other, and whoever looks next takes it up.
 */
export const LEASE_SECONDS = 20;

/**
 * Listens to one stream until `signal` aborts, the source is removed or paused, or the stream
 * fails; `onBatch` hears of each batch that was stored. A stream has no baseline: what it brings is
 * new.
 */
export async function listenSource(
  deps: PollDeps,
  workspaceId: string,
  sourceId: string,
  signal: AbortSignal,
  onBatch: (report: PollReport) => void,
): Promise<void> {
  let record = await deps.stores.sources.find(workspaceId, sourceId);
  const source = deps.sources.find(({ kind }) => kind === record?.kind);
  if (record === null || source?.listen === undefined) return;
  const call = () => ({
    http: deps.http,
    settings: deps.sourceSettings,
    now: deps.clock(),
    signal,
    purse: purseOf(deps),
  });
  const { address, cursor } = record;
  const batches = source.listen({ ...call(), clock: deps.clock, address, cursor });
  const complete: Complete = async (posts) =>
    posts.length === 0 || source.complete === undefined
      ? { ok: true, posts: [...posts] }
      : source.complete({ ...call(), posts });
  for await (const batch of batches) {
    if (!batch.ok) {
      onBatch(await fail(deps, record, batch.failure));
      return;
    }
    const nextPollAt = new Date(deps.clock().getTime() + LEASE_SECONDS * 1000);
    const heard = { ...batch, movedTo: null, nextPollAt, complete };
    const report = await keep(deps, record, heard, false);
    onBatch(report);
    if (report.outcome !== 'polled') return;
    const now: SourceRecord | null = await deps.stores.sources.find(workspaceId, sourceId);
    if (now === null || now.paused) return;
    record = now;
  }
}
