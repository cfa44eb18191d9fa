import { openSettings } from '../settings.ts';
import type { Command } from './request.ts';

export const settings: Command = {
  word: 'settings',
  aliases: ['setup', 'config'],
  usage: 'settings',
  about: 'the channel, whom to call and when, who may change things',
  async run(deps, request) {
    await openSettings(deps, request);
    return null;
  },
};
