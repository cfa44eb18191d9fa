import { removeKeyword as remove } from '../../../flows/set-up/keywords.ts';
import { sentence } from '../../blocks/message.ts';
import { markup } from '../../blocks/text.ts';
import { COMMAND } from '../../ids.ts';
import { tell } from '../../respond.ts';
import type { Click } from '../click.ts';
import type { Listening } from '../context.ts';
import { managed } from '../managed.ts';

export async function removeKeyword(deps: Listening, click: Click, id: string): Promise<void> {
  if (!(await managed(deps, click))) return;
  const request = { workspaceId: deps.workspace.id, id, actor: click.userId };
  const removed = await remove(deps.flows, request);
  const said =
    removed === null
      ? markup`That keyword is not there any more.`
      : markup`Removed. To have it back: \`${COMMAND} watch ${removed.query}\``;
  await tell(deps, click, sentence(said), true);
}
