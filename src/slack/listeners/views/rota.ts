import {
  addSwap,
  saveRota,
  type RotaEdit,
  type RotaOutcome,
} from '../../../flows/set-up/oncall.ts';
import { field } from '../../blocks/modals/frame.ts';
import { readRota, readSwap, type SwapEdit } from '../../blocks/modals/rota.ts';
import { sentence } from '../../blocks/message.ts';
import { markup } from '../../blocks/text.ts';
import { tell, type Audience } from '../../respond.ts';
import type { Listening } from '../context.ts';
import { managed } from '../managed.ts';
import { maySwap, rotaGone, whoIsOnCall } from '../rotas.ts';
import { isFirst, type Handled, type Submission } from './submission.ts';

export function submitRota(deps: Listening, submission: Submission): Handled {
  const read = readRota(submission.values);
  if (!read.ok) return read;
  return { ok: true, work: () => save(deps, submission, read.edit) };
}

async function save(deps: Listening, submission: Submission, edit: RotaEdit): Promise<void> {
  const { userId, channelId, metadata, deliveryId } = submission;
  const person = { userId, channelId, respond: null };
  if (!(await managed(deps, person)) || !(await isFirst(deps, deliveryId))) return;
  const id = field(metadata, 'rotaId');
  const request = { workspaceId: deps.workspace.id, id, edit, actor: userId };
  await answer(deps, person, await saveRota(deps.flows, request));
}

export function submitSwap(deps: Listening, submission: Submission): Handled {
  const timeZone = field(submission.metadata, 'timeZone') ?? 'UTC';
  const read = readSwap(submission.values, deps.flows.clock(), timeZone);
  if (!read.ok) return read;
  return { ok: true, work: () => swap(deps, submission, read.edit) };
}

async function swap(deps: Listening, submission: Submission, edit: SwapEdit): Promise<void> {
  const { userId, channelId, metadata, deliveryId } = submission;
  const person = { userId, channelId, respond: null };
  const workspaceId = deps.workspace.id;
  const rotaId = field(metadata, 'rotaId') ?? '';
  const rota = await deps.flows.stores.rotas.find(workspaceId, rotaId);
  if (rota === null) return rotaGone(deps, person);
  if (!(await maySwap(deps, person, rota)) || !(await isFirst(deps, deliveryId))) return;
  await answer(
    deps,
    person,
    await addSwap(deps.flows, { workspaceId, rotaId, edit, actor: userId }),
  );
}

/** Whoever saved sees at once who is on call now. */
async function answer(deps: Listening, person: Audience, outcome: RotaOutcome): Promise<void> {
  const message = outcome.ok
    ? await whoIsOnCall(deps)
    : sentence(markup`Not saved. ${outcome.message}`);
  await tell(deps, person, message);
}
