import { keywordList } from '../../blocks/keywords.ts';
import type { Command } from './request.ts';

export const keywords: Command = {
  word: 'keywords',
  aliases: ['list', 'queries'],
  usage: 'keywords [WORD]',
  about: 'see them; pause, edit, remove, and weigh their thresholds',
  run: async (deps, { rest }) =>
    keywordList(await deps.flows.stores.keywords.list(deps.workspace.id), rest),
};
