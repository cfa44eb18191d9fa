import { startOfDay } from '../../../core/day.ts';
import type { Message } from '../../blocks/message.ts';
import { sentence } from '../../blocks/message.ts';
import { logMessage } from '../../blocks/log.ts';
import { brief, markup } from '../../blocks/text.ts';
import { readLog } from '../../../flows/report.ts';
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
/** More than is shown, to say how many there are. */
const MOST = 500;

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
  const from =
    asked.span === 'today' ? startOfDay(now, timeZone) : new Date(now.getTime() - WEEK_MS);
  const found = await readLog(deps.flows, {
    workspaceId,
    from,
    limit: MOST,
    ...(asked.actor === null ? {} : { actor: asked.actor }),
  });
  const keywords = await stores.keywords.list(workspaceId);
  const queries = new Map(keywords.map(({ id, query }) => [id, query]));
  const rows = found.map(({ event, mention }) => ({
    event,
    mention,
    keyword: mention === null ? null : (queries.get(mention.keywordId) ?? null),
    cardUrl: mention === null ? null : cardUrl(deps, mention),
  }));
  const shown = found.slice(0, 25).flatMap(({ event }) => [event.actor]);
  const names = await deps.people.names(asked.actor === null ? shown : [...shown, asked.actor]);
  const by = asked.actor === null ? '' : ` by ${brief(names(asked.actor))}`;
  const span = asked.span === 'today' ? 'today' : 'in the last seven days';
  return logMessage(rows, `${span}${by}`, names);
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
