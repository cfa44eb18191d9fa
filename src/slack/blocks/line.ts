import type { KnownBlock } from '@slack/web-api';
import {
  SYSTEM,
  type Actor,
  type BetterNot,
  type Mention,
  type MentionEvent,
} from '../../core/mention.ts';
import { ACTIONS } from '../ids.ts';
import type { Names } from '../people.ts';
import { REASONS } from './card.ts';
import { BECAUSE } from './reasons.ts';
import { button, section, sentence, type Message } from './message.ts';
import {
  brief,
  channel,
  clip,
  date,
  isGroup,
  joined,
  link,
  markup,
  namedLink,
  ping,
  safeUrl,
  type Markup,
} from './text.ts';

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

/**
 * The line as it is sent. Where the clock asked somebody, they can say that they see it; a line in
 * blocks pings like one without.
 */
export function lineMessage(
  event: MentionEvent,
  mention: Mention,
  names: Names,
  now: Date,
): { text: string; blocks?: KnownBlock[] } {
  const line = threadLine(event, mention, names, now);
  const asks = event.type === 'escalated' && event.actor === SYSTEM && event.to.length > 0;
  if (!asks) return { text: line.markup };
  const seen = button({ action: ACTIONS.seen, text: 'I see it', value: mention.id });
  return { text: line.markup, blocks: [section(line), { type: 'actions', elements: [seen] }] };
}

/** Tells a channel that a card elsewhere waits. Whoever reads it may not be in that channel. */
export function pointer(mention: Mention, cardUrl: string | null): Message {
  const place = mention.channelId === null ? markup`` : markup` in ${channel(mention.channelId)}`;
  const state = mention.status === 'claimed' ? 'claimed and not answered yet' : 'not claimed yet';
  const see = cardUrl === null ? markup`` : markup` · ${namedLink(cardUrl, 'see the card')}`;
  return sentence(markup`A public complaint${place} is ${state}${see}`);
}

/** Whose names the line of an event may need. */
export function peopleIn(event: MentionEvent, mention: Mention | null): (Actor | null)[] {
  if (event.type === 'released') return [event.actor, event.from ?? null];
  if (event.type !== 'escalated') return [event.actor];
  return [event.actor, mention?.claimedBy ?? null, ...event.to.filter((id) => !isGroup(id))];
}

/** What happened, without the time. */
export function eventSentence(event: MentionEvent, mention: Mention, names: Names): Markup {
  const who = brief(names(event.actor));
  switch (event.type) {
    case 'posted':
      if (event.actor !== SYSTEM) return markup`brought up by ${who}`;
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
      return event.because === undefined
        ? markup`released by ${who}, open again`
        : markup`claimed by ${nameOr(names, event.from)} and not answered: released, open again`;
    case 'answered':
      return markup`answered in public by ${who}: ${answerAt(event.url)}${note(event.note)}`;
    case 'verified': {
      const after = event.minutes === null ? '' : `, ${event.minutes} minutes after the post`;
      return event.how === 'page'
        ? markup`answer seen as a public page: ${answerAt(event.url)}`
        : markup`answer verified at the source${after}: ${answerAt(event.url)}`;
    }
    case 'answer-gone':
      return markup`the answer is no longer at the source: ${answerAt(event.url)}`;
    case 'dismissed':
      return markup`dismissed by ${who}: ${REASONS[event.reason].toLowerCase()}${because(event)}${note(event.note)}`;
    case 'reopened':
      return event.because === 'not-solved'
        ? markup`open again: the author says that it is not solved`
        : markup`reopened by ${who}`;
    case 'snoozed':
      return event.until === null
        ? markup`snooze ended by ${who}`
        : markup`snoozed by ${who} until ${date(event.until, '{date_short_pretty} at {time}')}`;
    case 'escalated':
      return escalated(event, mention, names);
    case 'acknowledged':
      return markup`${who} sees it; the clock waits until ${date(event.until, '{time}')}`;
    case 'edited':
      return markup`the author changed the post`;
    case 'withdrawn':
      return event.because === 'objection'
        ? markup`the author objects; the text is removed here, and they are left alone`
        : markup`withdrawn by its author: gone from its source, and its text from here too`;
    case 'expired':
      return markup`text and author removed: kept long enough`;
  }
}

function escalated(
  event: MentionEvent & { type: 'escalated' },
  mention: Mention,
  names: Names,
): Markup {
  const { claimedBy } = mention;
  // Somebody who escalates to a list that holds them need not be pinged for their own click.
  // Nor whose telephone has just rung for several others.
  const quiet = new Set([event.actor, ...(event.quietly ?? [])]);
  const asked = event.to.map((id) => (quiet.has(id) ? named(names, id) : ping(id)));
  const whom = asked.length === 0 ? markup`` : markup`: ${joined(asked, ' ')} please have a look`;
  const channels = event.channels ?? [];
  const told =
    channels.length === 0 ? markup`` : markup` (told ${joined(channels.map(channel), ', ')})`;
  if (event.actor !== SYSTEM) {
    return markup`escalated by ${brief(names(event.actor))}${whom}${told}${note(event.note)}`;
  }
  if (event.phase === 'unanswered') {
    const [only, ...others] = event.to;
    if (only !== undefined && only === claimedBy && others.length === 0) {
      return markup`${asked[0] ?? ''} claimed this and has not answered yet${told}`;
    }
    return markup`claimed by ${nameOr(names, claimedBy)}, still unanswered${whom}${told}`;
  }
  if (asked.length + channels.length === 0) return markup`reminder: nobody has claimed this yet`;
  return markup`${isAtOnce(event, mention) ? (mention.verdict.severity ?? '') : 'still unclaimed'}${whom}${told}`;
}

function named(names: Names, id: string): Markup {
  return isGroup(id) ? markup`a user group` : markup`${brief(names(id))}`;
}

/** Help is called with the card, before anybody could have claimed it. */
function isAtOnce({ at }: MentionEvent, { openedAt, verdict }: Mention): boolean {
  if (openedAt === null || verdict.severity === null) return false;
  const since = at.getTime() - openedAt.getTime();
  return since >= 0 && since < LATE_MS;
}

function nameOr(names: Names, id: Actor | null | undefined): string {
  return id === null || id === undefined ? 'somebody' : brief(names(id));
}

function because({ because: why }: { because?: BetterNot }): string {
  return why === undefined ? '' : ` (${BECAUSE[why].toLowerCase()})`;
}

/** Where an answer is; on the post's own page, whose address ends with the post, it is on the card. */
function answerAt(url: string): Markup {
  if (safeUrl(url) !== null) return link(url);
  return url === '' ? markup`under the post` : markup`under the post (${brief(url)})`;
}

function note(text: string | null): Markup {
  return text === null || text.trim() === '' ? markup`` : markup`. “${clip(text.trim(), NOTE)}”`;
}
