import { readDismiss } from '../../blocks/modals/dismiss.ts';
import type { Listening } from '../context.ts';
import { about, type Handled, type Submission } from './submission.ts';

export function submitDismiss(deps: Listening, submission: Submission): Handled {
  const read = readDismiss(submission.values);
  if (!read.ok) return read;
  const { ok: _, ...dismissal } = read;
  return about(deps, submission, { type: 'dismiss', ...dismissal });
}
