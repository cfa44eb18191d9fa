import type { BlockAction, RespondFn } from '@slack/bolt';
import type { CardRef } from '../../flows/act/act.ts';
import type { Audience } from '../respond.ts';

/** A press of a button or a choice in a menu, read from Slack's payload. */
export interface Click extends Audience {
  /** The message that holds the button; null on the Home tab and in private answers. */
  card: CardRef | null;
  /** Opens a modal within three seconds. */
  triggerId: string;
}

/** A click on something about a mention. */
export interface CardClick extends Click {
  mentionId: string;
}

export function readClick(body: BlockAction, respond: RespondFn | undefined): Click {
  const { container } = body;
  const channelId = body.channel?.id ?? text(container?.['channel_id']);
  const ts = body.message?.ts ?? text(container?.['message_ts']);
  const isPrivate = container?.['is_ephemeral'] === true;
  return {
    userId: body.user.id,
    channelId,
    respond: respond ?? null,
    card: channelId === null || ts === null || isPrivate ? null : { channelId, ts },
    triggerId: body.trigger_id,
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
