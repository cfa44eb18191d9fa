import { judge } from '../../core/negativity/judge.ts';
import type { Actor, EventType, Mention, MentionEvent } from '../../core/mention.ts';
import type {
  Clock,
  DeadLetters,
  Keyword,
  MentionFilter,
  StuckPosting,
  SourceRecord,
  Stores,
} from '../../core/ports.ts';
import type { Span } from '../../core/post.ts';
import type { Verdict } from '../../core/verdict.ts';
import { startOfDay } from '../../core/time/zone.ts';
import { rank, type Rank } from '../hear/detect.ts';
import { judgeFor, type LearnedOf } from '../hear/learn.ts';
import type { MatchPosts } from '../hear/matching.ts';

export interface ReportDeps {
  stores: Pick<Stores, 'mentions' | 'keywords' | 'sources' | 'workspaces' | 'postings'>;
  match: MatchPosts;
  clock: Clock;
  /** Where work is handed out as jobs: what was given up of a workspace's. */
  deadLetters?: (workspaceId: string) => Promise<DeadLetters[]>;
}

export interface Status {
  sources: { total: number; paused: number; failing: SourceRecord[]; lastPollAt: Date | null };
  keywords: { total: number; paused: number };
  /** Mentions whose card waits for its turn. */
  waiting: number;
  open: number;
  claimed: number;
  oldestOpen: Mention | null;
  /** Jobs that failed to the last retry, within the last days. */
  dead: DeadLetters[];
  /** Messages that Slack broke off too often, by their first try. */
  stuck: StuckPosting[];
  /** Since midnight in the team's time zone. */
  today: { found: number; claimed: number; answered: number; dismissed: number };
}

/** What is going on in a workspace, in figures. */
export async function status(deps: ReportDeps, workspaceId: string): Promise<Status> {
  const { stores } = deps;
  const settings = await stores.workspaces.settings(workspaceId);
  const from = startOfDay(deps.clock(), settings.timeZone);
  const count = (filter: MentionFilter) => stores.mentions.count(workspaceId, filter);
  const [sources, keywords, waiting, open, claimed, oldest, found, events] = await Promise.all([
    stores.sources.list(workspaceId),
    stores.keywords.list(workspaceId),
    count({ statuses: ['detected'] }),
    count({ statuses: ['open'] }),
    count({ statuses: ['claimed'] }),
    stores.mentions.list(workspaceId, { statuses: ['open'] }, { limit: 1, order: 'oldest' }),
    count({ from }),
    stores.mentions.log(workspaceId, { from, types: ['claimed', 'answered', 'dismissed'] }, 10_000),
  ]);
  const polls = sources.flatMap(({ lastSuccessAt }) => (lastSuccessAt ? [lastSuccessAt] : []));
  const happened = (type: EventType) => events.filter((event) => event.type === type).length;
  return {
    sources: {
      total: sources.length,
      paused: sources.filter(({ paused }) => paused).length,
      failing: sources.filter(({ paused, failure }) => !paused && failure !== null),
      lastPollAt: polls.sort((a, b) => b.getTime() - a.getTime())[0] ?? null,
    },
    keywords: {
      total: keywords.length,
      paused: keywords.filter(({ paused }) => paused).length,
    },
    waiting,
    open,
    claimed,
    dead: (await deps.deadLetters?.(workspaceId)) ?? [],
    stuck: await stores.postings.stuck(workspaceId),
    oldestOpen: oldest[0] ?? null,
    today: {
      found,
      claimed: happened('claimed'),
      answered: happened('answered'),
      dismissed: happened('dismissed'),
    },
  };
}

export interface Trial {
  text: string;
  verdict: Verdict;
  /** Before the team's corrections. */
  unlearned: Verdict;
  keywords: {
    keyword: Keyword;
    matched: boolean;
    /** Words of the text that made it match. */
    words: string[];
    verdict: Verdict;
    unlearned: Verdict;
    wouldBe: Rank;
  }[];
}

/** What would happen to a text if a source brought it. Nothing is stored. */
export async function tryText(
  deps: ReportDeps & { learned: LearnedOf },
  request: { workspaceId: string; text: string },
): Promise<Trial> {
  const { workspaceId, text } = request;
  const keywords = await deps.stores.keywords.list(workspaceId);
  const learned = await deps.learned(workspaceId);
  const post = {
    externalId: 'try',
    url: null,
    author: null,
    title: null,
    text,
    publishedAt: null,
    editedAt: null,
    language: null,
  };
  const matches = deps.match('try', keywords, [post])[0]?.matches ?? [];
  const judged = (spans: readonly Span[] = []) => ({
    verdict: judgeFor(learned, text, spans),
    unlearned: judge(text, spans),
  });
  const whole = judged();
  return {
    text,
    ...whole,
    keywords: keywords.map((keyword) => {
      const match = matches.find((one) => one.keyword.id === keyword.id);
      if (match === undefined) {
        return { keyword, matched: false, words: [], ...whole, wouldBe: 'nothing' };
      }
      const about = judged(match.spans);
      const words = match.spans.map(({ start, end }) => text.slice(start, end));
      return { keyword, matched: true, words, ...about, wouldBe: rank(keyword, about.verdict) };
    }),
  };
}

export interface LogRequest {
  workspaceId: string;
  from: Date;
  to?: Date;
  actor?: Actor;
  limit: number;
}

/** The log, newest first, each event with its mention (null when it is no longer there). */
export async function readLog(
  deps: ReportDeps,
  request: LogRequest,
): Promise<{ event: MentionEvent; mention: Mention | null }[]> {
  const { workspaceId, limit, ...filter } = request;
  const events = await deps.stores.mentions.log(workspaceId, filter, limit);
  const ids = [...new Set(events.map(({ mentionId }) => mentionId))];
  const found = await Promise.all(ids.map((id) => deps.stores.mentions.find(workspaceId, id)));
  const mentions = new Map(found.flatMap((mention) => (mention ? [[mention.id, mention]] : [])));
  return events.map((event) => ({ event, mention: mentions.get(event.mentionId) ?? null }));
}
