import { status as read } from '../../../flows/report/report.ts';
import { statusMessage } from '../../blocks/status.ts';
import { cardUrl } from '../context.ts';
import type { Command } from './request.ts';

export const status: Command = {
  word: 'status',
  aliases: ['stats', 'health'],
  usage: 'status',
  about: 'what is open, what was done today, which sources are silent',
  async run(deps) {
    const figures = await read(deps.flows, deps.workspace.id);
    const { oldestOpen } = figures;
    return statusMessage(figures, oldestOpen === null ? null : cardUrl(deps, oldestOpen));
  },
};
