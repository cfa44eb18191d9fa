import { readAssign } from '../../blocks/modals/assign.ts';
import type { Listening } from '../context.ts';
import { about, type Handled, type Submission } from './submission.ts';

export function submitAssign(deps: Listening, submission: Submission): Handled {
  const read = readAssign(submission.values);
  return read.ok ? about(deps, submission, { type: 'assign', to: read.to }) : read;
}
