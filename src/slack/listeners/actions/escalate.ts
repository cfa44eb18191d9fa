import { escalateModal } from '../../blocks/modals/escalate.ts';
import type { CardClick } from '../click.ts';
import type { Listening } from '../context.ts';
import { openAbout } from '../modal.ts';

export function escalate(deps: Listening, click: CardClick): Promise<void> {
  return openAbout(deps, click, 'escalate', async (ref) => {
    const { escalateTo } = await deps.flows.stores.workspaces.settings(deps.workspace.id);
    return escalateModal(ref, escalateTo);
  });
}
