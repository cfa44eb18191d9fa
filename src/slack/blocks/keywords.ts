import type { KnownBlock } from '@slack/web-api';
import type { Keyword } from '../../core/ports.ts';
import type { Advice } from '../../core/query/index.ts';
import { ACTIONS, COMMAND } from '../ids.ts';
import { nameOf, POST_CHOICES } from './thresholds.ts';
import { button, confirm, context, section, type Message } from './message.ts';
import { brief, channel, clip, markup, type Markup } from './text.ts';

/** Three blocks each, and a message holds fifty. */
const MOST = 15;
const QUERY = 200;

/** The keywords, each with its buttons; `filter` is the word that was asked for. */
export function keywordList(keywords: readonly Keyword[], filter: string): Message {
  const wanted = filter.toLowerCase();
  const shown = keywords.filter(({ query }) => query.toLowerCase().includes(wanted));
  if (shown.length === 0) {
    const none =
      filter === ''
        ? markup`No keyword yet. Add one: \`${COMMAND} watch "acme broadband" -jobs\``
        : markup`No keyword with “${filter}”. See all: \`${COMMAND} keywords\``;
    return { text: none.markup, blocks: [section(none)] };
  }
  const more = shown.length - MOST;
  return {
    text: `${count(shown.length, 'keyword')}`,
    blocks: [
      ...shown.slice(0, MOST).flatMap(keywordRow),
      ...(more > 0
        ? [context(markup`${more} more: narrow the list with \`${COMMAND} keywords WORD\``)]
        : []),
      context(markup`Add one: \`${COMMAND} watch QUERY\` · try a text: \`${COMMAND} try TEXT\``),
    ],
  };
}

function keywordRow(keyword: Keyword): KnownBlock[] {
  const { id, query, paused, channelId, postThreshold } = keyword;
  const place = channelId === null ? '' : markup`in ${channel(channelId)}`;
  const state = paused ? 'paused' : `a card for ${nameOf(POST_CHOICES, postThreshold)}`;
  return [
    section(brief(query, QUERY)),
    context(state, place),
    {
      type: 'actions',
      elements: [
        paused
          ? button({ action: ACTIONS.keywordResume, text: 'Resume', value: id })
          : button({ action: ACTIONS.keywordPause, text: 'Pause', value: id }),
        button({ action: ACTIONS.keywordEdit, text: 'Edit', value: id }),
        button({ action: ACTIONS.keywordThresholds, text: 'Thresholds', value: id }),
        button({
          action: ACTIONS.keywordRemove,
          text: 'Remove',
          value: id,
          style: 'danger',
          confirm: confirm(
            'Remove this keyword?',
            `Earshot stops watching ${brief(query, 100)}. Its cards and its log stay.`,
            'Remove',
          ),
        }),
      ],
    },
  ];
}

/** What a saved query listens for, and what comes next. */
export function keywordSaved(options: {
  keyword: Keyword;
  explanation: string;
  advice: readonly Advice[];
  next: Markup;
}): Message {
  const { keyword, explanation, advice, next } = options;
  const query = brief(keyword.query, QUERY);
  return {
    text: markup`Watching ${query}`.markup,
    blocks: [
      section(`Watching ${query}`),
      context(clip(explanation, 1500)),
      ...advice.slice(0, 5).map(({ message }) => context(`Advice: ${message}`)),
      context(next),
    ],
  };
}

export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
