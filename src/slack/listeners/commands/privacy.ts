import { privacyModal } from '../../blocks/modals/privacy.ts';
import { managed } from '../managed.ts';
import type { Command } from './request.ts';

export const privacy: Command = {
  word: 'privacy',
  aliases: ['accounts', 'brand', 'retention'],
  usage: 'privacy',
  about: 'your own accounts, places never to hear, how long text is kept',
  async run(deps, request) {
    if (!(await managed(deps, request))) return null;
    const settings = await deps.flows.stores.workspaces.settings(deps.workspace.id);
    const view = privacyModal(settings, request.channelId);
    await deps.client.views.open({ trigger_id: request.triggerId, view });
    return null;
  },
};
