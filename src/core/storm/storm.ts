import { normalised } from './similar.ts';
import { SEVERITIES, type Severity } from '../verdict.ts';

/** Mentions that were found in one stretch of ten minutes. */
export interface Slot {
  /** When the stretch began. */
  at: Date;
  count: number;
}

export interface Wind {
  /** Mentions of the last half hour. */
  recent: number;
  /** Mentions of a usual half hour of the last week. */
  usual: number;
}

/** Why it is a storm: far more than usual, or the same thing again and again. */
export type StormReason = 'rate' | 'alike';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const SLOT_MS = 10 * MINUTE;
const RECENT_MS = 30 * MINUTE;
/** What belongs to the storm itself, or leads up to it, is no part of the usual. */
const USUAL_UNTIL_MS = 2 * HOUR;
/** How far back "usual" looks; a shorter past counts as one day at least. */
export const USUAL_SINCE_MS = 7 * 24 * HOUR;
/** A storm lasts this long at least, so that it does not flicker. */
const SHORTEST_MS = RECENT_MS;

const TIMES_USUAL = 5;
/** The same where the usual is known, and never less than twice what ends a storm. */
const TIMES_KNOWN = 10;
const LEAST_KNOWN = 8;
/** A team that Earshot has heard for a day has a usual. */
export const KNOWN_AFTER_MS = 24 * HOUR;
const END = { fewest: 4, timesUsual: 1.5, alike: 4 };

/**
 * When what blows now began to: the first of the stretches without a break before this one in which
 * there was at least a tenth of the most, and more than is usual.
 */
export function beganAt(slots: readonly Slot[], { usual }: Wind, now: Date): Date {
  const current = Math.floor(now.getTime() / SLOT_MS) * SLOT_MS;
  const counts = new Map<number, number>();
  for (const { at, count } of slots) {
    const start = Math.floor(at.getTime() / SLOT_MS) * SLOT_MS;
    counts.set(start, (counts.get(start) ?? 0) + count);
  }
  const recent = [0, 1, 2, 3].map((back) => current - back * SLOT_MS);
  const most = Math.max(...recent.map((at) => counts.get(at) ?? 0));
  const least = Math.max(most / 10, (usual * SLOT_MS) / RECENT_MS);
  let began = current;
  for (const at of recent.slice(1)) {
    if ((counts.get(at) ?? 0) <= least) break;
    began = at;
  }
  return new Date(Math.min(began, now.getTime()));
}

/** How hard it blows. `slots`: in any order, those without a mention left out. */
export function windOf(slots: readonly Slot[], now: Date): Wind {
  const time = now.getTime();
  const recent = sum(slots.filter(({ at }) => at.getTime() + SLOT_MS > time - RECENT_MS));
  const past = slots.filter(({ at }) => at.getTime() + SLOT_MS <= time - USUAL_UNTIL_MS);
  const oldest = Math.min(...past.map(({ at }) => at.getTime()), time);
  const span = Math.max(time - USUAL_UNTIL_MS - oldest, 24 * HOUR);
  return { recent, usual: (sum(past) * RECENT_MS) / span };
}

function sum(slots: readonly Slot[]): number {
  return slots.reduce((total, { count }) => total + count, 0);
}

/**
 * `alike`: the largest group of the last hour that says nearly the same; of those, `fewest` are
 * enough, however much is usual. Where the usual is known, a quarter of `fewest` will do, if that is
 * ten times the usual: nobody reads thirty cards first where two are the rule. Null: no storm begins.
 */
export function stormStarts(
  { recent, usual }: Wind,
  alike: number,
  fewest: number,
  isUsualKnown = false,
): StormReason | null {
  if (recent >= Math.max(fewest, TIMES_USUAL * usual)) return 'rate';
  const enough = Math.max(LEAST_KNOWN, Math.ceil(fewest / 4));
  if (isUsualKnown && recent >= Math.max(enough, TIMES_KNOWN * usual)) return 'rate';
  const same = Math.max(isUsualKnown ? enough : fewest, END.alike);
  return Math.min(alike, recent) >= same ? 'alike' : null;
}

/** Whether it is worth looking for a group at all. */
export function mayBeAlike({ recent }: Wind): boolean {
  return recent >= END.alike;
}

/** It ends by itself, well under what begins it. */
export function stormEnds(
  { recent, usual }: Wind,
  alike: number,
  startedAt: Date,
  now: Date,
): boolean {
  return (
    now.getTime() - startedAt.getTime() >= SHORTEST_MS &&
    recent <= Math.max(END.fewest, END.timesUsual * usual) &&
    alike < END.alike
  );
}

/** Somebody is in danger, or cannot help themselves: these wait behind no storm. */
export function mayNotWait(severity: Severity | null): boolean {
  return severity === 'safety' || severity === 'vulnerable';
}

/** The most urgent is 0. */
export function severityRank(severity: Severity | null): number {
  return severity === null ? SEVERITIES.length : SEVERITIES.indexOf(severity);
}

interface Waiting {
  foundAt: Date;
  verdict: { severity: Severity | null };
}

/** In which order the mentions behind a storm are worked through: severity, then age. */
export function inOrder<T extends Waiting>(mentions: readonly T[]): T[] {
  return [...mentions].sort(
    (a, b) =>
      severityRank(a.verdict.severity) - severityRank(b.verdict.severity) ||
      a.foundAt.getTime() - b.foundAt.getTime(),
  );
}

/** Counts of the last `slots` stretches of ten minutes, oldest first, the present one last. */
export function chartOf(slots: readonly Slot[], now: Date, length: number): number[] {
  const last = Math.floor(now.getTime() / SLOT_MS);
  const counts = Array<number>(length).fill(0);
  for (const { at, count } of slots) {
    const index = length - 1 - (last - Math.floor(at.getTime() / SLOT_MS));
    if (index >= 0 && index < length) counts[index] = (counts[index] ?? 0) + count;
  }
  return counts;
}

/** A word that only one author uses is theirs, and no business of a summary. */
const FEWEST_TEXTS = 3;

/**
 * The words that most of the texts hold, the loudest first; of words of three letters and less,
 * empty ones and those in `without` none.
 */
export function loudest(texts: readonly string[], without: readonly string[], most: number) {
  const silent = new Set([...EMPTY, ...without.flatMap((text) => normalised(text).split(' '))]);
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of new Set(normalised(text).split(' '))) {
      if (word.length < 4 || silent.has(word) || !/^\p{L}+$/u.test(word)) continue;
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return [...counts]
    .filter(([, count]) => count >= FEWEST_TEXTS)
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([word, count]) => ({ word, count }));
}

/** Words that say nothing about what is going on. */
const EMPTY =
  `about after again also another answer answers anyone because been before being both could does
  doing done down even every everyone from going have having here into just know like made make
  more most much need never nobody nothing only other over people please really same since some
  someone something still such than that their them then there these they thing this those today
  tomorrow very want well were what when where which while whole will with without would years
  yesterday your yours`.split(/\s+/u);
