import { checkAnswer, lookBeforeAnswer } from '../../../flows/answer/check-answer.ts';
import { stopWriting } from '../../../flows/act/writing.ts';
import { verifyMention } from '../../../flows/answer/verify.ts';
import { readAnswer } from '../../blocks/modals/answer.ts';
import { INPUTS } from '../../ids.ts';
import type { Listening } from '../context.ts';
import { about, targetOf, type Handled, type Submission } from './submission.ts';

/** Slack waits three seconds for an answer; what the source says later counts all the same. */
const SECONDS = 1.5;

/** Looks at the address before the answer is logged, and for the answer right after. */
export async function submitAnswer(deps: Listening, submission: Submission): Promise<Handled> {
  const read = readAnswer(submission.values);
  if (!read.ok) return read;
  const { flows, workspace } = deps;
  const mentionId = targetOf(submission)?.mentionId ?? '';
  const asked = { workspaceId: workspace.id, mentionId, pasted: read.url, seconds: SECONDS };
  const [checked] = await Promise.all([
    checkAnswer(flows, asked),
    lookBeforeAnswer(flows, workspace.id, mentionId, SECONDS),
  ]);
  if (!checked.ok) return { ok: false, errors: { [INPUTS.url]: checked.message } };
  const logging = about(deps, submission, { type: 'answer', url: checked.url, note: read.note });
  if (!logging.ok) return logging;
  return {
    ok: true,
    async work() {
      await stopWriting(flows, workspace.id, mentionId, submission.userId);
      await logging.work();
      await verifyMention(flows, workspace.id, mentionId);
    },
  };
}
