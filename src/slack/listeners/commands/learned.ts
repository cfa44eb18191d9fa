import { learned as read } from '../learned.ts';
import type { Command } from './request.ts';

export const learned: Command = {
  word: 'learned',
  aliases: ['lessons', 'corrections'],
  usage: 'learned',
  about: 'what your corrections taught, by whom and when; take one back',
  run: (deps) => read(deps),
};
