import { newDraft } from '../../../flows/set-up/keywords.ts';
import { sentence, type Message } from '../../blocks/message.ts';
import { markup } from '../../blocks/text.ts';
import { COMMAND } from '../../ids.ts';
import { consider } from '../consider.ts';
import type { Listening } from '../context.ts';
import { managed } from '../managed.ts';
import type { Command, CommandRequest } from './request.ts';

export const watch: Command = {
  word: 'watch',
  aliases: ['add', 'track', 'monitor', 'keyword'],
  usage: 'watch QUERY [#channel]',
  about: 'watch for words, "quoted phrases", -exclusions, OR; see what it would have heard',
  run,
};

async function run(deps: Listening, request: CommandRequest): Promise<Message | null> {
  if (request.rest === '') {
    return sentence(
      markup`Watch for what? For example \`${COMMAND} watch "acme broadband" -jobs\``,
    );
  }
  if (!(await managed(deps, request))) return null;
  const { query, channelId } = splitChannel(request.rest);
  await consider(deps, request, newDraft(query, channelId));
  return null;
}

/** A channel at the end, as Slack writes a reference to one. */
function splitChannel(text: string): { query: string; channelId: string | null } {
  const found = /^([\s\S]*\S)\s+<#([A-Z0-9]+)(?:\|[^>]*)?>$/u.exec(text);
  return { query: found?.[1] ?? text, channelId: found?.[2] ?? null };
}
