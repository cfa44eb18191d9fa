import { readSnooze } from '../../blocks/modals/snooze.ts';
import type { Listening } from '../context.ts';
import { about, type Handled, type Submission } from './submission.ts';

export function submitSnooze(deps: Listening, submission: Submission): Handled {
  const read = readSnooze(submission.values, deps.flows.clock(), 'UTC');
  if (!read.ok) return read;
  return about(deps, submission, async () => {
    const until = await snoozeUntil(deps, submission);
    return { type: 'snooze', until: until ?? read.until };
  });
}

/** "Tomorrow" is the person's own; the team's until Slack has said where they live. */
export async function snoozeUntil(
  deps: Listening,
  { userId, values }: Pick<Submission, 'userId' | 'values'>,
): Promise<Date | null> {
  const person = await deps.people.find(userId);
  const settings = await deps.flows.stores.workspaces.settings(deps.workspace.id);
  const local = readSnooze(values, deps.flows.clock(), person?.timeZone ?? settings.timeZone);
  return local.ok ? local.until : null;
}
