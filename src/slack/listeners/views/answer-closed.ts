import { stopWriting } from '../../../flows/act/writing.ts';
import { readRef } from '../../blocks/modals/frame.ts';
import type { Listening } from '../context.ts';

/** The modal of an answer was closed: nobody writes any more. */
export async function answerClosed(
  deps: Listening,
  userId: string,
  metadata: string,
): Promise<void> {
  const ref = readRef(metadata);
  if (ref !== null) await stopWriting(deps.flows, deps.workspace.id, ref.mentionId, userId);
}
