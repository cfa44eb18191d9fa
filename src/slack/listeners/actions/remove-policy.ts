import { removePolicy as remove } from '../../../flows/set-up/policies.ts';
import { sentence } from '../../blocks/message.ts';
import { brief, markup } from '../../blocks/text.ts';
import { tell } from '../../respond.ts';
import type { Click } from '../click.ts';
import type { Listening } from '../context.ts';
import { managed } from '../managed.ts';
import { gone } from '../policies.ts';

export async function removePolicy(deps: Listening, click: Click, id: string): Promise<void> {
  if (!(await managed(deps, click))) return;
  const request = { workspaceId: deps.workspace.id, id, actor: click.userId };
  const removed = await remove(deps.flows, request);
  if (removed === null) return gone(deps, click);
  await tell(deps, click, sentence(markup`Removed: ${brief(removed.name)}.`), true);
}
