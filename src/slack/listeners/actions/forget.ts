import { replyLetter } from '../../../core/privacy/reply-letter.ts';
import { forget as carryOut } from '../../../flows/forget/forget.ts';
import { forgotten } from '../../blocks/forget.ts';
import { sentence } from '../../blocks/message.ts';
import { markup } from '../../blocks/text.ts';
import { tell } from '../../respond.ts';
import type { Click } from '../click.ts';
import type { Listening } from '../context.ts';
import { managed } from '../managed.ts';

export async function forget(deps: Listening, click: Click, target: string): Promise<void> {
  if (!(await managed(deps, click))) return;
  const { id: workspaceId, name: team } = deps.workspace;
  const outcome = await carryOut(deps.flows, { workspaceId, target, actor: click.userId });
  if (!outcome.ok) return tell(deps, click, sentence(markup`${outcome.message}`), true);
  const { noticeUrl, languages } = await deps.flows.stores.workspaces.settings(workspaceId);
  const letters = languages.map((language) => replyLetter({ team, noticeUrl }, language));
  await tell(deps, click, forgotten(outcome, letters), true);
}
