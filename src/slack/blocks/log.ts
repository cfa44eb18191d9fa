import type { KnownBlock } from '@slack/web-api';
import type { Mention, MentionEvent } from '../../core/mention.ts';
import { COMMAND } from '../ids.ts';
import type { Names } from '../people.ts';
import { eventSentence } from './line.ts';
import { count } from './keywords.ts';
import { context, section, type Message } from './message.ts';
import { clip, date, LIMITS, markup, namedLink, type Markup } from './text.ts';

export interface LogRow {
  event: MentionEvent;
  mention: Mention | null;
  /** The query of its keyword; null when that is gone. */
  keyword: string | null;
  /** Where its card is; null without one. */
  cardUrl: string | null;
}

/** Rows that one answer shows; together they stay far under what Slack takes. */
const MOST = 25;

/** The log of a stretch of time, newest first; `span` says which, as in "today". */
export function logMessage(rows: readonly LogRow[], span: string, names: Names): Message {
  if (rows.length === 0) {
    const none = markup`Nothing happened ${span}. Wider: \`${COMMAND} log week\``;
    return { text: none.markup, blocks: [section(none)] };
  }
  const more = rows.length - MOST;
  const title = `${count(rows.length, 'event')} ${span}, newest first`;
  return {
    text: markup`${title}`.markup,
    blocks: [
      section(title),
      ...packed(rows.slice(0, MOST).map((row) => logLine(row, names))),
      ...(more > 0
        ? [context(markup`${more} more. All of it, as a table: \`earshot export --csv\``)]
        : []),
    ],
  };
}

function logLine({ event, mention, keyword, cardUrl }: LogRow, names: Names): Markup {
  const when = date(event.at, '{date_short_pretty} {time}');
  const what = mention === null ? markup`${event.type}` : eventSentence(event, mention, names);
  const about = keyword === null ? markup`` : markup` · ${clip(keyword, 60)}`;
  const place = cardUrl === null ? markup`` : markup` · ${namedLink(cardUrl, 'card')}`;
  return markup`${when}  ${what}${about}${place}`;
}

/** As few sections as hold the lines. */
function packed(lines: readonly Markup[]): KnownBlock[] {
  const texts: string[] = [];
  for (const { markup: line } of lines) {
    const last = texts.at(-1);
    if (last === undefined || last.length + line.length + 1 > LIMITS.section) texts.push(line);
    else texts[texts.length - 1] = `${last}\n${line}`;
  }
  return texts.map((text) => section({ markup: text }));
}
