import type { Actor } from '../../core/mention.ts';
import type { Log, NewId, SourceRecord, Stores } from '../../core/ports.ts';
import { NEW_RHYTHM } from '../../core/rhythm.ts';
import type { Source } from '../../core/source.ts';
import {
  lookAt,
  pasted,
  placeAt,
  recognise,
  type LookDeps,
  type Looked,
  type Sample,
} from './look.ts';
import { refuse, type Refusal } from '../refusal.ts';

export interface SourceDeps extends LookDeps {
  stores: LookDeps['stores'] & Pick<Stores, 'sources'>;
  newId: NewId;
  log: Log;
  /** Whether an address is on a machine of the operator's own. */
  isOwn: (address: string) => boolean;
}

/** Sources of one workspace; beyond it something is being automated by mistake. */
const MOST_SOURCES = 5000;

/** Why a person is asked before a source is added. */
export type Doubt = 'nothing-heard' | 'elsewhere' | 'needs-key';

/** How a place will be listened to. */
export interface Hearing {
  kind: string;
  address: string;
  label: string;
  /** What kind of place it is, what can be heard there, and what cannot, in words. */
  name: string;
  hears: string;
  cannotHear: string;
  /** What it takes and costs; null where nothing is needed. */
  needs: string | null;
  /** Seconds between two looks; null: it is followed as it happens. */
  everySeconds: number | null;
  /** The newest posts that it holds now, newest first, at most three. */
  samples: Sample[];
}

export type SourceOutcome =
  /** `added` null: it waits for a yes, because of the doubts. */
  { ok: true; hearing: Hearing; added: SourceRecord | null; doubts: Doubt[] } | Refusal;

/**
 * Finds out what somebody pasted, listens once, and adds it at once where nothing is doubtful. What
 * the first look brings is the silent baseline. `sure`: whatever speaks against it, the person has
 * been told.
 */
export async function addSource(
  deps: SourceDeps,
  request: { workspaceId: string; input: string; actor: Actor; sure?: boolean },
): Promise<SourceOutcome> {
  const { workspaceId, actor, sure = false } = request;
  const input = pasted(request.input);
  const place = placeAt(deps, input);
  if (!place.ok) return place;
  const sources = await deps.stores.sources.list(workspaceId);
  if (sources.length >= MOST_SOURCES) {
    return refuse(`There are ${MOST_SOURCES} sources already. Remove some first.`);
  }
  const isThere = (one: { kind: string; address: string }) =>
    sources.some(({ kind, address }) => kind === one.kind && address === one.address);
  const { source } = place;
  if (isThere({ kind: source.kind, address: place.address.address })) {
    return refuse(`${place.address.label} is a source already.`);
  }
  // Even the first look may cost something there.
  if (source.needs !== null && !sure) {
    const nothing = { ...place, cursor: null, samples: [], isElsewhere: false };
    return { ok: true, hearing: hearingOf(deps, nothing), added: null, doubts: ['needs-key'] };
  }
  const looked = await lookAt(deps, workspaceId, place, input);
  if (!looked.ok) return looked;
  const hearing = hearingOf(deps, looked);
  if (isThere(hearing)) return refuse(`${hearing.label} is a source already.`);
  const doubts = doubtsAbout(looked);
  if (doubts.length > 0 && !sure) return { ok: true, hearing, added: null, doubts };
  const added = await store(deps, { workspaceId, actor }, looked, hearing);
  if (added === null) return refuse(`${hearing.label} is a source already.`);
  return { ok: true, hearing, added, doubts };
}

function doubtsAbout({ source, samples, isElsewhere }: Looked): Doubt[] {
  const isSilent = source.poll !== undefined && samples.length === 0;
  return [
    ...(isElsewhere ? ['elsewhere' as const] : []),
    ...(isSilent ? ['nothing-heard' as const] : []),
  ];
}

function hearingOf(deps: SourceDeps, { source, address, samples }: Looked): Hearing {
  const { kind, name, hears, cannotHear } = source;
  return {
    ...address,
    kind,
    name,
    hears,
    cannotHear,
    needs: source.needs?.how ?? null,
    everySeconds: source.poll === undefined ? null : intervalOf(deps, source, address.address),
    samples,
  };
}

/** The operator's own machine is asked at every tick; elsewhere, the source knows what is polite. */
function intervalOf(deps: SourceDeps, source: Source, address: string): number {
  return deps.isOwn(address) ? 0 : source.politeness.intervalSeconds;
}

async function store(
  deps: SourceDeps,
  { workspaceId, actor }: { workspaceId: string; actor: Actor },
  { source, cursor }: Looked,
  { kind, address, label }: Hearing,
): Promise<SourceRecord | null> {
  const now = deps.clock();
  const intervalSeconds = intervalOf(deps, source, address);
  const record: SourceRecord = {
    id: deps.newId(),
    workspaceId,
    kind,
    address,
    label,
    intervalSeconds,
    paused: false,
    cursor,
    nextPollAt: new Date(now.getTime() + intervalSeconds * 1000),
    lastSuccessAt: cursor === null ? null : now,
    failures: 0,
    failure: null,
    failingSince: null,
    gap: null,
    gapAt: null,
    rhythm: NEW_RHYTHM,
    createdBy: actor,
    createdAt: now,
  };
  if (!(await deps.stores.sources.add(record))) return null;
  deps.log.info({ workspaceId, sourceId: record.id, kind, actor }, 'source added');
  return record;
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
