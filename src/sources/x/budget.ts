import type { Failure, SourceSettings } from '../../core/source.ts';
import { fields, list, number, string, type Fields } from '../json.ts';

/** What X charges for a post and for the name of its author, in dollars (2026). */
const DOLLARS = 0.015;
/** The smallest page that X gives. */
export const SMALLEST_PAGE = 10;

/** What was read in a calendar month (UTC), as the cursor keeps it. */
export interface Spent {
  /** `2026-11`. */
  month: string;
  posts: number;
  /** Posts of this day (UTC) that the next polls may read again: X charges for them once a day. */
  day: string;
  today: string[];
}

/** How many posts a month may be read; null when the settings name no budget. */
export function budgetOf(settings: SourceSettings): number | null {
  const posts = amount(settings['X_MONTHLY_POSTS']);
  const dollars = amount(settings['X_MONTHLY_DOLLARS']);
  const price = amount(settings['X_DOLLARS_PER_POST']) || DOLLARS;
  const bounds = [posts, dollars === null ? null : Math.floor(dollars / price + 1e-9)];
  const known = bounds.filter((bound) => bound !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function amount(setting: string | undefined): number | null {
  const value = Number(setting?.trim().replace(/^\$/u, '') || Number.NaN);
  return Number.isFinite(value) && value >= 0 ? value : null;
}

/** A new month begins with nothing; a clock that goes back does not. */
export function readSpent(value: unknown, now: Date): Spent {
  const kept: Fields = fields(value);
  const month = now.toISOString().slice(0, 7);
  const day = now.toISOString().slice(0, 10);
  const before = string(kept['month']) ?? '';
  const isNew = before < month;
  const isToday = kept['day'] === day;
  return {
    month: isNew ? month : before,
    posts: isNew ? 0 : (number(kept['posts']) ?? 0),
    day,
    today: isToday ? (list(kept['today']) ?? []).flatMap((id) => string(id) ?? []) : [],
  };
}

/** Counts what a page brought. */
export function spend(spent: Spent, ids: readonly string[]): void {
  const known = new Set(spent.today);
  for (const id of ids) {
    if (known.has(id)) continue;
    known.add(id);
    spent.posts += 1;
  }
  spent.today = [...known];
}

/** Our own no: everything that the team wanted to pay for this month was read. */
export function usedUp(budget: number, { month }: Spent, now: Date): Failure {
  const next = nextMonth(month);
  const when = next.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
  return {
    kind: 'refused',
    cause: `monthly budget of ${budget} posts used up`,
    message: `has used up its budget of ${budget} posts for this month; goes on on ${when}, or when X_MONTHLY_POSTS (or X_MONTHLY_DOLLARS) is raised`,
    retryAfterSeconds: Math.max(1, Math.ceil((next.getTime() - now.getTime()) / 1000)),
  };
}

export function secondsToNextMonth(now: Date): number {
  const next = nextMonth(now.toISOString().slice(0, 7));
  return Math.max(1, Math.ceil((next.getTime() - now.getTime()) / 1000));
}

function nextMonth(month: string): Date {
  const [year = 1970, index = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, index, 1));
}
