import type { KnownBlock, RichTextBlock } from '@slack/web-api';
import { isErased, type Mention } from '../../core/mention.ts';
import type { Board, ListedMention } from '../../core/ports.ts';
import { ACTIONS, COMMAND } from '../ids.ts';
import { button, context, section, type Message } from './message.ts';
import { brief, date, markup, safeUrl } from './text.ts';
import { verdictWords } from './verdict.ts';

const EXCERPT = 240;
/** Lines of one page of the whole list; two blocks each, and a message holds fifty. */
export const PAGE = 20;

/** The unsure and the quiet in one message. What strangers wrote stands where Slack parses nothing. */
export function digestMessage({ since, total, rows }: Board & { kind: 'digest' }): Message {
  const title = markup`*Digest*: ${total} under the threshold of a card since ${date(since, '{date_short_pretty} at {time}')}`;
  const more = total - rows.length;
  return {
    text: markup`Digest: ${total} under the threshold of a card`.markup,
    blocks: [
      section(title),
      ...rows.flatMap(line),
      context(
        more > 0
          ? markup`${more} more. See all: \`${COMMAND} digest\``
          : markup`Nothing needs to be done about these. A click on a wrong one makes it a card.`,
      ),
    ],
  };
}

/** One page of all of them, for one person. `page` counts from 1. */
export function digestPage(options: {
  since: Date;
  total: number;
  page: number;
  rows: readonly ListedMention[];
}): Message {
  const { since, total, page, rows } = options;
  const from = (page - 1) * PAGE;
  if (rows.length === 0) {
    const none = markup`Nothing is under the threshold of a card since ${date(since, '{date_short_pretty} at {time}')}.`;
    return { text: none.markup, blocks: [section(none)] };
  }
  const title = markup`${from + 1} to ${from + rows.length} of ${total} since ${date(since, '{date_short_pretty} at {time}')}`;
  const isLast = from + rows.length >= total;
  return {
    text: title.markup,
    blocks: [
      section(title),
      ...rows.flatMap(line),
      ...(isLast ? [] : [context(markup`Next: \`${COMMAND} digest ${page + 1}\``)]),
    ],
  };
}

function line(row: ListedMention): KnownBlock[] {
  const { id: value, status, url } = row.mention;
  if (isErased(row.mention)) return [context('Removed: the text is gone from here')];
  if (status !== 'quiet') return [context(`A card now (${status}) · ${brief(row.sourceLabel)}`)];
  const post = safeUrl(url);
  return [
    excerpt(row),
    {
      type: 'actions',
      elements: [
        button({ action: ACTIONS.raise, text: 'It is negative', value }),
        ...(post === null
          ? []
          : [button({ action: ACTIONS.open, text: 'Open', value, url: post })]),
      ],
    },
  ];
}

function excerpt({ mention, keyword, sourceLabel }: ListedMention): RichTextBlock {
  const about = [verdictOf(mention), keyword === null ? '' : brief(keyword.query), sourceLabel];
  const words = brief(mention.text ?? mention.title ?? '', EXCERPT);
  return {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          {
            type: 'text',
            text: about
              .filter(Boolean)
              .map((one) => brief(one))
              .join(' · '),
          },
        ],
      },
      {
        type: 'rich_text_quote',
        elements: [{ type: 'text', text: words === '' ? '–' : words }],
      },
    ],
  };
}

/** "0.48", or which language it was that could not be judged. */
function verdictOf({ verdict, language }: Mention): string {
  if (verdict.judged) return verdict.negativity.toFixed(2);
  return verdictWords(verdict, language);
}
