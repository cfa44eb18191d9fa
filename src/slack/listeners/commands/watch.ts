import { addKeyword } from '../../../flows/keywords.ts';
import { keywordSaved } from '../../blocks/keywords.ts';
import { sentence, type Message } from '../../blocks/message.ts';
import { channel, markup, type Markup } from '../../blocks/text.ts';
import { COMMAND } from '../../ids.ts';
import { NOT_A_MANAGER } from '../../respond.ts';
import type { Listening } from '../context.ts';
import type { Command, CommandRequest } from './request.ts';

export const watch: Command = {
  word: 'watch',
  aliases: ['add', 'track', 'monitor', 'keyword'],
  usage: 'watch QUERY [#channel]',
  about: 'watch for words, "quoted phrases", -exclusions, OR',
  run,
};

async function run(deps: Listening, request: CommandRequest): Promise<Message> {
  const { id: workspaceId, botUserId } = deps.workspace;
  if (request.rest === '') {
    return sentence(
      markup`Watch for what? For example \`${COMMAND} watch "acme broadband" -jobs\``,
    );
  }
  if (!(await deps.access.mayManage(workspaceId, request.userId))) return sentence(NOT_A_MANAGER);
  const { query, channelId } = splitChannel(request.rest);
  const outcome = await addKeyword(deps.flows, {
    workspaceId,
    query,
    channelId,
    actor: request.userId,
  });
  if (!outcome.ok) return sentence(markup`${outcome.message}`);
  const { channelId: usual } = await deps.flows.stores.workspaces.settings(workspaceId);
  const place = channelId ?? usual;
  const isIn = place === null ? null : await deps.access.isMember(botUserId, place);
  return keywordSaved({ ...outcome, next: nextStep(place, isIn) });
}

function nextStep(place: string | null, isIn: boolean | null): Markup {
  if (place === null) {
    return markup`Next: choose the channel for its cards with \`${COMMAND} settings\``;
  }
  if (isIn === false)
    return markup`Next: invite Earshot to ${channel(place)}, or it cannot post there`;
  return markup`Cards go to ${channel(place)}. Next: \`${COMMAND} try TEXT\` or \`${COMMAND} source add URL\``;
}

/** A channel at the end, as Slack writes a reference to one. */
function splitChannel(text: string): { query: string; channelId: string | null } {
  const found = /^([\s\S]*\S)\s+<#([A-Z0-9]+)(?:\|[^>]*)?>$/u.exec(text);
  return { query: found?.[1] ?? text, channelId: found?.[2] ?? null };
}
