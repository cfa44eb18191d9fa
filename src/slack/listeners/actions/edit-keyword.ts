import { keywordModal } from '../../blocks/modals/keyword.ts';
import { sentence } from '../../blocks/message.ts';
import { markup } from '../../blocks/text.ts';
import { tell } from '../../respond.ts';
import type { Click } from '../click.ts';
import type { Listening } from '../context.ts';
import { managed } from '../managed.ts';

export async function editKeyword(deps: Listening, click: Click, id: string): Promise<void> {
  if (!(await managed(deps, click))) return;
  const keyword = await deps.flows.stores.keywords.find(deps.workspace.id, id);
  if (keyword === null) {
    return tell(deps, click, sentence(markup`That keyword is not there any more.`));
  }
  const view = keywordModal(keyword, click.channelId);
  await deps.client.views.open({ trigger_id: click.triggerId, view });
}
