import { findAuthor } from '../../../flows/forget/forget.ts';
import { askToForget } from '../../blocks/forget.ts';
import { sentence, type Message } from '../../blocks/message.ts';
import { markup } from '../../blocks/text.ts';
import { COMMAND } from '../../ids.ts';
import { NOT_A_MANAGER } from '../../respond.ts';
import type { Listening } from '../context.ts';
import type { Command, CommandRequest } from './request.ts';

/** What a button can carry. */
const LONGEST = 500;

export const forget: Command = {
  word: 'forget',
  aliases: ['erase', 'object'],
  usage: 'forget URL|HANDLE',
  about: 'erase all by somebody who objects, and never hear them again',
  run,
};

async function run(deps: Listening, request: CommandRequest): Promise<Message> {
  const target = request.rest.trim();
  if (target === '' || target.length > LONGEST) {
    return sentence(
      markup`Say whom: \`${COMMAND} forget @name\`, \`${COMMAND} forget @name@host\`, or the address of a profile or post.`,
    );
  }
  if (!(await deps.access.mayManage(deps.workspace.id, request.userId))) {
    return sentence(NOT_A_MANAGER);
  }
  const found = await findAuthor(deps.flows, { workspaceId: deps.workspace.id, target });
  if (!found.ok) return sentence(markup`${found.message}`);
  return askToForget(target, found.mentions.filter(({ text }) => text !== null).length);
}
