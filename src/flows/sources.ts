import type { Actor } from '../core/mention.ts';
import type { Clock, Log, NewId, SourceRecord, Stores } from '../core/ports.ts';
import { NEW_RHYTHM } from '../core/rhythm.ts';
import type { Address, Http, Source, SourceSettings } from '../core/source.ts';
import { refuse, type Refusal } from './refusal.ts';

export interface SourceDeps {
  stores: Pick<Stores, 'sources'>;
  sources: readonly Source[];
  http: Http;
  sourceSettings: SourceSettings;
  clock: Clock;
  newId: NewId;
  log: Log;
  /** Seconds that the first look at a source may take. */
  timeoutSeconds: number;
  /** Whether an address is on a machine of the operator's own. */
  isOwn: (address: string) => boolean;
}

/** Sources of one workspace; beyond it something is being automated by mistake. */
const MOST_SOURCES = 5000;
const LONGEST_LABEL = 80;

export type SourceOutcome =
  | {
      ok: true;
      source: SourceRecord;
      hears: string;
      cannotHear: string;
      /** The newest posts that it holds now, newest first, at most three. */
      samples: { title: string | null; text: string; publishedAt: Date | null }[];
    }
  | Refusal;

/**
 * Finds out what somebody pasted, listens once, and keeps it if something can be heard there. What
 * the first look brings is the silent baseline.
 */
export async function addSource(
  deps: SourceDeps,
  request: { workspaceId: string; input: string; actor: Actor },
): Promise<SourceOutcome> {
  const { workspaceId, actor } = request;
  const found = recognise(deps.sources, request.input.trim());
  if (found === null) {
    return refuse(
      'That is no address that Earshot knows. Paste the address of a feed or of a public page, with https:// in front.',
    );
  }
  const { source, address } = found;
  const missing = (source.needs?.settings ?? []).filter((name) => !deps.sourceSettings[name]);
  if (missing.length > 0) {
    return refuse(`${source.name} needs ${missing.join(', ')} in .env. ${source.needs?.how ?? ''}`);
  }
  const sources = await deps.stores.sources.list(workspaceId);
  if (sources.length >= MOST_SOURCES) {
    return refuse(`There are ${MOST_SOURCES} sources already. Remove some first.`);
  }
  const looked = await lookOnce(deps, source, address);
  if (!looked.ok) return looked;
  const now = deps.clock();
  // The operator's own machine is asked at every tick; elsewhere, the source knows what is polite.
  const intervalSeconds = deps.isOwn(looked.address) ? 0 : source.politeness.intervalSeconds;
  const record: SourceRecord = {
    id: deps.newId(),
    workspaceId,
    kind: source.kind,
    address: looked.address,
    label: looked.label,
    intervalSeconds,
    paused: false,
    cursor: looked.cursor,
    nextPollAt: new Date(now.getTime() + intervalSeconds * 1000),
    lastSuccessAt: looked.cursor === null ? null : now,
    failures: 0,
    failure: null,
    failingSince: null,
    gap: null,
    gapAt: null,
    rhythm: NEW_RHYTHM,
    createdBy: actor,
    createdAt: now,
  };
  if (!(await deps.stores.sources.add(record))) {
    return refuse(`${record.label} is a source already.`);
  }
  deps.log.info({ workspaceId, sourceId: record.id, kind: source.kind, actor }, 'source added');
  const { hears, cannotHear } = source;
  return { ok: true, source: record, hears, cannotHear, samples: looked.samples };
}

/** Stops listening; the mentions stay. Returns what was removed, for an undo. */
export async function removeSource(
  deps: SourceDeps,
  request: { workspaceId: string; idOrAddress: string; actor: Actor },
): Promise<SourceRecord | null> {
  const { workspaceId, actor } = request;
  const wanted = request.idOrAddress.trim();
  const known = recognise(deps.sources, wanted)?.address.address;
  const record = (await deps.stores.sources.list(workspaceId)).find(
    ({ id, address, label }) =>
      id === wanted || address === wanted || address === known || label === wanted,
  );
  if (record === undefined) return null;
  if (!(await deps.stores.sources.remove(workspaceId, record.id))) return null;
  deps.log.info({ workspaceId, sourceId: record.id, actor }, 'source removed');
  return record;
}

/** Pauses a source, or lets it go on: then it is due at once. */
export async function pauseSource(
  deps: SourceDeps,
  request: { workspaceId: string; id: string; paused: boolean; actor: Actor },
): Promise<boolean> {
  const { workspaceId, id, paused, actor } = request;
  const change = paused ? { paused } : { paused, nextPollAt: deps.clock() };
  const done = await deps.stores.sources.change(workspaceId, id, change);
  if (done) deps.log.info({ workspaceId, sourceId: id, paused, actor }, 'source paused or resumed');
  return done;
}

function recognise(
  sources: readonly Source[],
  input: string,
): { source: Source; address: Address } | null {
  for (const source of sources) {
    const address = source.recognise(input);
    if (address !== null) return { source, address };
  }
  return null;
}

type Look =
  | {
      ok: true;
      address: string;
      label: string;
      cursor: string | null;
      samples: (SourceOutcome & { ok: true })['samples'];
    }
  | Refusal;

async function lookOnce(deps: SourceDeps, source: Source, found: Address): Promise<Look> {
  const { address, label } = found;
  if (source.poll === undefined) return { ok: true, address, label, cursor: null, samples: [] };
  const polled = await source.poll({
    http: deps.http,
    settings: deps.sourceSettings,
    now: deps.clock(),
    signal: AbortSignal.timeout(deps.timeoutSeconds * 1000),
    address,
    cursor: null,
  });
  if (!polled.ok) return refuse(`${label}: ${polled.failure.message}.`);
  const newest = [...polled.posts].sort(
    (a, b) => (b.publishedAt?.getTime() ?? 0) - (a.publishedAt?.getTime() ?? 0),
  );
  return {
    ok: true,
    address: polled.movedTo ?? address,
    label: (polled.title ?? label).slice(0, LONGEST_LABEL),
    cursor: polled.cursor,
    samples: newest
      .slice(0, 3)
      .map(({ title, text, publishedAt }) => ({ title, text, publishedAt })),
  };
}
