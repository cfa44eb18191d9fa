import { changeKeyword } from '../../../flows/keywords.ts';
import { keywordList } from '../../blocks/keywords.ts';
import { sentence } from '../../blocks/message.ts';
import { markup } from '../../blocks/text.ts';
import { tell } from '../../respond.ts';
import type { Click } from '../click.ts';
import type { Listening } from '../context.ts';
import { managed } from '../managed.ts';

/** Pauses a keyword or lets it go on, and shows the list anew. */
export async function pauseKeyword(
  deps: Listening,
  click: Click,
  id: string,
  paused: boolean,
): Promise<void> {
  if (!(await managed(deps, click))) return;
  const { id: workspaceId } = deps.workspace;
  const change = { paused };
  const request = { workspaceId, id, change, actor: click.userId };
  const outcome = await changeKeyword(deps.flows, request);
  if (!outcome.ok) return tell(deps, click, sentence(markup`${outcome.message}`));
  const keywords = await deps.flows.stores.keywords.list(workspaceId);
  await tell(deps, click, keywordList(keywords, ''), true);
}
