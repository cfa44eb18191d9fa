import type { Storm } from '../../../core/ports.ts';
import { bringUp, claimStorm, repairStorm } from '../../../flows/tell/storm.ts';
import { sentence } from '../../blocks/message.ts';
import { NEXT } from '../../blocks/storm.ts';
import { markup, mentioned } from '../../blocks/text.ts';
import { notAMember, tell } from '../../respond.ts';
import type { Click } from '../click.ts';
import type { Listening } from '../context.ts';

/** Somebody leads; the single mentions are still claimed and answered one by one. */
export async function leadStorm(deps: Listening, click: Click, id: string): Promise<void> {
  const storm = await stormOf(deps, click, id);
  if (storm === null) return;
  const by = await claimStorm(deps.flows, { storm, actor: click.userId });
  if (by === null) return;
  const said =
    by === click.userId
      ? markup`The storm is yours already.`
      : markup`The storm is already in the hands of ${mentioned(by)}.`;
  await tell(deps, click, sentence(said));
}

/** The next few from behind the storm, each with a card of its own. */
export async function nextOfStorm(deps: Listening, click: Click, id: string): Promise<void> {
  const storm = await stormOf(deps, click, id);
  if (storm === null) return;
  const brought = await bringUp(deps.flows, { storm, actor: click.userId, count: NEXT });
  if (brought === 0) await tell(deps, click, sentence(markup`Nothing waits behind it any more.`));
}

/** The storm, if it is there and the person is in its channel; else they have been told why not. */
async function stormOf(deps: Listening, click: Click, id: string): Promise<Storm | null> {
  const storm = await deps.flows.stores.storms.find(deps.workspace.id, id);
  if (storm === null) {
    await tell(deps, click, sentence(markup`This storm is not there any more.`));
    return null;
  }
  const isMember = await deps.access.isMember(click.userId, storm.channelId);
  if (isMember ?? click.channelId === storm.channelId) {
    if (click.card !== null) await repairStorm(deps.flows, storm, click.card);
    return storm;
  }
  await tell(deps, click, sentence(notAMember(storm.channelId)));
  return null;
}
