import { loadingModal } from '../blocks/modals/frame.ts';
import { settingsModal, type UserGroup } from '../blocks/modals/settings.ts';
import type { Audience } from '../respond.ts';
import type { Listening } from './context.ts';
import { managed } from './managed.ts';

/** Opens the settings: a first picture at once, since the trigger does not wait for the groups. */
export async function openSettings(
  deps: Listening,
  person: Audience & { triggerId: string },
): Promise<void> {
  if (!(await managed(deps, person))) return;
  const opened = await deps.client.views.open({
    trigger_id: person.triggerId,
    view: loadingModal('Settings'),
  });
  const { stores } = deps.flows;
  const { id: workspaceId } = deps.workspace;
  const [settings, groups, keywords] = await Promise.all([
    stores.workspaces.settings(workspaceId),
    userGroups(deps),
    stores.keywords.list(workspaceId),
  ]);
  await deps.client.views.update({
    view_id: opened.view?.id ?? '',
    view: settingsModal(settings, groups, keywords, person.channelId),
  });
}

/** The user groups that can be asked; none where Slack does not tell. */
export async function userGroups({ capabilities, client }: Listening): Promise<UserGroup[]> {
  const answer = await capabilities.use('usergroups', () => client.usergroups.list({}));
  return (answer?.usergroups ?? []).flatMap(({ id, name, handle }) =>
    id === undefined ? [] : [{ id, name: name || handle || id }],
  );
}
