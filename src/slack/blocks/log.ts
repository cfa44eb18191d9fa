import type { KnownBlock } from '@slack/web-api';
import type { Mention, MentionEvent } from '../../core/mention.ts';
import { COMMAND } from '../ids.ts';
import type { Names } from '../people.ts';
import { eventSentence } from './line.ts';
import { count } from './keywords.ts';
import { context, section, type Message } from './message.ts';
import { brief, capital, date, LIMITS, markup, namedLink, type Markup } from './text.ts';

export interface LogRow {
  event: MentionEvent;
  mention: Mention | null;
  /** The query of its keyword; null when that is gone. */
  keyword: string | null;
  /** Where its card is; null without one. */
  cardUrl: string | null;
}

export interface LogContent {
  /** What people and the clock did, newest first. */
  rows: readonly LogRow[];
  /** Cards that appeared; they are counted, not listed. */
  found: number;
  /** In words, as in "today". */
  span: string;
  /** Of one person: nothing is counted, since figures by person are for few. */
  ofPerson?: boolean;
  /** Slack's tokens for the time of a row. */
  timeFormat: string;
}

/** Rows that one answer shows; together they stay far under what Slack takes. */
const MOST = 25;

/** The log of a stretch of time. */
export function logMessage(content: LogContent, names: Names): Message {
  const { rows, found, span, ofPerson, timeFormat } = content;
  const counts = `: ${count(found, 'card')}, ${count(rows.length, 'event')}`;
  const nothing = rows.length === 0 ? ': nothing' : '';
  const title = capital(`${span}${ofPerson === true ? nothing : counts}`);
  const more = rows.length - MOST;
  return {
    text: markup`${title}`.markup,
    blocks: [
      section(title),
      ...packed(rows.slice(0, MOST).map((row) => logLine(row, timeFormat, names))),
      ...(more > 0
        ? [
            context(
              markup`${ofPerson === true ? 'And more' : `${more} more`}. All of it, as a table: \`earshot export --csv\``,
            ),
          ]
        : []),
      context(markup`Wider: \`${COMMAND} log week\` · one person: \`${COMMAND} log @person\``),
    ],
  };
}

function logLine(row: LogRow, timeFormat: string, names: Names): Markup {
  const { event, mention, keyword, cardUrl } = row;
  const when = date(event.at, timeFormat);
  const what = mention === null ? markup`${event.type}` : eventSentence(event, mention, names);
  const about = keyword === null ? markup`` : markup` · ${brief(keyword, 60)}`;
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
