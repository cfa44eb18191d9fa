import { tryText } from '../../../flows/report/report.ts';
import { sentence } from '../../blocks/message.ts';
import { markup } from '../../blocks/text.ts';
import { trialMessage } from '../../blocks/trial.ts';
import { COMMAND } from '../../ids.ts';
import type { Command } from './request.ts';

export const tryOut: Command = {
  word: 'try',
  aliases: ['test', 'why'],
  usage: 'try TEXT',
  about: 'what would Earshot make of this text, and why?',
  run: async (deps, { rest: text }) =>
    text === ''
      ? sentence(markup`Try what? For example \`${COMMAND} try acme broadband is down again\``)
      : trialMessage(await tryText(deps.flows, { workspaceId: deps.workspace.id, text })),
};
