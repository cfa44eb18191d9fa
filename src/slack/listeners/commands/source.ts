import { addSource, removeSource } from '../../../flows/set-up/sources.ts';
import { sentence, type Message } from '../../blocks/message.ts';
import { hearingMessage } from '../../blocks/hearing.ts';
import { clip, markup } from '../../blocks/text.ts';
import { COMMAND } from '../../ids.ts';
import { NOT_A_MANAGER } from '../../respond.ts';
import type { Listening } from '../context.ts';
import { splitWord, type Command, type CommandRequest } from './request.ts';

export const source: Command = {
  word: 'source',
  aliases: ['feed'],
  usage: 'source add|remove URL',
  about: 'listen to a public feed or page, or stop',
  wait: (rest) => {
    const { word, rest: address } = splitWord(rest);
    return word === 'add' && address !== ''
      ? sentence(markup`Looking at ${clip(address, 200)} …`)
      : null;
  },
  run,
};

async function run(deps: Listening, request: CommandRequest): Promise<Message> {
  const { word, rest: address } = splitWord(request.rest);
  if ((word !== 'add' && word !== 'remove') || address === '') {
    return sentence(
      markup`Give an address: \`${COMMAND} source add https://forum.example/feed.xml\` or \`${COMMAND} source remove …\``,
    );
  }
  if (!(await deps.access.mayManage(deps.workspace.id, request.userId))) {
    return sentence(NOT_A_MANAGER);
  }
  return word === 'add'
    ? add(deps, request.userId, address)
    : remove(deps, request.userId, address);
}

async function add(deps: Listening, actor: string, input: string): Promise<Message> {
  const outcome = await addSource(deps.flows, { workspaceId: deps.workspace.id, input, actor });
  return outcome.ok ? hearingMessage(outcome, input) : sentence(markup`${outcome.message}`);
}

async function remove(deps: Listening, actor: string, idOrAddress: string): Promise<Message> {
  const request = { workspaceId: deps.workspace.id, idOrAddress, actor };
  const removed = await removeSource(deps.flows, request);
  return sentence(
    removed === null
      ? markup`No such source. See them: \`${COMMAND} sources\``
      : markup`Removed. To have it back: \`${COMMAND} source add ${removed.address}\``,
  );
}
