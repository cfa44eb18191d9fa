import { readUndo } from '../../blocks/bulk.ts';
import { bulkDismissModal, bulkSnoozeModal } from '../../blocks/modals/bulk.ts';
import { markup } from '../../blocks/text.ts';
import { performOnMany, undoBulk } from '../bulk.ts';
import type { Listening } from '../context.ts';
import { drawHome } from '../home.ts';
import type { HomeClick } from '../home-click.ts';

export async function claimTicked(deps: Listening, click: HomeClick): Promise<void> {
  if (await isEmpty(deps, click)) return;
  await performOnMany(deps, click, click.state.ticks, { type: 'claim' });
}

export async function assignTicked(deps: Listening, click: HomeClick, to: string): Promise<void> {
  if (to === '' || (await isEmpty(deps, click))) return;
  await performOnMany(deps, click, click.state.ticks, { type: 'assign', to });
}

export async function dismissTicked(deps: Listening, click: HomeClick): Promise<void> {
  if (await isEmpty(deps, click)) return;
  const view = bulkDismissModal(click.state.ticks);
  await deps.client.views.open({ trigger_id: click.triggerId, view });
}

export async function snoozeTicked(deps: Listening, click: HomeClick): Promise<void> {
  if (await isEmpty(deps, click)) return;
  const view = bulkSnoozeModal(click.state.ticks);
  await deps.client.views.open({ trigger_id: click.triggerId, view });
}

export function undoTicked(deps: Listening, click: HomeClick, value: string): Promise<void> {
  return undoBulk(deps, click, readUndo(value));
}

/** Whether nothing is ticked, which the person has then been told. */
async function isEmpty(deps: Listening, { userId, state }: HomeClick): Promise<boolean> {
  if (state.ticks.length > 0) return false;
  const text = markup`Nothing is ticked: tick the boxes of those that you mean, then choose again.`;
  await drawHome(deps, userId, { ...state, round: state.round + 1, result: { text, undo: null } });
  return true;
}
