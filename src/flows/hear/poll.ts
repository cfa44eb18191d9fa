import type { Stores } from '../../core/ports.ts';
import type { Http, Source, SourceSettings } from '../../core/source.ts';
import { fail, keep, nextPoll, type KeepDeps, type PollReport } from './keep.ts';
import { purseOf } from './purse.ts';

export interface PollDeps extends KeepDeps {
  stores: KeepDeps['stores'] & Pick<Stores, 'budgets'>;
  sources: readonly Source[];
  http: Http;
  sourceSettings: SourceSettings;
  /** Seconds that one poll may take. */
  timeoutSeconds: number;
}

/** Polls one source and stores what it says about the workspace's keywords. Safe to repeat. */
export async function pollSource(
  deps: PollDeps,
  workspaceId: string,
  sourceId: string,
  signal?: AbortSignal,
): Promise<PollReport> {
  const record = await deps.stores.sources.find(workspaceId, sourceId);
  const source = deps.sources.find(({ kind }) => kind === record?.kind);
  if (record === null || source?.poll === undefined) return { outcome: 'skipped' };
  const { poll } = source;
  const polled = await within(deps.timeoutSeconds, signal, (limited) =>
    poll({
      http: deps.http,
      settings: deps.sourceSettings,
      now: deps.clock(),
      signal: limited,
      purse: purseOf(deps),
      address: record.address,
      cursor: record.cursor,
    }),
  );
  if (signal?.aborted) return { outcome: 'skipped' };
  if (!polled.ok) return fail(deps, record, polled.failure);
  const heard = { ...polled, nextPollAt: nextPoll(deps, record, polled.waitSeconds ?? 0) };
  return keep(deps, record, heard, record.cursor === null);
}

/**
 * Gives work a signal that aborts after some seconds, or with `outer`. What is hung on `outer`, which
 * may live as long as the process, is taken down again; `AbortSignal.any` would leave it there.
 */
export async function within<T>(
  seconds: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const abort = () => limit.abort();
  const timer = setTimeout(abort, seconds * 1000);
  outer?.addEventListener('abort', abort, { once: true });
  try {
    return await work(limit.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', abort);
  }
}
