import { readDigest } from '../../../flows/tell/digest.ts';
import { digestPage, PAGE } from '../../blocks/digest.ts';
import type { Command } from './request.ts';

export const digest: Command = {
  word: 'digest',
  aliases: ['unsure', 'quiet'],
  usage: 'digest [PAGE]',
  about: 'all that stayed under the threshold of a card',
  async run(deps, { rest }) {
    const page = /^[1-9]\d{0,3}$/u.test(rest) ? Number(rest) : 1;
    const range = { offset: (page - 1) * PAGE, limit: PAGE };
    const list = await readDigest(deps.flows, { workspaceId: deps.workspace.id, ...range });
    return digestPage({ ...list, page });
  },
};
