import { isErased, SYSTEM, type Mention } from '../../core/mention.ts';
import type { Log, SourceRecord, Stores } from '../../core/ports.ts';
import type { Existence, Http, Source, SourceSettings } from '../../core/source.ts';
import { change, type ChangeDeps } from '../change.ts';
import { within } from '../hear/poll.ts';
import { purseOf } from '../hear/purse.ts';

/** What it takes to ask a place about posts that are stored. */
export interface AskDeps extends ChangeDeps {
  stores: Pick<Stores, 'mentions' | 'sources' | 'workspaces' | 'budgets'>;
  sources: readonly Source[];
  http: Http;
  sourceSettings: SourceSettings;
  /** Seconds that one request to a place may take altogether. */
  timeoutSeconds: number;
  publish: (workspaceId: string, mentionId: string) => Promise<unknown>;
  log: Log;
}

export interface SweepReport {
  asked: number;
  /** Found gone for the first time; the second look decides. */
  missed: number;
  withdrawn: number;
  unknown: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Hours between looks at what waits for its card, and at what is open; the source may ask for less. */
const WAITING_HOURS = 1;
const OPEN_HOURS = 24;
const UNKNOWN_HOURS = 1;
/** Two looks that find nothing, this far apart, make a deletion; one may be an outage. */
const CONFIRM_MINUTES = 5;
/** Batches of one source in one run; the next goes on where this one stopped. */
const MOST_BATCHES = 20;
/** Mentions in one batch, where pages are asked one by one, and wherever else. */
const PAGES_AT_ONCE = 20;
const MOST_AT_ONCE = 100;

/**
 * Asks a source which of its stored posts are still there, those first that were not asked about
 * for longest. A post that is gone twice, minutes apart, is withdrawn: its text goes everywhere. Each
 * batch is whole in itself, so that a stop loses nothing.
 */
export async function sweepSource(
  deps: AskDeps,
  workspaceId: string,
  sourceId: string,
  signal?: AbortSignal,
): Promise<SweepReport> {
  const total: SweepReport = { asked: 0, missed: 0, withdrawn: 0, unknown: 0 };
  for (let batch = 0; batch < MOST_BATCHES && !signal?.aborted; batch += 1) {
    const now = deps.clock();
    const due = await deps.stores.mentions.toSweep(workspaceId, sourceId, now, MOST_AT_ONCE);
    const first = due[0];
    if (first === undefined) break;
    const limit = sourceOf(deps, first)?.rules.sweepBatch ?? PAGES_AT_ONCE;
    const report = await sweepMentions(deps, due.slice(0, limit), signal);
    for (const key of ['asked', 'missed', 'withdrawn', 'unknown'] as const) {
      total[key] += report[key];
    }
    // The place says nothing at the moment; it is asked again at the next run.
    if (report.unknown === report.asked) break;
  }
  if (total.withdrawn > 0) await deps.stores.mentions.settle();
  if (total.asked > 0) deps.log.info({ sourceId, ...total }, 'source swept');
  return total;
}

/** Asks about mentions of one source, and notes or carries out what the place says. */
async function sweepMentions(
  deps: AskDeps,
  mentions: readonly Mention[],
  signal?: AbortSignal,
): Promise<SweepReport> {
  const report: SweepReport = { asked: mentions.length, missed: 0, withdrawn: 0, unknown: 0 };
  const found = await existence(deps, mentions, signal);
  if (signal?.aborted) return report;
  for (const mention of mentions) {
    const outcome = await follow(deps, mention, found.get(mention.externalId) ?? 'unknown');
    if (outcome !== 'there') report[outcome] += 1;
  }
  return report;
}

async function existence(
  deps: AskDeps,
  mentions: readonly Mention[],
  signal?: AbortSignal,
): Promise<Map<string, Existence>> {
  const [first] = mentions;
  if (first === undefined) return new Map();
  const source = sourceOf(deps, first);
  const record = await deps.stores.sources.find(first.workspaceId, first.sourceId);
  try {
    return await within(deps.timeoutSeconds, signal, (limited) =>
      source?.exists !== undefined && record !== null
        ? source.exists({ ...call(deps, record, limited), posts: mentions })
        : pagesExist(deps, mentions, limited),
    );
  } catch (error) {
    deps.log.warn({ err: error, sourceId: first.sourceId }, 'a source could not be swept');
    return new Map();
  }
}

/** Where a source was removed, or cannot be asked, the post's own page tells. */
async function pagesExist(
  deps: AskDeps,
  mentions: readonly Mention[],
  signal: AbortSignal,
): Promise<Map<string, Existence>> {
  const found = new Map<string, Existence>();
  for (const { externalId, url } of mentions) {
    if (url === null || signal.aborted) continue;
    const outcome = await deps.http.get({ url, signal, asRobot: true });
    const status = outcome.ok ? null : outcome.answer?.status;
    const isGone = status === 404 || status === 410;
    if (outcome.ok) found.set(externalId, 'there');
    else if (isGone) found.set(externalId, 'gone');
  }
  return found;
}

async function follow(
  deps: AskDeps,
  mention: Mention,
  existence: Existence,
): Promise<'there' | 'missed' | 'withdrawn' | 'unknown'> {
  const { workspaceId, id, upkeep } = mention;
  const now = deps.clock();
  const after = (ms: number) => new Date(now.getTime() + ms);
  const note = (change: Partial<Mention['upkeep']>) =>
    deps.stores.mentions.note(workspaceId, id, change);
  if (existence === 'unknown') {
    await note({ sweepAt: after(UNKNOWN_HOURS * HOUR_MS) });
    return 'unknown';
  }
  if (existence === 'there') {
    const sweepAt = after(hoursUntilNext(deps, mention) * HOUR_MS);
    await note({ sweepAt, goneSince: null });
    return 'there';
  }
  const { goneSince } = upkeep;
  const confirmedAt = (goneSince ?? now).getTime() + CONFIRM_MINUTES * MINUTE_MS;
  if (confirmedAt > now.getTime()) {
    await note({ sweepAt: new Date(confirmedAt), goneSince: goneSince ?? now });
    return 'missed';
  }
  const outcome = await change(deps, workspaceId, id, { type: 'withdraw', actor: SYSTEM });
  if (!outcome.ok) return 'missed';
  await deps.publish(workspaceId, id);
  return 'withdrawn';
}

function hoursUntilNext(deps: AskDeps, mention: Mention): number {
  const hours = sourceOf(deps, mention)?.rules.sweepHours ?? OPEN_HOURS;
  if (mention.status === 'detected') return Math.min(hours, WAITING_HOURS);
  const isOpen = mention.status === 'open' || mention.status === 'claimed';
  return isOpen ? Math.min(hours, OPEN_HOURS) : hours;
}

/**
 * Whether a post is still there, as far as its place says within a few seconds: asked before its
 * card is posted, when it has waited, and before an answer is logged. One look that finds it gone
 * is enough to wait with the card.
 */
export async function isStillThere(
  deps: AskDeps,
  workspaceId: string,
  mentionId: string,
  when: 'always' | 'if due' = 'if due',
): Promise<boolean> {
  const mention = await deps.stores.mentions.find(workspaceId, mentionId);
  if (mention === null || isErased(mention)) return false;
  const isDue = mention.upkeep.sweepAt <= deps.clock();
  if (when === 'if due' && !isDue) return mention.upkeep.goneSince === null;
  await sweepMentions(deps, [mention]);
  const now = await deps.stores.mentions.find(workspaceId, mentionId);
  return now !== null && !isErased(now) && now.upkeep.goneSince === null;
}

function sourceOf(deps: Pick<AskDeps, 'sources'>, mention: Mention): Source | undefined {
  return deps.sources.find(({ kind }) => kind === mention.sourceKind);
}

/** What every request about stored posts brings along. */
export function call(
  deps: Pick<AskDeps, 'http' | 'sourceSettings' | 'clock' | 'stores'>,
  { address }: Pick<SourceRecord, 'address'>,
  signal: AbortSignal,
) {
  const { http, sourceSettings: settings } = deps;
  const purse = purseOf(deps);
  return { http, settings, now: deps.clock(), signal, purse, address };
}
