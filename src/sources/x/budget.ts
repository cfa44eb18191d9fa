import type { Call, Failure, SourceSettings } from '../../core/source.ts';
import { fields, list, string, type Fields } from '../json.ts';
import { missing } from '../token.ts';

const KIND = 'x';
/** What X charges for a post and for the name of its author, in dollars (2026). */
const DOLLARS = 0.015;
/** The smallest page that X gives. */
export const SMALLEST_PAGE = 10;
/** Of the budget, polls leave this part to what follows deletions and reads answers. */
const KEPT_BACK = 0.1;

/** Posts of a day (UTC) that the next polls may read again: X charges for them once a day. */
export interface Paid {
  day: string;
  ids: string[];
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

export type Taken = { ok: true; posts: number } | { ok: false; failure: Failure };

/**
 * Takes posts out of the month's budget before they are asked for: `wanted` of them, or what is
 * left if that is not less than `least`. What was not used is to be given back.
 */
export async function take(
  { settings, purse, now }: Call,
  what: 'poll' | 'look',
  wanted: number,
  least: number,
): Promise<Taken> {
  const budget = budgetOf(settings);
  if (budget === null) return missing('X_MONTHLY_POSTS');
  if (purse === undefined) return { ok: false, failure: UNCOUNTED };
  const spare = what === 'poll' ? Math.floor(budget * KEPT_BACK) : 0;
  const posts = await purse.take({ kind: KIND, most: budget, spare, wanted, least });
  if (posts > 0) return { ok: true, posts };
  return { ok: false, failure: usedUp(budget, now) };
}

export async function giveBack({ purse }: Call, unused: number): Promise<void> {
  if (unused > 0) await purse?.giveBack(KIND, unused);
}

export function readPaid(value: unknown, now: Date): Paid {
  const kept: Fields = fields(value);
  const day = now.toISOString().slice(0, 10);
  const ids = kept['day'] === day ? (list(kept['ids']) ?? []) : [];
  return { day, ids: ids.flatMap((id) => string(id) ?? []) };
}

/** Adds what a page brought; returns how many of it X charges for. */
export function pay(paid: Paid, ids: readonly string[]): number {
  const known = new Set(paid.ids);
  const before = known.size;
  for (const id of ids) known.add(id);
  paid.ids = [...known];
  return known.size - before;
}

const UNCOUNTED: Failure = {
  kind: 'refused',
  cause: 'nothing counts what is read',
  message:
    'charges for each post, so it is read only where Earshot keeps count: add it as a source',
};

/** Our own no: everything that the team wanted to pay for this month was read. */
function usedUp(budget: number, now: Date): Failure {
  const when = nextMonth(now).toLocaleDateString('en-GB', {
    ...{ day: 'numeric', month: 'long', timeZone: 'UTC' },
  });
  return {
    kind: 'refused',
    cause: `monthly budget of ${budget} posts used up`,
    message: `has used up its budget of ${budget} posts for this month; goes on on ${when}, or when X_MONTHLY_POSTS (or X_MONTHLY_DOLLARS) is raised`,
    retryAfterSeconds: secondsToNextMonth(now),
  };
}

export function secondsToNextMonth(now: Date): number {
  return Math.max(1, Math.ceil((nextMonth(now).getTime() - now.getTime()) / 1000));
}

function nextMonth(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
}
