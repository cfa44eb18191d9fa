import { readEscalate } from '../../blocks/modals/escalate.ts';
import type { Listening } from '../context.ts';
import { about, type Handled, type Submission } from './submission.ts';

/** Asks those whom the settings name now, not those of when the modal was opened. */
export function submitEscalate(deps: Listening, submission: Submission): Handled {
  const { note } = readEscalate(submission.values);
  return about(deps, submission, async () => {
    const { escalateTo } = await deps.flows.stores.workspaces.settings(deps.workspace.id);
    return { type: 'escalate', to: escalateTo, note };
  });
}
