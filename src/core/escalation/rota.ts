import type { Actor } from '../mention.ts';
import { addDays, daysBetween, instantOf, wallOf } from '../time/zone.ts';

/** Who is on call when: people in turn. */
export interface Rota {
  id: string;
  workspaceId: string;
  name: string;
  /** In the order of their turns; at least one. */
  people: readonly Actor[];
  turn: 'day' | 'week';
  /** When one turn ends and the next begins, in minutes after midnight by the wall clock. */
  handOver: number;
  /** IANA name. */
  timeZone: string;
  /** The date (`2026-03-02`) of a hand-over to the first of them; for weeks it says the weekday too. */
  startsOn: string;
  /** In the order in which they were agreed. */
  swaps: readonly Swap[];
  createdBy: Actor;
  createdAt: Date;
}

/** One person takes what another's turns hold of a time. */
export interface Swap {
  id: string;
  takes: Actor;
  turnOf: Actor;
  /** `from` inclusive, `to` exclusive. */
  from: Date;
  to: Date;
  createdBy: Actor;
  createdAt: Date;
}

/** A time for which one person is on call. */
export interface Duty {
  person: Actor;
  from: Date;
  to: Date;
  /** Whose turn it was before the swaps; null where it is the person's own. */
  insteadOf: Actor | null;
}

const DAYS = { day: 1, week: 7 } as const;

/** Who is on call at an instant; null for a rota of nobody. */
export function onCall(rota: Rota, at: Date): Duty | null {
  const { from, to, person } = turnAt(rota, at);
  if (person === undefined) return null;
  // Swaps may begin and end within a turn.
  const edges = rota.swaps.flatMap((swap) => [swap.from, swap.to]);
  const before = edges.filter((edge) => from < edge && edge <= at);
  const after = edges.filter((edge) => at < edge && edge < to);
  const now = swapped(rota, person, at);
  return {
    person: now,
    from: latest(from, ...before),
    to: earliest(to, ...after),
    insteadOf: now === person ? null : person,
  };
}

/** The duties from an instant on, as they follow one another; neighbours of one person are one. */
export function duties(rota: Rota, from: Date, count: number): Duty[] {
  const found: Duty[] = [];
  let at = from;
  // A rota of one person never changes hands.
  for (let looked = 0; looked < 100 && found.length <= count; looked++) {
    const duty = onCall(rota, at);
    if (duty === null) break;
    const last = found.at(-1);
    const same = last?.person === duty.person && last.insteadOf === duty.insteadOf;
    if (last !== undefined && same) last.to = duty.to;
    else found.push(duty);
    at = duty.to;
  }
  return found.slice(0, count);
}

function turnAt(rota: Rota, at: Date): { person: Actor | undefined; from: Date; to: Date } {
  const { people, turn, handOver, timeZone, startsOn } = rota;
  const { date } = wallOf(at, timeZone);
  const isBefore = at < instantOf(date, handOver, timeZone);
  const days = daysBetween(startsOn, date) - (isBefore ? 1 : 0);
  const number = Math.floor(days / DAYS[turn]);
  const starts = addDays(startsOn, number * DAYS[turn]);
  const index = ((number % people.length) + people.length) % people.length;
  return {
    person: people[index],
    from: instantOf(starts, handOver, timeZone),
    to: instantOf(addDays(starts, DAYS[turn]), handOver, timeZone),
  };
}

/** A turn may be taken over, and then again from the one who took it. */
function swapped(rota: Rota, person: Actor, at: Date): Actor {
  let now = person;
  for (const { takes, turnOf, from, to } of rota.swaps) {
    if (turnOf === now && from <= at && at < to) now = takes;
  }
  return now;
}

function latest(...dates: Date[]): Date {
  return new Date(Math.max(...dates.map(Number)));
}

function earliest(...dates: Date[]): Date {
  return new Date(Math.min(...dates.map(Number)));
}
