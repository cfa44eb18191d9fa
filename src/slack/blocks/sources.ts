import type { KnownBlock } from '@slack/web-api';
import type { Budget, SourceRecord } from '../../core/ports.ts';
import { ACTIONS, COMMAND } from '../ids.ts';
import { count } from './keywords.ts';
import { button, confirm, context, section, type Message } from './message.ts';
import { brief, date, markup, type Markup } from './text.ts';

/** Three blocks each, and a message holds fifty. */
const MOST = 15;
const LABEL = 100;

/** The sources, those that fail first, each with its buttons. */
export function sourceList(
  sources: readonly SourceRecord[],
  budgets: readonly Budget[],
  filter: string,
): Message {
  const wanted = filter.toLowerCase();
  const shown = sources
    .filter(({ label, address }) => `${label} ${address}`.toLowerCase().includes(wanted))
    .sort((a, b) => Number(b.failure !== null) - Number(a.failure !== null));
  if (shown.length === 0) {
    const none =
      filter === ''
        ? markup`No source yet. Add one: \`${COMMAND} source add https://forum.example/feed.xml\``
        : markup`No source with “${filter}”. See all: \`${COMMAND} sources\``;
    return { text: none.markup, blocks: [section(none)] };
  }
  const more = shown.length - MOST;
  return {
    text: count(shown.length, 'source'),
    blocks: [
      ...shown.slice(0, MOST).flatMap((source) =>
        sourceRow(
          source,
          budgets.find(({ kind }) => kind === source.kind),
        ),
      ),
      ...(more > 0
        ? [context(markup`${more} more: narrow the list with \`${COMMAND} sources WORD\``)]
        : []),
      context(markup`Add one: \`${COMMAND} source add URL\``),
    ],
  };
}

function sourceRow(source: SourceRecord, budget: Budget | undefined): KnownBlock[] {
  const { id, label, paused } = source;
  return [
    section(brief(label, LABEL)),
    context(...sourceState(source), ...(budget === undefined ? [] : [budgetState(budget)])),
    {
      type: 'actions',
      elements: [
        paused
          ? button({ action: ACTIONS.sourceResume, text: 'Resume', value: id })
          : button({ action: ACTIONS.sourcePause, text: 'Pause', value: id }),
        button({
          action: ACTIONS.sourceRemove,
          text: 'Remove',
          value: id,
          style: 'danger',
          confirm: confirm(
            'Remove this source?',
            `Earshot stops listening to ${brief(label, 100)}. Its cards and its log stay.`,
            'Remove',
          ),
        }),
      ],
    },
  ];
}

/** "4,200 of November’s 10,000 posts read", all the sources of its kind together. */
function budgetState({ month, used, most }: Budget): string {
  const name = new Date(`${month}-01T00:00:00Z`).toLocaleDateString('en-GB', {
    ...{ month: 'long', timeZone: 'UTC' },
  });
  const posts = (number: number) => number.toLocaleString('en-GB');
  return `${posts(used)} of ${name}’s ${posts(most)} posts read`;
}

/** How a source fares: paused, failing and why, or when it was last heard. */
export function sourceState(source: SourceRecord): (string | Markup)[] {
  const { paused, failure, failingSince, nextPollAt, lastSuccessAt, gap, rhythm } = source;
  const state: (string | Markup)[] = [];
  if (paused) state.push('paused');
  if (failure !== null) {
    state.push(`cannot be heard: ${brief(failure, 150)}`);
    if (failingSince !== null) state.push(markup`since ${date(failingSince, '{ago}')}`);
    if (!paused) state.push(markup`next try ${date(nextPollAt, '{time}')}`);
  } else if (lastSuccessAt === null) state.push('not heard yet');
  else state.push(markup`last heard ${date(lastSuccessAt, '{ago}')}`);
  if (rhythm.quietSince !== null) {
    state.push(markup`far quieter than usual since ${date(rhythm.quietSince, '{date_short}')}`);
  }
  if (gap !== null) state.push(brief(gap, 100));
  return state;
}
