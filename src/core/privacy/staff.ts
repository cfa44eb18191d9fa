import { SOMEBODY, SYSTEM, type Actor, type EventBody, type EventType } from '../mention.ts';

/** Days that the log says who of the team did something: the least and the most that can be set. */
export const STAFF_DAYS = { least: 30, most: 730 } as const;

const DAY_MS = 24 * 3600 * 1000;
/** Kinds of events that name people beside the one who acted. */
const NAMING: readonly EventType[] = ['assigned', 'released', 'escalated'];

/** Before which instant the log no longer says who did something. */
export function namesEndBefore(staffDays: number, now: Date): Date {
  const days = Math.min(Math.max(staffDays, STAFF_DAYS.least), STAFF_DAYS.most);
  return new Date(now.getTime() - days * DAY_MS);
}

/** Whether an event may hold who of the team did something, or was asked to. */
export function namesStaff({ actor, type }: { actor: Actor; type: EventType }): boolean {
  return (actor !== SYSTEM && actor !== SOMEBODY) || NAMING.includes(type);
}

/** What happened, without the people of the team that it names, and without their notes. */
export function withoutNames(event: EventBody): EventBody {
  switch (event.type) {
    case 'assigned':
      return { ...event, to: SOMEBODY };
    case 'released':
      return event.from === undefined ? event : { ...event, from: SOMEBODY };
    case 'escalated':
      return withoutAsked(event);
    case 'answered':
    case 'dismissed':
      return { ...event, note: null };
    default:
      return event;
  }
}

function withoutAsked({ quietly: _, ...event }: EventBody & { type: 'escalated' }): EventBody {
  return { ...event, to: event.to.map(nameless), note: null };
}

/** A user group (S...) is no person. */
function nameless(id: string): string {
  return id.startsWith('S') ? id : SOMEBODY;
}
