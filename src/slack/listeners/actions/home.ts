import { readHome } from '../../../flows/tell/home.ts';
import { homeMetadata, MOST_TICKS } from '../../blocks/home-state.ts';
import { markup } from '../../blocks/text.ts';
import type { HomeClick } from '../home-click.ts';
import type { Listening } from '../context.ts';
import { drawHome } from '../home.ts';

/** Goes to a list, or back to the overview. */
export function showList(deps: Listening, { userId, state }: HomeClick): Promise<void> {
  return drawHome(deps, userId, { ...state, offset: 0 });
}

/** Turns to the page that has so many rows before it. */
export function turnTo(deps: Listening, click: HomeClick, value: string): Promise<void> {
  const offset = Number.parseInt(value, 10) || 0;
  return drawHome(deps, click.userId, { ...click.state, offset });
}

/** A box was ticked or not; Slack shows that by itself, and this remembers it. */
export async function noteTick(deps: Listening, { userId, state }: HomeClick): Promise<void> {
  const result = deps.homes.get(userId)?.result ?? null;
  deps.homes.set(userId, { ...state, result });
  await deps.flows.stores.homeViews.noted(deps.workspace.id, userId, homeMetadata(state));
}

/** Ticks every row of the page, as far as so many can be ticked at once. */
export async function tickPage(deps: Listening, { userId, state }: HomeClick): Promise<void> {
  const place = { workspaceId: deps.workspace.id, userId, place: state };
  const { mentions } = await readHome(deps.flows, place);
  const here = Object.values(mentions).flatMap(({ rows }) => rows.map(({ mention }) => mention.id));
  const all = [...new Set([...state.ticks, ...here])];
  const tooMany = markup`${MOST_TICKS} at the most are ticked at once: these first, then the others.`;
  await drawHome(deps, userId, {
    ...state,
    ticks: all.slice(0, MOST_TICKS),
    round: state.round + 1,
    result: all.length > MOST_TICKS ? { text: tooMany, undo: null } : null,
  });
}

export function untickAll(deps: Listening, { userId, state }: HomeClick): Promise<void> {
  return drawHome(deps, userId, { ...state, ticks: [], round: state.round + 1 });
}
