import { removeRota as remove, removeSwap as takeBack } from '../../../flows/set-up/oncall.ts';
import { sentence } from '../../blocks/message.ts';
import { brief, markup } from '../../blocks/text.ts';
import { tell } from '../../respond.ts';
import type { Click } from '../click.ts';
import type { Listening } from '../context.ts';
import { managed } from '../managed.ts';
import { maySwap, rotaGone, whoIsOnCall } from '../rotas.ts';

export async function removeRota(deps: Listening, click: Click, id: string): Promise<void> {
  if (!(await managed(deps, click))) return;
  const request = { workspaceId: deps.workspace.id, id, actor: click.userId };
  const removed = await remove(deps.flows, request);
  if (removed === null) return rotaGone(deps, click);
  await tell(deps, click, sentence(markup`Removed: ${brief(removed.name)}.`), true);
}

/** `value`: `<rota id>:<swap id>`. */
export async function removeSwap(deps: Listening, click: Click, value: string): Promise<void> {
  const [rotaId = '', swapId = ''] = value.split(':');
  const workspaceId = deps.workspace.id;
  const rota = await deps.flows.stores.rotas.find(workspaceId, rotaId);
  if (rota === null) return rotaGone(deps, click);
  if (!(await maySwap(deps, click, rota))) return;
  await takeBack(deps.flows, { workspaceId, rotaId, swapId, actor: click.userId });
  await tell(deps, click, await whoIsOnCall(deps), true);
}
