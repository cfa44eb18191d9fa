import { status } from '../../flows/report.ts';
import type { Mention } from '../../core/mention.ts';
import { forLog } from '../errors.ts';
import { home, type HomeRow } from '../blocks/home.ts';
import { cardUrl, type Listening } from './context.ts';

/** More than is shown, to know whether there are more. */
const ROWS = 16;

/** Draws the Home tab of a person who opened it. */
export async function showHome(deps: Listening, userId: string): Promise<void> {
  deps.homeSeenBy.add(userId);
  await refreshHome(deps, userId);
}

/**
 * Draws it again after something that they did; nothing happens for those who never opened it.
 * Never fails: what they did is done, whatever becomes of this picture of it.
 */
export async function refreshHome(deps: Listening, userId: string): Promise<void> {
  if (!deps.homeSeenBy.has(userId)) return;
  try {
    await draw(deps, userId);
  } catch (error) {
    deps.log.warn(forLog(error), 'the Home tab could not be drawn');
  }
}

async function draw(deps: Listening, userId: string): Promise<void> {
  const { stores } = deps.flows;
  const { id: workspaceId } = deps.workspace;
  const page = { limit: ROWS, order: 'oldest' } as const;
  const [figures, claims, open, keywords, mayManage] = await Promise.all([
    status(deps.flows, workspaceId),
    stores.mentions.list(workspaceId, { statuses: ['claimed'], claimedBy: userId }, page),
    stores.mentions.list(workspaceId, { statuses: ['open'] }, page),
    stores.keywords.list(workspaceId),
    deps.access.mayManage(workspaceId, userId),
  ]);
  const row = (mention: Mention): HomeRow => ({
    mention,
    keyword: keywords.find(({ id }) => id === mention.keywordId) ?? null,
    cardUrl: cardUrl(deps, mention),
  });
  const view = home({ status: figures, claims: claims.map(row), open: open.map(row), mayManage });
  await deps.capabilities.use('home', () => deps.client.views.publish({ user_id: userId, view }));
}
