import type { Actor } from '../core/mention.ts';
import type { Clock, Keyword, Log, NewId, SourceRecord, Stores } from '../core/ports.ts';
import {
  adviseQuery,
  explainQuery,
  formatQuery,
  parseQuery,
  showError,
  type Query,
} from '../core/query/index.ts';
import { NEW_RHYTHM } from '../core/rhythm.ts';
import type { Address, Http, Source, SourceSettings } from '../core/source.ts';

export interface SetupDeps {
  stores: Pick<Stores, 'keywords' | 'sources' | 'workspaces'>;
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

/** A refusal with a sentence that a person can act on. */
export interface Refusal {
  ok: false;
  message: string;
}

export type KeywordOutcome =
  { ok: true; keyword: Keyword; explanation: string; advice: string[] } | Refusal;

/** From which probability a new keyword posts a card, and from which it fills the digest. */
const POST_THRESHOLD = 0.5;
const DIGEST_THRESHOLD = 0.3;
/** Keywords and sources of one workspace; beyond it something is being automated by mistake. */
const MOST_KEYWORDS = 5000;
const MOST_SOURCES = 5000;
const LONGEST_LABEL = 80;

export type KeywordChange = Parameters<Stores['keywords']['change']>[2];

/** Saves a query as a keyword, if it can be understood and is not there yet. */
export async function addKeyword(
  deps: SetupDeps,
  request: { workspaceId: string; query: string; channelId: string | null; actor: Actor },
): Promise<KeywordOutcome> {
  const { workspaceId, channelId, actor } = request;
  const read = readQuery(request.query);
  if (!read.ok) return read;
  const keywords = await deps.stores.keywords.list(workspaceId);
  const same = sameQuery(keywords, read.query);
  if (same !== null) return refuse(`That is being watched already: \`${same.query}\`.`);
  if (keywords.length >= MOST_KEYWORDS) {
    return refuse(`There are ${MOST_KEYWORDS} keywords already. Remove some first.`);
  }
  const keyword: Keyword = {
    id: deps.newId(),
    workspaceId,
    query: request.query.trim(),
    channelId,
    postThreshold: POST_THRESHOLD,
    digestThreshold: DIGEST_THRESHOLD,
    paused: false,
    createdBy: actor,
    createdAt: deps.clock(),
  };
  await deps.stores.keywords.add(keyword);
  deps.log.info({ workspaceId, keywordId: keyword.id, actor }, 'keyword added');
  return { ok: true, keyword, ...explain(read.query) };
}

/** Changes a keyword; a new query is checked like a first one. */
export async function changeKeyword(
  deps: SetupDeps,
  request: { workspaceId: string; id: string; change: KeywordChange; actor: Actor },
): Promise<KeywordOutcome> {
  const { workspaceId, id, change, actor } = request;
  const keyword = await deps.stores.keywords.find(workspaceId, id);
  if (keyword === null) return refuse('That keyword is not there any more.');
  const read = readQuery(change.query ?? keyword.query);
  if (!read.ok) return read;
  const others = (await deps.stores.keywords.list(workspaceId)).filter((one) => one.id !== id);
  if (sameQuery(others, read.query)) return refuse('Another keyword already watches that.');
  const post = change.postThreshold ?? keyword.postThreshold;
  const digest = change.digestThreshold ?? keyword.digestThreshold;
  if (!(digest >= 0 && digest <= post && post <= 1)) {
    return refuse('The thresholds go from 0 to 1, and the digest’s is not above the card’s.');
  }
  if (!(await deps.stores.keywords.change(workspaceId, id, change))) {
    return refuse('That keyword is not there any more.');
  }
  deps.log.info(
    { workspaceId, keywordId: id, actor, fields: Object.keys(change) },
    'keyword changed',
  );
  return { ok: true, keyword: { ...keyword, ...change }, ...explain(read.query) };
}

/** Stops watching; the mentions that it brought stay. Returns what was removed, for an undo. */
export async function removeKeyword(
  deps: SetupDeps,
  request: { workspaceId: string; id: string; actor: Actor },
): Promise<Keyword | null> {
  const { workspaceId, id, actor } = request;
  const keyword = await deps.stores.keywords.find(workspaceId, id);
  if (keyword === null || !(await deps.stores.keywords.remove(workspaceId, id))) return null;
  deps.log.info({ workspaceId, keywordId: id, actor }, 'keyword removed');
  return keyword;
}

function readQuery(input: string): { ok: true; query: Query } | Refusal {
  const parsed = parseQuery(input.trim());
  return parsed.ok ? parsed : refuse(showError(input.trim(), parsed.error));
}

function sameQuery(keywords: readonly Keyword[], query: Query): Keyword | null {
  const canonical = formatQuery(query);
  return (
    keywords.find((keyword) => {
      const parsed = parseQuery(keyword.query);
      return parsed.ok && formatQuery(parsed.query) === canonical;
    }) ?? null
  );
}

function explain(query: Query): { explanation: string; advice: string[] } {
  return {
    explanation: explainQuery(query),
    advice: adviseQuery(query).map(({ message }) => message),
  };
}

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
  deps: SetupDeps,
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
  deps: SetupDeps,
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
  deps: SetupDeps,
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

async function lookOnce(deps: SetupDeps, source: Source, found: Address): Promise<Look> {
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

function refuse(message: string): Refusal {
  return { ok: false, message };
}
