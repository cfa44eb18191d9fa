import { calibrate } from '../../flows/set-up/calibration.ts';
import { thresholdsOf } from '../blocks/calibration.ts';
import { loadingModal } from '../blocks/modals/frame.ts';
import { thresholdsModal } from '../blocks/modals/thresholds.ts';
import { markup } from '../blocks/text.ts';
import type { Audience } from '../respond.ts';
import type { Listening } from './context.ts';
import { say } from './home.ts';
import { managed } from './managed.ts';

/** What each choice of a keyword's thresholds would have meant; null without such a keyword. */
export async function calibrationOf(deps: Listening, keywordId: string) {
  const { id: workspaceId } = deps.workspace;
  const keyword = await deps.flows.stores.keywords.find(workspaceId, keywordId);
  if (keyword === null) return null;
  return calibrate(deps.flows, { workspaceId, keywordId, thresholds: thresholdsOf(keyword) });
}

/** Opens the thresholds of a keyword to change them; `over`: on top of the modal that is open. */
export async function openThresholds(
  deps: Listening,
  person: Audience & { triggerId: string },
  keywordId: string,
  over = false,
): Promise<void> {
  if (!(await managed(deps, person))) return;
  const first = { trigger_id: person.triggerId, view: loadingModal('Thresholds') };
  const { views } = deps.client;
  const opened = over ? await views.push(first) : await views.open(first);
  const table = await calibrationOf(deps, keywordId);
  if (table === null) return say(deps, person, markup`That keyword is not there any more.`);
  const view = thresholdsModal(table, person.channelId);
  await views.update({ view_id: opened.view?.id ?? '', view });
}
