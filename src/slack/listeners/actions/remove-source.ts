import { removeSource as remove } from '../../../flows/set-up/sources.ts';
import { sentence } from '../../blocks/message.ts';
import { markup } from '../../blocks/text.ts';
import { COMMAND } from '../../ids.ts';
import { tell } from '../../respond.ts';
import type { Click } from '../click.ts';
import type { Listening } from '../context.ts';
import { managed } from '../managed.ts';

export async function removeSource(deps: Listening, click: Click, id: string): Promise<void> {
  if (!(await managed(deps, click))) return;
  const request = { workspaceId: deps.workspace.id, idOrAddress: id, actor: click.userId };
  const removed = await remove(deps.flows, request);
  const said =
    removed === null
      ? markup`That source is not there any more.`
      : markup`Removed. To have it back: \`${COMMAND} source add ${removed.address}\``;
  await tell(deps, click, sentence(said), true);
}
