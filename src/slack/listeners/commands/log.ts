import { startOfDay } from '../../../core/time/zone.ts';
import type { Message } from '../../blocks/message.ts';
import { sentence } from '../../blocks/message.ts';
import { peopleIn } from '../../blocks/line.ts';
import { logMessage } from '../../blocks/log.ts';
import { brief, markup } from '../../blocks/text.ts';
import { readLog } from '../../../flows/report/report.ts';
import { COMMAND } from '../../ids.ts';
import { cardUrl, type Listening } from '../context.ts';
import type { Command, CommandRequest } from './request.ts';

export const log: Command = {
  word: 'log',
  aliases: ['logs', 'history'],
  usage: 'log [today|week] [@person]',
  about: 'who did what, and when',
  run,
};

const WEEK_MS = 7 * 24 * 3_600_000;
/** Events read at most; more than is shown, to say how many there are. */
const MOST = 1000;

async function run(deps: Listening, request: CommandRequest): Promise<Message> {
  const { id: workspaceId } = deps.workspace;
  const asked = readAsked(request.rest);
  if (asked === null) {
    return sentence(
      markup`Ask for \`${COMMAND} log today\`, \`${COMMAND} log week\` or \`${COMMAND} log @person\`.`,
    );
  }
  const { stores, clock } = deps.flows;
  const { timeZone } = await stores.workspaces.settings(workspaceId);
  const now = clock();
  const isToday = asked.span === 'today';
  const from = isToday ? startOfDay(now, timeZone) : new Date(now.getTime() - WEEK_MS);
  const all = await readLog(deps.flows, {
    workspaceId,
    from,
    limit: MOST,
    ...(asked.actor === null ? {} : { actor: asked.actor }),
  });
  const keywords = await stores.keywords.list(workspaceId);
  const queries = new Map(keywords.map(({ id, query }) => [id, query]));
  const done = all.filter(({ event }) => event.type !== 'posted');
  const people = done.flatMap(({ event, mention }) => peopleIn(event, mention));
  const names = await deps.people.names([asked.actor, ...people]);
  const by = asked.actor === null ? '' : ` by ${brief(names(asked.actor))}`;
  return logMessage(
    {
      rows: done.map(({ event, mention }) => ({
        event,
        mention,
        keyword: mention === null ? null : (queries.get(mention.keywordId) ?? null),
        cardUrl: mention === null ? null : cardUrl(deps, mention),
      })),
      found: all.length - done.length,
      span: `${isToday ? 'today' : 'the last seven days'}${by}`,
      ofPerson: asked.actor !== null,
      timeFormat: isToday ? '{time}' : '{date_short_pretty} {time}',
    },
    names,
  );
}

interface Asked {
  span: 'today' | 'week';
  actor: string | null;
}

/** A person without a span means the week; null for words that are neither. */
function readAsked(rest: string): Asked | null {
  let span: Asked['span'] | null = null;
  let actor: string | null = null;
  for (const word of rest.split(/\s+/u).filter(Boolean)) {
    const person = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/u.exec(word);
    if (person !== null) actor = person[1] ?? null;
    else if (word === 'today' || word === 'week') span = word;
    else return null;
  }
  return { span: span ?? (actor === null ? 'today' : 'week'), actor };
}
