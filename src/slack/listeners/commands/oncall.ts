import { openRota, whoIsOnCall } from '../rotas.ts';
import { splitWord, type Command } from './request.ts';

export const oncall: Command = {
  word: 'oncall',
  aliases: ['on-call', 'rota', 'rotas'],
  usage: 'oncall [new]',
  about: 'who is on call now and next; swap turns',
  async run(deps, request) {
    const { word } = splitWord(request.rest);
    if (word !== 'new' && word !== 'add') return whoIsOnCall(deps);
    await openRota(deps, request, null);
    return null;
  },
};
