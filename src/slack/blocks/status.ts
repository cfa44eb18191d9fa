import type { KnownBlock } from '@slack/web-api';
import type { SourceRecord } from '../../core/ports.ts';
import type { Status } from '../../flows/report/report.ts';
import { ACTIONS, COMMAND } from '../ids.ts';
import { count } from './keywords.ts';
import { button, context, section, type Message } from './message.ts';
import { brief, date, joined, markup, namedLink, type Markup } from './text.ts';

const MOST_FAILING = 5;

/** The figures of a workspace. `cardUrl`: where the card of the oldest open mention is. */
export function statusMessage(status: Status, cardUrl: string | null): Message {
  const { sources, keywords, today } = status;
  const figures = figuresOf(status);
  const polled = sources.lastPollAt === null ? markup`never` : date(sources.lastPollAt, '{ago}');
  const paused = sources.paused + keywords.paused;
  return {
    text: figures.markup,
    blocks: [
      section(figures),
      context(
        markup`Today: ${today.found} found, ${today.claimed} claimed, ${today.answered} answered, ${today.dismissed} dismissed`,
      ),
      ...(status.oldestOpen === null ? [] : [context(oldest(status.oldestOpen.foundAt, cardUrl))]),
      context(
        markup`Listening to ${count(sources.total, 'source')} for ${count(keywords.total, 'keyword')}${paused === 0 ? '' : `, ${paused} of them paused`}; last heard ${polled}`,
      ),
      ...sources.failing.slice(0, MOST_FAILING).map(failing),
      ...status.dead.map(givenUp),
      ...stuck(status.stuck),
      context(markup`Next: \`${COMMAND} log today\`${hint(status)}`),
    ],
  };
}

/** How many wait for what. */
export function figuresOf({ open, claimed, waiting }: Status): Markup {
  const parts = [markup`${open} open`, markup`${claimed} claimed`];
  if (waiting > 0) parts.push(markup`${waiting} waiting for their card`);
  return joined(parts, ' · ');
}

function oldest(foundAt: Date, cardUrl: string | null): Markup {
  const since = markup`Oldest unclaimed: found ${date(foundAt, '{ago}')}`;
  return cardUrl === null ? since : markup`${since} · ${namedLink(cardUrl, 'its card')}`;
}

export function failing(source: SourceRecord) {
  const { label, failure, failingSince } = source;
  return context(
    `${brief(label, 100)} cannot be heard: ${brief(failure ?? '', 200)}`,
    failingSince === null ? '' : markup`since ${date(failingSince, '{ago}')}`,
  );
}

function givenUp({ chore, count: jobs, lastAt }: Status['dead'][number]) {
  return context(
    markup`${count(jobs, 'job')} (${chore}) failed to the last retry, the last one ${date(lastAt, '{ago}')}; the log of Earshot says why. What is due is tried again.`,
  );
}

/** They may be there already, once or several times: a person looks, and decides. */
function stuck([first, ...more]: Status['stuck']): KnownBlock[] {
  if (first === undefined) return [];
  const few = count(1 + more.length, 'message');
  const stand = more.length === 0 ? 'stands' : 'stand';
  return [
    context(
      markup`${few} ${stand} still since ${date(first.since, '{ago}')}: Slack breaks off its answer to them, and they may be there already. Nothing is lost.`,
    ),
    { type: 'actions', elements: [button({ action: ACTIONS.retryStuck, text: 'Try again' })] },
  ];
}

function hint({ sources, keywords }: Status): Markup {
  if (sources.failing.length > 0) return markup` · \`${COMMAND} sources\``;
  if (keywords.total === 0) return markup` · \`${COMMAND} watch QUERY\``;
  if (sources.total === 0) return markup` · \`${COMMAND} source add URL\``;
  return markup``;
}
