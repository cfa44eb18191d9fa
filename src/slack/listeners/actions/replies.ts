import { sentence } from '../../blocks/message.ts';
import { replyModal } from '../../blocks/modals/replies.ts';
import { replyList } from '../../blocks/replies.ts';
import { notAMember, tell, type Audience } from '../../respond.ts';
import type { Click } from '../click.ts';
import type { Listening } from '../context.ts';

export async function addReply(deps: Listening, click: Click): Promise<void> {
  if (!(await inTeam(deps, click))) return;
  const view = replyModal(click.channelId);
  await deps.client.views.open({ trigger_id: click.triggerId, view });
}

export async function removeReply(deps: Listening, click: Click, name: string): Promise<void> {
  if (!(await inTeam(deps, click))) return;
  const { replies } = deps.flows.stores;
  await replies.remove(deps.workspace.id, name);
  await tell(deps, click, replyList(await replies.list(deps.workspace.id)), true);
}

/** Whoever may answer may say with which words; if not, they have been told where to join. */
export async function inTeam(deps: Listening, person: Audience): Promise<boolean> {
  const { channelId } = await deps.flows.stores.workspaces.settings(deps.workspace.id);
  const isMember = channelId === null ? null : await deps.access.isMember(person.userId, channelId);
  if (isMember ?? person.channelId === channelId) return true;
  await tell(deps, person, sentence(notAMember(channelId)));
  return false;
}
