import { SYSTEM, type Mention, type MentionEvent } from '../../core/mention.ts';
import type { Names } from '../people.ts';
import { REASONS } from './card.ts';
import { brief, clip, date, joined, link, markup, ping, type Markup } from './text.ts';

/** Longest note in a line of the thread, in characters. */
const NOTE = 1000;
/** A line that comes later than this says when the thing happened. */
const LATE_MS = 2 * 60_000;

/**
 * One event as one short line of the thread. People are named, and only those who are asked to do
 * something are pinged, never the one who did it.
 */
export function threadLine(event: MentionEvent, mention: Mention, names: Names, now: Date): Markup {
  const what = eventSentence(event, mention, names);
  const isLate = now.getTime() - event.at.getTime() > LATE_MS;
  return isLate ? markup`${what} (${date(event.at, '{date_short_pretty} at {time}')})` : what;
}

/** What happened, without the time. */
export function eventSentence(event: MentionEvent, mention: Mention, names: Names): Markup {
  const who = brief(names(event.actor));
  switch (event.type) {
    case 'posted':
      return mention.publishedAt === null
        ? markup`found`
        : markup`found, posted ${date(mention.publishedAt, '{date_short_pretty} at {time}')}`;
    case 'claimed':
      return markup`claimed by ${who}`;
    case 'assigned':
      return event.to === event.actor
        ? markup`claimed by ${who}`
        : markup`assigned to ${ping(event.to)} by ${who}`;
    case 'released':
      return markup`released by ${who}, open again`;
    case 'answered':
      return markup`answered in public by ${who}: ${link(event.url)}${note(event.note)}`;
    case 'verified': {
      const after = event.minutes === null ? '' : `, ${event.minutes} minutes after the post`;
      return markup`answer seen at the source${after}: ${link(event.url)}`;
    }
    case 'answer-gone':
      return markup`the answer is no longer at the source: ${link(event.url)}`;
    case 'dismissed':
      return markup`dismissed by ${who}: ${REASONS[event.reason].toLowerCase()}${note(event.note)}`;
    case 'reopened':
      return markup`reopened by ${who}`;
    case 'snoozed':
      return event.until === null
        ? markup`snooze ended by ${who}`
        : markup`snoozed by ${who} until ${date(event.until, '{date_short_pretty} at {time}')}`;
    case 'escalated':
      return escalated(event, names);
    case 'acknowledged':
      return markup`${who} sees it; the clock waits until ${date(event.until, '{time}')}`;
    case 'edited':
      return markup`the author changed the post`;
    case 'withdrawn':
      return markup`the post is gone from its source; its text is removed here too`;
    case 'expired':
      return markup`text and author removed: kept long enough`;
  }
}

function escalated(event: MentionEvent & { type: 'escalated' }, names: Names): Markup {
  // Somebody who escalates to a list that holds them need not be pinged for their own click.
  const asked = event.to.map((id) => (id === event.actor ? markup`${brief(names(id))}` : ping(id)));
  const whom = asked.length === 0 ? markup`` : markup`: ${joined(asked, ' ')} please have a look`;
  if (event.actor !== SYSTEM) {
    return markup`escalated by ${brief(names(event.actor))}${whom}${note(event.note)}`;
  }
  if (asked.length === 0) return markup`reminder: nobody has claimed this yet`;
  return markup`still unclaimed${whom}`;
}

function note(text: string | null): Markup {
  return text === null || text.trim() === '' ? markup`` : markup`. “${clip(text.trim(), NOTE)}”`;
}
