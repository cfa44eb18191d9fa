import {
  SOMEBODY,
  SYSTEM,
  type Actor,
  type EventType,
  type Mention,
  type MentionEvent,
} from '../../core/mention.ts';
import type { Clock, Settings, Stores } from '../../core/ports.ts';

export interface FigureDeps {
  stores: Pick<Stores, 'mentions' | 'workspaces'>;
  clock: Clock;
}

/** What became of the mentions that were found in a stretch of time. Nobody is named. */
export interface TeamFigures {
  found: number;
  cards: number;
  claimed: number;
  answered: number;
  verified: number;
  dismissed: number;
  /** Gone at the source, or by an objection. */
  withdrawn: number;
  waiting: number;
  /** From finding it, in minutes, of those that were; null of none. */
  medianMinutesToClaim: number | null;
  medianMinutesToAnswer: number | null;
}

/** What one person did in a stretch of time. */
export interface PersonFigures {
  /** `somebody`: those together whose names are not kept any more. */
  actor: Actor;
  claimed: number;
  answered: number;
  dismissed: number;
  /** From their claim to their answer. */
  medianMinutesToAnswer: number | null;
}

const PAGE = 500;
const MINUTE_MS = 60_000;
/** Events that are read for figures by person; of more, the newest count. */
const MOST_EVENTS = 20_000;

/** The figures of a team for the mentions found since an instant. */
export async function teamFigures(
  deps: FigureDeps,
  workspaceId: string,
  from: Date,
): Promise<TeamFigures> {
  const claims: number[] = [];
  const answers: number[] = [];
  const figures = {
    ...{ found: 0, cards: 0, claimed: 0, answered: 0, verified: 0 },
    ...{ dismissed: 0, withdrawn: 0, waiting: 0 },
  };
  for (let offset = 0, more = true; more; offset += PAGE) {
    const page = { limit: PAGE, offset, order: 'oldest' } as const;
    const mentions = await deps.stores.mentions.list(workspaceId, { from }, page);
    more = mentions.length === PAGE;
    for (const mention of mentions) {
      const { foundAt, openedAt, claimedAt, answeredAt, verifiedAt, status } = mention;
      figures.found += 1;
      if (openedAt !== null) figures.cards += 1;
      if (claimedAt !== null) claims.push(minutes(foundAt, claimedAt));
      if (answeredAt !== null) answers.push(minutes(foundAt, answeredAt));
      if (verifiedAt !== null) figures.verified += 1;
      if (mention.dismissedReason !== null) figures.dismissed += 1;
      if (status === 'withdrawn') figures.withdrawn += 1;
      if (isWaiting(mention)) figures.waiting += 1;
    }
  }
  return {
    ...figures,
    claimed: claims.length,
    answered: answers.length,
    medianMinutesToClaim: median(claims),
    medianMinutesToAnswer: median(answers),
  };
}

function isWaiting({ status }: Mention): boolean {
  return status === 'detected' || status === 'open' || status === 'claimed';
}

/** Whether somebody may see the figures of the others; everybody may see their own. */
export function maySeeFigures(
  { figuresFor, figuresNamed }: Pick<Settings, 'figuresFor' | 'figuresNamed'>,
  person: { userId: string; isAdmin: boolean },
): boolean {
  if (figuresFor === 'admins') return person.isAdmin;
  return figuresFor === 'named' && figuresNamed.includes(person.userId);
}

const COUNTED: readonly EventType[] = ['claimed', 'assigned', 'answered', 'dismissed'];

/** Figures by person since an instant, by name of the most answers first; `of`: of one alone. */
export async function personFigures(
  deps: FigureDeps,
  workspaceId: string,
  from: Date,
  of: Actor | null = null,
): Promise<PersonFigures[]> {
  const newest = await deps.stores.mentions.log(workspaceId, { from, types: COUNTED }, MOST_EVENTS);
  const people = new Map<Actor, PersonFigures & { times: number[] }>();
  const claimedAt = new Map<string, Date>();
  for (const event of newest.toReversed()) {
    const actor = event.type === 'assigned' ? event.to : event.actor;
    if (isClaim(event)) claimedAt.set(`${event.mentionId} ${actor}`, event.at);
    if (actor === SYSTEM || (of !== null && actor !== of)) continue;
    const person = people.get(actor) ?? {
      ...{ actor, claimed: 0, answered: 0, dismissed: 0 },
      ...{ medianMinutesToAnswer: null, times: [] },
    };
    people.set(actor, person);
    if (isClaim(event)) person.claimed += 1;
    if (event.type === 'dismissed') person.dismissed += 1;
    if (event.type !== 'answered') continue;
    person.answered += 1;
    const since = claimedAt.get(`${event.mentionId} ${actor}`);
    if (since !== undefined && actor !== SOMEBODY) person.times.push(minutes(since, event.at));
  }
  return [...people.values()]
    .map(({ times, ...person }) => ({ ...person, medianMinutesToAnswer: median(times) }))
    .sort((a, b) => b.answered - a.answered || b.claimed - a.claimed);
}

function isClaim({ type }: MentionEvent): boolean {
  return type === 'claimed' || type === 'assigned';
}

function minutes(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / MINUTE_MS));
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const high = sorted[Math.floor(middle)];
  if (high === undefined) return null;
  const low = Number.isInteger(middle) ? sorted[middle - 1]! : high;
  return Math.round((low + high) / 2);
}
