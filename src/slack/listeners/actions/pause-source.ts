import { pauseSource as pause } from '../../../flows/set-up/sources.ts';
import { sourceList } from '../../blocks/sources.ts';
import { tell } from '../../respond.ts';
import type { Click } from '../click.ts';
import type { Listening } from '../context.ts';
import { managed } from '../managed.ts';

/** Pauses a source or lets it go on, and shows the list anew. */
export async function pauseSource(
  deps: Listening,
  click: Click,
  id: string,
  paused: boolean,
): Promise<void> {
  if (!(await managed(deps, click))) return;
  const { id: workspaceId } = deps.workspace;
  await pause(deps.flows, { workspaceId, id, paused, actor: click.userId });
  const sources = await deps.flows.stores.sources.list(workspaceId);
  await tell(deps, click, sourceList(sources, await deps.flows.stores.budgets.list(), ''), true);
}
