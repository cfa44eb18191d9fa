import { readAnswer } from '../../blocks/modals/answer.ts';
import type { Listening } from '../context.ts';
import { about, type Handled, type Submission } from './submission.ts';

export function submitAnswer(deps: Listening, submission: Submission): Handled {
  const read = readAnswer(submission.values);
  if (!read.ok) return read;
  const { url, note } = read;
  return about(deps, submission, { type: 'answer', url, note });
}
