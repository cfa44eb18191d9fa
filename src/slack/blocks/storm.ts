import type { Button, KnownBlock } from '@slack/web-api';
import type { Board, StormView } from '../../core/ports.ts';
import { ACTIONS } from '../ids.ts';
import type { Names } from '../people.ts';
import { button, context, section, type Message } from './message.ts';
import { brief, date, joined, markup, type Markup } from './text.ts';

/** How many mentions one press brings up. */
export const NEXT = 5;

/** What waits for its card, in the small print of the channel. */
export function heldMessage({ count, oldestFoundAt }: Board & { kind: 'held' }): Message {
  const said = markup`⏳ ${count} held, the oldest found ${date(oldestFoundAt, '{ago}')}. The worst come first, a few every five minutes.`;
  return { text: markup`${count} held`.markup, blocks: [context(said)] };
}

/** The one card of a storm: what is going on, and where the team is with it. */
export function stormMessage(view: StormView, names: Names): Message {
  const title = view.storm.endedAt === null ? lasting(view) : over(view, view.storm.endedAt);
  const claimed = view.storm.claimedBy;
  return {
    text: title.markup,
    blocks: [
      section(title),
      ...(claimed === null ? [] : [context(`In the hands of ${brief(names(claimed))}`)]),
      context(`${bars(view.chart)}  ${chartWords(view)}`),
      context(progress(view)),
      ...list('Loudest: ', view.words),
      ...list(
        'From: ',
        view.places.map(({ label, count }) => `${brief(label, 60)} ${count}`),
      ),
      ...actions(view),
    ],
  };
}

/** One line at the end of the channel, when it is over. */
export function stormEndMessage(view: StormView, names: Names): Message {
  const { storm, found, waiting, open, claimed, answered, dismissed } = view;
  const { startedAt, endedAt, claimedBy } = storm;
  const parts = [
    over(view, endedAt ?? startedAt),
    ...(claimedBy === null ? [] : [markup`in the hands of ${brief(names(claimedBy))}`]),
  ];
  const left = waiting + open + claimed;
  const rest =
    waiting === 0
      ? markup`${left} of ${found} are still open.`
      : markup`${left} of ${found} are still open; of these ${waiting} wait for a card, and come up a few at a time, the worst first.`;
  const done = markup`${answered} answered · ${dismissed} dismissed. ${rest}`;
  const all = joined(parts, ', ');
  return { text: all.markup, blocks: [section(all), context(done)] };
}

function lasting({ storm, found }: StormView): Markup {
  const why = storm.reason === 'rate' ? 'far more than usual' : 'many say nearly the same';
  return markup`🌩️ *Storm*: ${found} mentions since ${date(storm.startedAt, '{time}')}, ${why}`;
}

function over({ storm, found }: StormView, endedAt: Date): Markup {
  return markup`🌤️ *The storm is over*: ${found} mentions from ${date(storm.startedAt, '{date_short_pretty} {time}')} to ${date(endedAt, '{time}')}`;
}

function progress(view: StormView): Markup {
  const { waiting, oldestWaitingAt, open, claimed, answered, dismissed } = view;
  const oldest =
    oldestWaitingAt === null ? markup`` : markup` (the oldest ${date(oldestWaitingAt, '{ago}')})`;
  const parts = [
    markup`${waiting} wait for a card${oldest}`,
    markup`${open} open`,
    markup`${claimed} claimed`,
    markup`${answered} answered`,
    markup`${dismissed} dismissed`,
  ];
  return joined(parts, ' · ');
}

function chartWords({ chart, storm }: StormView): string {
  const hours = `the last ${chart.length / 6} hours`;
  return storm.endedAt === null ? hours : `${hours} of it`;
}

function list(intro: string, words: readonly string[]): KnownBlock[] {
  if (words.length === 0) return [];
  return [context(intro + words.map((word) => brief(word)).join(' · '))];
}

function actions({ storm, waiting }: StormView): KnownBlock[] {
  const { id: value } = storm;
  const elements: Button[] = [];
  if (storm.claimedBy === null && storm.endedAt === null) {
    const style = 'primary' as const;
    elements.push(button({ action: ACTIONS.stormClaim, text: 'Claim the storm', value, style }));
  }
  if (waiting > 0) {
    elements.push(button({ action: ACTIONS.stormNext, text: `Next ${NEXT}`, value }));
  }
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

const BARS = [...'▁▂▃▄▅▆▇█'];

/** Counts as bars: the highest is the largest, and the lowest is none at all. */
export function bars(counts: readonly number[]): string {
  const most = Math.max(...counts, 1);
  const steps = BARS.length - 1;
  return counts.map((count) => BARS[Math.ceil((count / most) * steps)]).join('');
}
