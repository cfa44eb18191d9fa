import { maySeeFigures, teamFigures } from '../../../flows/report/figures.ts';
import { sentence, type Message } from '../../blocks/message.ts';
import { reportMessage, SPANS, type Span } from '../../blocks/report.ts';
import { markup } from '../../blocks/text.ts';
import { COMMAND } from '../../ids.ts';
import type { Listening } from '../context.ts';
import type { Command, CommandRequest } from './request.ts';

const DAY_MS = 24 * 3_600_000;

export const report: Command = {
  word: 'report',
  aliases: ['figures', 'summary'],
  usage: 'report [week|month|quarter]',
  about: 'what became of what was found, and how fast',
  run,
};

async function run(deps: Listening, request: CommandRequest): Promise<Message> {
  const span = readSpan(request.rest.trim().toLowerCase() || 'week');
  if (span === null) {
    return sentence(markup`Ask for \`${COMMAND} report week\`, \`month\` or \`quarter\`.`);
  }
  const figures = await teamFigures(deps.flows, deps.workspace.id, beginOf(deps, span));
  return reportMessage(figures, span, await mayPersons(deps, request.userId));
}

export function readSpan(text: string): Span | null {
  return text in SPANS ? (text as Span) : null;
}

export function beginOf(deps: Listening, span: Span): Date {
  return new Date(deps.flows.clock().getTime() - SPANS[span] * DAY_MS);
}

/** Whether the person may see the figures of the others, as the settings say now. */
export async function mayPersons(deps: Listening, userId: string): Promise<boolean> {
  const settings = await deps.flows.stores.workspaces.settings(deps.workspace.id);
  const person = await deps.people.find(userId);
  return maySeeFigures(settings, { userId, isAdmin: person?.isAdmin === true });
}
