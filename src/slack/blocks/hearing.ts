import type { KnownBlock } from '@slack/web-api';
import type { Doubt, Hearing, SourceOutcome } from '../../flows/set-up/sources.ts';
import { ACTIONS, COMMAND } from '../ids.ts';
import { count } from './keywords.ts';
import { button, context, section, type Message } from './message.ts';
import { brief, clip, date, LIMITS, markup, oneLine } from './text.ts';

const LABEL = 100;
/** What a button's value takes. */
const LONGEST_VALUE = 2000;

const DOUBTS: Readonly<Record<Doubt, string>> = {
  'nothing-heard': 'Nothing can be heard there at the moment.',
  elsewhere: 'This is another address than the one that was given.',
  'needs-key': 'This place is asked with your key, and counts or charges for it.',
};

/** How Earshot listens to a new place, or would. `input`: what the person pasted. */
export function hearingMessage(outcome: SourceOutcome & { ok: true }, input: string): Message {
  const { hearing, added, doubts } = outcome;
  const label = brief(hearing.label, LABEL);
  const head = added === null ? `Listen to ${label}?` : `Listening to ${label}`;
  return {
    text: markup`${head}`.markup,
    blocks: [
      section(head),
      context(`${hearing.name} · ${rhythmOf(hearing)}`),
      ...doubts.map((doubt) => section(`⚠️ ${DOUBTS[doubt]}`)),
      ...(added === null && doubts.includes('elsewhere')
        ? [context(`Found: ${brief(hearing.address, 300)}`)]
        : []),
      ...(added === null && hearing.needs !== null ? [context(clip(hearing.needs, 1000))] : []),
      context(`Hears: ${oneLine(hearing.hears)}`),
      context(`Cannot hear: ${oneLine(hearing.cannotHear)}`),
      ...hearing.samples.map(sampleRow),
      ...(hearing.samples.length > 0 ? [context(baseline(added !== null))] : []),
      added === null ? offer(input, label) : keepOrRemove(added.id, label),
    ],
  };
}

/** "looked at every 5 minutes" */
export function rhythmOf({ everySeconds }: Pick<Hearing, 'everySeconds'>): string {
  if (everySeconds === null) return 'followed as it happens';
  if (everySeconds < 60) return 'looked at all the time';
  const minutes = Math.round(everySeconds / 60);
  if (minutes < 120)
    return minutes === 1 ? 'looked at every minute' : `looked at every ${minutes} minutes`;
  return `looked at every ${count(Math.round(minutes / 60), 'hour')}`;
}

function baseline(isAdded: boolean): string {
  return isAdded
    ? 'These are there already and bring no cards; what comes from now on is matched with the keywords.'
    : 'These are there now; they would bring no cards, what comes afterwards is matched.';
}

function sampleRow({ title, text, publishedAt }: Hearing['samples'][number]): KnownBlock {
  const shown = brief(title ?? text, 150);
  return context(`· ${shown}`, publishedAt === null ? '' : markup`${date(publishedAt, '{ago}')}`);
}

function keepOrRemove(id: string, label: string): KnownBlock {
  const kept = clip(`Listening to ${label}. See all: ${COMMAND} sources`, LIMITS.section);
  return {
    type: 'actions',
    elements: [
      button({ action: ACTIONS.close, text: 'Keep', value: kept, style: 'primary' }),
      button({ action: ACTIONS.sourceRemove, text: 'Remove', value: id, style: 'danger' }),
    ],
  };
}

function offer(input: string, label: string): KnownBlock {
  if (input.length > LONGEST_VALUE) return context('The address is too long to be added.');
  const cancel = clip(`${label} was not added.`, LIMITS.section);
  return {
    type: 'actions',
    elements: [
      button({ action: ACTIONS.sourceAdd, text: 'Add', value: input, style: 'primary' }),
      button({ action: ACTIONS.close, text: 'Cancel', value: cancel }),
    ],
  };
}
