import type { Actor } from '../../core/mention.ts';
import { readHome } from '../../flows/tell/home.ts';
import { home } from '../blocks/home.ts';
import { FIRST_HOME, homeMetadata, readHomeState, type HomeState } from '../blocks/home-state.ts';
import { sentence } from '../blocks/message.ts';
import type { Markup } from '../blocks/text.ts';
import { forLog } from '../errors.ts';
import { tell, type Audience } from '../respond.ts';
import { cardUrl, type Listening } from './context.ts';

/** Draws the Home tab of a person who opened it, where they left it. */
export async function showHome(deps: Listening, userId: string): Promise<void> {
  await drawHome(deps, userId, (await homeOf(deps, userId)) ?? FIRST_HOME);
}

/** Draws it again after something that they did; nothing happens for those who never opened it. */
export async function refreshHome(deps: Listening, userId: string): Promise<void> {
  const state = await homeOf(deps, userId);
  if (state !== null) await drawHome(deps, userId, state);
}

/**
 * Where somebody is on their Home; null for those who never opened it. The database knows, since
 * another process may have drawn it last; what came of their last deed is known here alone.
 */
export async function homeOf(deps: Listening, userId: string): Promise<HomeState | null> {
  const own = deps.homes.get(userId) ?? null;
  const kept = await deps.flows.stores.homeViews.find(deps.workspace.id, userId);
  if (kept === null || (own !== null && homeMetadata(own) === kept)) return own;
  return readHomeState(kept, {}) ?? own;
}

/**
 * Remembers where a person is, and draws it. Never fails: what they did is done, whatever becomes
 * of this picture of it.
 */
export async function drawHome(deps: Listening, userId: string, state: HomeState): Promise<void> {
  deps.homes.set(userId, state);
  try {
    await draw(deps, userId, state);
  } catch (error) {
    deps.log.warn(forLog(error), 'the Home tab could not be drawn');
  }
}

/** Says something to one person alone; on the Home tab, where nobody can be told, on it. */
export async function say(deps: Listening, person: Audience, text: Markup): Promise<void> {
  const state = person.channelId === null ? await homeOf(deps, person.userId) : null;
  if (state === null) return tell(deps, person, sentence(text));
  await drawHome(deps, person.userId, { ...state, result: { text, undo: null } });
}

async function draw(deps: Listening, userId: Actor, state: HomeState): Promise<void> {
  const { id: workspaceId } = deps.workspace;
  // Before it is read: what is erased meanwhile must be known to stand on it.
  await deps.flows.stores.homeViews.drawn(workspaceId, userId, homeMetadata(state));
  const [reading, mayManage] = await Promise.all([
    readHome(deps.flows, { workspaceId, userId, place: state }),
    deps.access.mayManage(workspaceId, userId),
  ]);
  const view = home({
    ...{ reading, state, mayManage, userId },
    cardUrl: ({ mention }) => cardUrl(deps, mention),
  });
  await deps.capabilities.use('home', () => deps.client.views.publish({ user_id: userId, view }));
}
