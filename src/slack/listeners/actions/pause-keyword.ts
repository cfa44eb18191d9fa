import { pauseKeyword as pause } from '../../../flows/set-up/keywords.ts';
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
  const request = { workspaceId, id, paused, actor: click.userId };
  if (!(await pause(deps.flows, request))) {
    return tell(deps, click, sentence(markup`That keyword is not there any more.`));
  }
  const keywords = await deps.flows.stores.keywords.list(workspaceId);
  await tell(deps, click, keywordList(keywords, ''), true);
}
