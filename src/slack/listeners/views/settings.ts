import { readSettings, type SettingsEdit } from '../../blocks/modals/settings.ts';
import { sentence } from '../../blocks/message.ts';
import { channel, markup } from '../../blocks/text.ts';
import { tell } from '../../respond.ts';
import type { Listening } from '../context.ts';
import { refreshHome } from '../home.ts';
import { managed } from '../managed.ts';
import { isFirst, type Handled, type Submission } from './submission.ts';

export function submitSettings(deps: Listening, submission: Submission): Handled {
  const read = readSettings(submission.values);
  if (!read.ok) return read;
  return { ok: true, work: () => save(deps, submission, read.edit) };
}

async function save(
  deps: Listening,
  { userId, channelId, deliveryId }: Submission,
  edit: SettingsEdit,
): Promise<void> {
  const person = { userId, channelId, respond: null };
  if (!(await managed(deps, person)) || !(await isFirst(deps, deliveryId))) return;
  const { id: workspaceId, botUserId } = deps.workspace;
  await deps.flows.stores.workspaces.changeSettings(workspaceId, edit);
  deps.log.info({ workspaceId, actor: userId, fields: Object.keys(edit) }, 'settings changed');
  const isIn =
    edit.channelId === null ? null : await deps.access.isMember(botUserId, edit.channelId);
  const place = edit.channelId === null ? markup`nowhere` : channel(edit.channelId);
  const invite = isIn === false ? markup` Invite Earshot there, or it cannot post.` : markup``;
  await tell(deps, person, sentence(markup`Saved. Cards go to ${place}.${invite}`));
  await refreshHome(deps, userId);
}
