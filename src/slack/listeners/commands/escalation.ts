import { sentence } from '../../blocks/message.ts';
import { markup } from '../../blocks/text.ts';
import { COMMAND } from '../../ids.ts';
import { listPolicies, openPolicy, tryOut } from '../policies.ts';
import { splitWord, type Command } from './request.ts';

export const escalation: Command = {
  word: 'escalation',
  aliases: ['escalations', 'policies', 'policy'],
  usage: 'escalation [new|try SAT 22:10]',
  about: 'who is told when, and what would happen to a complaint found then',
  async run(deps, request) {
    const { word, rest } = splitWord(request.rest);
    if (word === '' || word === 'list') return listPolicies(deps);
    if (word === 'try' || word === 'test') return tryOut(deps, request.userId, rest);
    if (word !== 'new' && word !== 'add') {
      return sentence(
        markup`\`${COMMAND} escalation\` shows the policies, \`${COMMAND} escalation new\` makes one, \`${COMMAND} escalation try SAT 22:10\` tries one.`,
      );
    }
    await openPolicy(deps, request, null);
    return null;
  },
};
