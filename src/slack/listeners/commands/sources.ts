import { sourceList } from '../../blocks/sources.ts';
import type { Command } from './request.ts';

export const sources: Command = {
  word: 'sources',
  aliases: ['feeds'],
  usage: 'sources [WORD]',
  about: 'see them and how they fare; pause and remove',
  run: async (deps, { rest }) =>
    sourceList(
      await deps.flows.stores.sources.list(deps.workspace.id),
      await deps.flows.stores.budgets.list(),
      rest,
    ),
};
