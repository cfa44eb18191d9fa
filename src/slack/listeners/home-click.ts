import type { BlockAction, ButtonAction } from '@slack/bolt';
import { FIRST_HOME, readHomeState, type HomeState } from '../blocks/home-state.ts';
import type { InputValues } from '../blocks/modals/frame.ts';
import type { Audience } from '../respond.ts';
import type { Listening } from './context.ts';

/** A press of something on the Home tab, with what the person saw there. */
export interface HomeClick extends Audience {
  state: HomeState;
  /** Opens a modal within three seconds. */
  triggerId: string;
}

export function readHomeClick(deps: Listening, body: BlockAction): HomeClick {
  const userId = body.user.id;
  const { view } = body;
  const seen =
    view === undefined
      ? null
      : readHomeState(view.private_metadata, (view.state?.values ?? {}) as InputValues);
  const state = seen ?? deps.homes.get(userId) ?? FIRST_HOME;
  return { userId, channelId: null, respond: null, state, triggerId: body.trigger_id };
}

/** What was pressed or chosen: a button's value, or the person of a menu. */
export function valueOf(action: ButtonAction | { selected_user?: string | null }): string {
  if ('selected_user' in action) return action.selected_user ?? '';
  return 'value' in action ? (action.value ?? '') : '';
}
