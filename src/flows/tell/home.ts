import { startOfDay } from '../../core/time/zone.ts';
import type { Mention } from '../../core/mention.ts';
import type {
  Clock,
  Done,
  ListedMention,
  MentionFilter,
  SourceRecord,
  Stores,
} from '../../core/ports.ts';

export interface HomeDeps {
  stores: Pick<Stores, 'mentions' | 'keywords' | 'sources' | 'workspaces'>;
  clock: Clock;
}

/** The lists of Home, in their order. */
export const HOME_LISTS = ['mine', 'open', 'snoozed', 'sources'] as const;
export type HomeList = (typeof HOME_LISTS)[number];

/** Where somebody is on their Home: the first of each list, or a page of one. */
export interface HomePlace {
  list: HomeList | 'overview';
  /** Rows before the page. */
  offset: number;
}

/** A part of a list. */
export interface HomePage<Row> {
  total: number;
  offset: number;
  rows: Row[];
}

export interface HomeReading {
  now: Date;
  /** Those of the place, in order; `mine` by the age of the claims. */
  mentions: Partial<Record<Exclude<HomeList, 'sources'>, HomePage<ListedMention>>>;
  sources: HomePage<SourceRecord> | null;
  totals: Record<HomeList, number>;
  /** Cards that wait for their turn. */
  waiting: number;
  claimed: number;
  /** Since midnight in the team's time zone. */
  today: Record<Done, number> & { found: number; medianMinutes: number | null };
  /** What is set up already. */
  setUp: { channelId: string | null; keywords: number; sources: number };
}

/** Rows of a page, and of each list in the overview. */
export const PAGE = 20;
const FIRST: Readonly<Record<HomeList, number>> = { mine: 5, open: 5, snoozed: 3, sources: 3 };
/** Of more answers than this in one day, the newest say how long one took. */
const ANSWERS = 2000;
const DAY_MS = 24 * 3_600_000;

/** What one person's Home shows. Each list is read by its index, a page at a time. */
export async function readHome(
  deps: HomeDeps,
  request: { workspaceId: string; userId: string; place: HomePlace },
): Promise<HomeReading> {
  const { workspaceId, userId, place } = request;
  const { mentions, keywords: keywordStore, sources: sourceStore, workspaces } = deps.stores;
  const now = deps.clock();
  const settings = await workspaces.settings(workspaceId);
  const from = startOfDay(now, settings.timeZone);
  const count = (filter: MentionFilter) => mentions.count(workspaceId, filter);
  const [keywords, records, waiting, open, claimed, mine, asleep, found, done, answers] =
    await Promise.all([
      keywordStore.list(workspaceId),
      sourceStore.list(workspaceId),
      count({ statuses: ['detected'] }),
      count({ statuses: ['open'] }),
      count({ statuses: ['claimed'] }),
      count({ statuses: ['claimed'], claimedBy: userId }),
      mentions.countSnoozed(workspaceId, now),
      count({ from }),
      mentions.tally(workspaceId, from),
      mentions.answerTimes(workspaceId, from, ANSWERS),
    ]);
  const ailing = records.filter((source) => needsLook(source, now));
  const totals = {
    mine,
    open: open - asleep.open,
    snoozed: asleep.open + asleep.claimed,
    sources: ailing.length,
  };
  const listed = (mention: Mention): ListedMention => ({
    mention,
    keyword: keywords.find(({ id }) => id === mention.keywordId) ?? null,
    sourceLabel: records.find(({ id }) => id === mention.sourceId)?.label ?? mention.sourceKind,
  });
  const oldestFirst = (filter: MentionFilter, total: number) => (page: Page) =>
    listFromNearerEnd(deps, workspaceId, filter, page, total);
  const read = {
    mine: oldestFirst({ statuses: ['claimed'], claimedBy: userId }, totals.mine),
    open: oldestFirst({ statuses: ['open'], awakeAt: now }, totals.open),
    snoozed: (page: Page) => mentions.snoozed(workspaceId, now, page),
  };
  const reading: HomeReading = {
    ...{ now, totals, waiting, claimed, mentions: {}, sources: null },
    today: { ...done, found, medianMinutes: medianMinutes(answers) },
    setUp: { channelId: settings.channelId, keywords: keywords.length, sources: records.length },
  };
  for (const list of HOME_LISTS) {
    if (place.list !== 'overview' && place.list !== list) continue;
    const page = pageOf(place, list, totals[list]);
    if (list === 'sources') {
      const rows = ailing.slice(page.offset, page.offset + page.limit);
      reading.sources = { total: totals.sources, offset: page.offset, rows };
    } else {
      const rows = (await read[list](page)).map(listed);
      reading.mentions[list] = { total: totals[list], offset: page.offset, rows };
    }
  }
  return reading;
}

interface Page {
  limit: number;
  offset: number;
}

/** A page of the oldest first. Whoever is far from them is nearer to the newest: fewer are skipped. */
async function listFromNearerEnd(
  { stores }: HomeDeps,
  workspaceId: string,
  filter: MentionFilter,
  { offset, limit }: Page,
  total: number,
): Promise<Mention[]> {
  if (offset <= total / 2) {
    return stores.mentions.list(workspaceId, filter, { limit, offset, order: 'oldest' });
  }
  const rows = Math.min(limit, total - offset);
  const page = { limit: rows, offset: total - offset - rows, order: 'newest' } as const;
  return (await stores.mentions.list(workspaceId, filter, page)).reverse();
}

/** A page that has emptied meanwhile becomes the last that has rows. */
function pageOf({ list: at, offset }: HomePlace, list: HomeList, total: number): Page {
  if (at === 'overview') return { limit: FIRST[list], offset: 0 };
  const last = Math.max(0, Math.floor((total - 1) / PAGE) * PAGE);
  return { limit: PAGE, offset: Math.min(Math.max(0, offset), last) };
}

/** Whether a person should look after a source: it fails, is far too quiet, or lost something. */
export function needsLook({ paused, failure, rhythm, gapAt }: SourceRecord, now: Date): boolean {
  if (paused) return false;
  const lostLately = gapAt !== null && now.getTime() - gapAt.getTime() < DAY_MS;
  return failure !== null || rhythm.quietSince !== null || lostLately;
}

/** Whole minutes from found to answered of the one in the middle; null without answers. */
function medianMinutes(answers: readonly { foundAt: Date; answeredAt: Date }[]): number | null {
  const minutes = answers
    .map(({ foundAt, answeredAt }) => (answeredAt.getTime() - foundAt.getTime()) / 60_000)
    .sort((a, b) => a - b);
  const [low, high] = [(minutes.length - 1) >> 1, minutes.length >> 1].map((at) => minutes[at]);
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2);
}
