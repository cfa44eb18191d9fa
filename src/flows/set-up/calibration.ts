import type { Mention } from '../../core/mention.ts';
import type { Clock, Keyword, Stores } from '../../core/ports.ts';
import { STEPS } from '../hear/detect.ts';

export interface CalibrationDeps {
  stores: Pick<Stores, 'keywords' | 'mentions' | 'verdictCounts'>;
  clock: Clock;
}

/** What a keyword heard in the last four weeks, by what a threshold would have let through. */
export interface Calibration {
  keyword: Keyword;
  /** Judged posts that the keyword matched, whatever became of them. */
  matched: number;
  rows: CalibrationRow[];
}

export interface CalibrationRow {
  /** Negativity from which a post counts in this row. */
  from: number;
  /** Posts that were at least so negative. */
  posts: number;
  /** Of these: the team answered them, or dismissed them as not negative. */
  answered: number;
  notNegative: number;
}

const WEEKS_MS = 28 * 24 * 3600 * 1000;
const PAGE = 500;

/** The figures for each of the thresholds, the highest first; null without such a keyword. */
export async function calibrate(
  deps: CalibrationDeps,
  request: { workspaceId: string; keywordId: string; thresholds: readonly number[] },
): Promise<Calibration | null> {
  const { workspaceId, keywordId } = request;
  const keyword = await deps.stores.keywords.find(workspaceId, keywordId);
  if (keyword === null) return null;
  const from = new Date(deps.clock().getTime() - WEEKS_MS);
  const counts = (
    await deps.stores.verdictCounts.since(workspaceId, from.toISOString().slice(0, 10))
  ).filter((count) => count.keywordId === keywordId);
  const mentions = await judgedMentions(deps, workspaceId, keywordId, from);
  const thresholds = [...new Set(request.thresholds)].sort((a, b) => b - a);
  return {
    keyword,
    matched: counts.reduce((sum, { posts }) => sum + posts, 0),
    rows: thresholds.map((threshold) => {
      const within = mentions.filter(({ verdict }) => verdict.negativity >= threshold);
      return {
        from: threshold,
        posts: counts
          .filter(({ step }) => step >= Math.round(threshold * STEPS))
          .reduce((sum, { posts }) => sum + posts, 0),
        answered: within.filter(({ answeredAt }) => answeredAt !== null).length,
        notNegative: within.filter(({ dismissedReason }) => dismissedReason === 'not-negative')
          .length,
      };
    }),
  };
}

async function judgedMentions(
  deps: CalibrationDeps,
  workspaceId: string,
  keywordId: string,
  from: Date,
): Promise<Mention[]> {
  const mentions: Mention[] = [];
  for (;;) {
    const page = { limit: PAGE, offset: mentions.length, order: 'oldest' } as const;
    const next = await deps.stores.mentions.list(workspaceId, { keywordId, from }, page);
    mentions.push(...next);
    if (next.length < PAGE) return mentions.filter(({ verdict }) => verdict.judged);
  }
}
