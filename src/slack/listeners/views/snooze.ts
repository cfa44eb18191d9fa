import { readSnooze } from '../../blocks/modals/snooze.ts';
import type { Listening } from '../context.ts';
import { about, type Handled, type Submission } from './submission.ts';

/** "Tomorrow" is the person's own; UTC until Slack has said where they live. */
export function submitSnooze(deps: Listening, submission: Submission): Handled {
  const now = deps.flows.clock();
  const read = readSnooze(submission.values, now, 'UTC');
  if (!read.ok) return read;
  return about(deps, submission, async () => {
    const person = await deps.people.find(submission.userId);
    const settings = await deps.flows.stores.workspaces.settings(deps.workspace.id);
    const timeZone = person?.timeZone ?? settings.timeZone;
    const local = readSnooze(submission.values, now, timeZone);
    return { type: 'snooze', until: local.ok ? local.until : read.until };
  });
}
