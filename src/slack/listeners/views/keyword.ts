import { changeKeyword } from '../../../flows/keywords.ts';
import { keywordSaved } from '../../blocks/keywords.ts';
import { field } from '../../blocks/modals/frame.ts';
import { readKeyword } from '../../blocks/modals/keyword.ts';
import { sentence } from '../../blocks/message.ts';
import { markup } from '../../blocks/text.ts';
import { COMMAND } from '../../ids.ts';
import { tell } from '../../respond.ts';
import type { Listening } from '../context.ts';
import { managed } from '../managed.ts';
import { isFirst, type Handled, type Submission } from './submission.ts';

export function submitKeyword(deps: Listening, submission: Submission): Handled {
  const read = readKeyword(submission.values);
  if (!read.ok) return read;
  return { ok: true, work: () => save(deps, submission, read.edit) };
}

async function save(
  deps: Listening,
  { userId, channelId, metadata, deliveryId }: Submission,
  change: Parameters<typeof changeKeyword>[1]['change'],
): Promise<void> {
  const person = { userId, channelId, respond: null };
  if (!(await managed(deps, person)) || !(await isFirst(deps, deliveryId))) return;
  const { id: workspaceId } = deps.workspace;
  const outcome = await changeKeyword(deps.flows, {
    workspaceId,
    id: field(metadata, 'keywordId') ?? '',
    change,
    actor: userId,
  });
  const message = outcome.ok
    ? keywordSaved({ ...outcome, next: markup`Try a text: \`${COMMAND} try TEXT\`` })
    : sentence(markup`${outcome.message}`);
  await tell(deps, person, message);
}
