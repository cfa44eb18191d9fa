import type { Draft } from '../../../flows/set-up/keywords.ts';
import { field } from '../../blocks/modals/frame.ts';
import { readKeyword } from '../../blocks/modals/keyword.ts';
import { consider } from '../consider.ts';
import type { Listening } from '../context.ts';
import { managed } from '../managed.ts';
import { isFirst, type Handled, type Submission } from './submission.ts';

export function submitKeyword(deps: Listening, submission: Submission): Handled {
  const read = readKeyword(submission.values);
  if (!read.ok) return read;
  const draft = { ...read.edit, id: field(submission.metadata, 'keywordId') };
  return { ok: true, work: () => save(deps, submission, draft) };
}

async function save(
  deps: Listening,
  { userId, channelId, deliveryId }: Submission,
  draft: Draft,
): Promise<void> {
  const person = { userId, channelId, respond: null };
  if (!(await managed(deps, person)) || !(await isFirst(deps, deliveryId))) return;
  await consider(deps, person, draft);
}
