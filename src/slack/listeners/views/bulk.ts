import { FIRST_HOME } from '../../blocks/home-state.ts';
import { readMany } from '../../blocks/modals/bulk.ts';
import { readDismiss } from '../../blocks/modals/dismiss.ts';
import { performOnMany } from '../bulk.ts';
import type { Listening } from '../context.ts';
import { homeOf } from '../home.ts';
import type { ByPerson } from '../perform.ts';
import { snoozeUntil } from './snooze.ts';
import { isFirst, type Handled, type Submission } from './submission.ts';
import { readSnooze } from '../../blocks/modals/snooze.ts';

export function submitBulkDismiss(deps: Listening, submission: Submission): Handled {
  const read = readDismiss(submission.values);
  if (!read.ok) return read;
  const { ok: _, ...dismissal } = read;
  return aboutMany(deps, submission, async () => ({ type: 'dismiss', ...dismissal }));
}

export function submitBulkSnooze(deps: Listening, submission: Submission): Handled {
  const read = readSnooze(submission.values, deps.flows.clock(), 'UTC');
  if (!read.ok) return read;
  return aboutMany(deps, submission, async () => {
    const until = await snoozeUntil(deps, submission);
    return { type: 'snooze', until: until ?? read.until };
  });
}

/** Does it to all mentions of the modal, once. */
function aboutMany(
  deps: Listening,
  submission: Submission,
  command: () => Promise<ByPerson & { type: 'dismiss' | 'snooze' }>,
): Handled {
  return {
    ok: true,
    async work() {
      if (!(await isFirst(deps, submission.deliveryId))) return;
      const { userId, metadata } = submission;
      const state = (await homeOf(deps, userId)) ?? FIRST_HOME;
      await performOnMany(deps, { userId, state }, readMany(metadata), await command());
    },
  };
}
