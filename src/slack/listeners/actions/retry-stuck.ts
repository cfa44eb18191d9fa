import { sentence } from '../../blocks/message.ts';
import { markup } from '../../blocks/text.ts';
import { tell } from '../../respond.ts';
import type { Click } from '../click.ts';
import type { Listening } from '../context.ts';

/** Lets the messages that stand still be sent anew, at the next look at the outbox. */
export async function retryStuck(deps: Listening, click: Click): Promise<void> {
  await deps.flows.stores.postings.retry(deps.workspace.id);
  const text = markup`They are sent again within a minute. A card that came twice goes as soon as somebody presses one of its buttons.`;
  await tell(deps, click, sentence(text), true);
}
