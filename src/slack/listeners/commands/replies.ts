import { replyList } from '../../blocks/replies.ts';
import type { Command } from './request.ts';

export const replies: Command = {
  word: 'replies',
  aliases: ['reply', 'templates'],
  usage: 'replies',
  about: 'texts to begin an answer with; add and remove',
  run: async (deps) => replyList(await deps.flows.stores.replies.list(deps.workspace.id)),
};
