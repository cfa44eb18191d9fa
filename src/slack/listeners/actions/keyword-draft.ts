import { removeKeyword, saveDraft, type Draft } from '../../../flows/set-up/keywords.ts';
import { readDraft } from '../../blocks/draft.ts';
import { keywordSaved } from '../../blocks/keywords.ts';
import { keywordModal } from '../../blocks/modals/keyword.ts';
import { sentence } from '../../blocks/message.ts';
import { markup } from '../../blocks/text.ts';
import { tell } from '../../respond.ts';
import type { Click } from '../click.ts';
import { consider, nextStep } from '../consider.ts';
import type { Listening } from '../context.ts';
import { managed } from '../managed.ts';

/** *Save*, and the *Undo* of a change, whose draft is what was there before. */
export async function saveKeyword(deps: Listening, click: Click, value: string): Promise<void> {
  const draft = await mayUse(deps, click, value);
  if (draft === null) return;
  const { id: workspaceId } = deps.workspace;
  const outcome = await saveDraft(deps.flows, { workspaceId, draft, actor: click.userId });
  const message = outcome.ok
    ? keywordSaved({ ...outcome, next: await nextStep(deps, { draft }) })
    : sentence(markup`${outcome.message}`);
  await tell(deps, click, message, true);
}

/** *Adjust*: the modal, with what the button carries. */
export async function adjustKeyword(deps: Listening, click: Click, value: string): Promise<void> {
  const draft = await mayUse(deps, click, value);
  if (draft === null) return;
  const view = keywordModal(draft, click.channelId);
  await deps.client.views.open({ trigger_id: click.triggerId, view });
}

/** *Use this*: the proposed query in place of the own one. */
export async function takeProposal(deps: Listening, click: Click, value: string): Promise<void> {
  const draft = await mayUse(deps, click, value);
  if (draft !== null) await consider(deps, click, draft, true);
}

/** *Undo* of a new keyword. */
export async function undoKeyword(deps: Listening, click: Click, id: string): Promise<void> {
  if (!(await managed(deps, click))) return;
  const request = { workspaceId: deps.workspace.id, id, actor: click.userId };
  const removed = await removeKeyword(deps.flows, request);
  const said =
    removed === null
      ? markup`That keyword is not there any more.`
      : markup`Undone: ${removed.query} is not being watched.`;
  await tell(deps, click, sentence(said), true);
}

/** Closes a private note; the button's value is what is left of it. */
export async function closeNote(deps: Listening, click: Click, value: string): Promise<void> {
  await tell(deps, click, sentence(markup`${value}`), true);
}

async function mayUse(deps: Listening, click: Click, value: string): Promise<Draft | null> {
  return (await managed(deps, click)) ? readDraft(value) : null;
}
