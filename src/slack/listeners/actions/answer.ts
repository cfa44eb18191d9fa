import { startWriting } from '../../../flows/act/writing.ts';
import { answerModal } from '../../blocks/modals/answer.ts';
import type { CardClick } from '../click.ts';
import type { Listening } from '../context.ts';
import { openAbout } from '../modal.ts';
import { aidFor } from './draft.ts';

/** Opens the modal first: a trigger lives for three seconds, and a card waits for Slack's pace. */
export async function answer(deps: Listening, click: CardClick): Promise<void> {
  const { userId } = click;
  let open: (() => Promise<void>) | null = null;
  await openAbout(deps, click, 'answer', async (ref, mention) => {
    open = () => startWriting(deps.flows, mention, userId);
    return answerModal(ref, await aidFor(deps, mention, userId));
  });
  await (open as (() => Promise<void>) | null)?.();
}
