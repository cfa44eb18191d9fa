import { addSource as add } from '../../../flows/set-up/sources.ts';
import { hearingMessage } from '../../blocks/hearing.ts';
import { sentence } from '../../blocks/message.ts';
import { clip, markup } from '../../blocks/text.ts';
import { tell } from '../../respond.ts';
import type { Click } from '../click.ts';
import type { Listening } from '../context.ts';
import { managed } from '../managed.ts';

/** *Add*: the person has been told what is doubtful about the address. */
export async function addSource(deps: Listening, click: Click, input: string): Promise<void> {
  if (!(await managed(deps, click))) return;
  await tell(deps, click, sentence(markup`Looking at ${clip(input, 200)} …`), true);
  const { id: workspaceId } = deps.workspace;
  const request = { workspaceId, input, actor: click.userId, sure: true };
  const outcome = await add(deps.flows, request);
  const message = outcome.ok
    ? hearingMessage({ ...outcome, doubts: [] }, input)
    : sentence(markup`${outcome.message}`);
  await tell(deps, click, message, true);
}
