import { answerModal } from '../../blocks/modals/answer.ts';
import type { CardClick } from '../click.ts';
import type { Listening } from '../context.ts';
import { openAbout } from '../modal.ts';
import { aidFor } from './draft.ts';

export function answer(deps: Listening, click: CardClick): Promise<void> {
  return openAbout(deps, click, 'answer', async (ref, mention) =>
    answerModal(ref, await aidFor(deps, mention)),
  );
}
