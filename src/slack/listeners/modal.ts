import type { ModalView } from '@slack/web-api';
import type { CommandType } from '../../core/lifecycle.ts';
import type { Mention } from '../../core/mention.ts';
import type { ModalRef } from '../blocks/modals/frame.ts';
import type { CardClick } from './click.ts';
import type { Listening } from './context.ts';
import { ready } from './perform.ts';

/** Opens a modal about the mention of a click, if what it is for can still be done. */
export async function openAbout(
  deps: Listening,
  click: CardClick,
  command: CommandType,
  draw: (ref: ModalRef, mention: Mention) => ModalView | Promise<ModalView>,
): Promise<void> {
  const mention = await ready(deps, click, command);
  if (mention === null) return;
  const { mentionId, channelId, card } = click;
  const view = await draw({ mentionId, channelId, ts: card?.ts ?? null }, mention);
  await deps.client.views.open({ trigger_id: click.triggerId, view });
}
