import type { RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Actor, Mention, Status } from '../core/mention.ts';
import type { Log } from '../core/ports.ts';
import type { ActOutcome } from '../flows/act/act.ts';
import type { Message } from './blocks/message.ts';
import { channel, markup, mentioned, type Markup } from './blocks/text.ts';
import { readTrouble } from './errors.ts';

/** The person who clicked or typed, and how to reach only them. */
export interface Audience {
  userId: string;
  /** Where they are; null on the Home tab. */
  channelId: string | null;
  /** Through the payload's own address, good for five answers in half an hour. */
  respond: RespondFn | null;
}

export interface TellDeps {
  client: Pick<WebClient, 'chat'>;
  log: Log;
}

/**
 * Says something to one person alone. `replace`: in place of the private message whose button was
 * pressed. What cannot be said is logged: the card itself already shows what happened.
 */
export async function tell(
  deps: TellDeps,
  to: Audience,
  message: Message,
  replace = false,
): Promise<void> {
  const { text, blocks } = message;
  if (to.respond !== null) {
    try {
      const how = { response_type: 'ephemeral', replace_original: replace } as const;
      await to.respond({ ...how, text, blocks });
      return;
    } catch (error) {
      deps.log.debug({ cause: String(error) }, 'a response address did not answer');
    }
  }
  if (to.channelId === null) return;
  try {
    await deps.client.chat.postEphemeral({
      channel: to.channelId,
      user: to.userId,
      text,
      blocks,
      parse: 'none',
      link_names: false,
    });
  } catch (error) {
    const { cause } = readTrouble(error);
    deps.log.warn({ cause, channelId: to.channelId }, 'a private answer could not be given');
  }
}

export const NOT_A_MANAGER = markup`Workspace admins, and the people that they name in the settings, change keywords, sources and settings. Ask one of them.`;
export const TROUBLE = markup`That did not work: Slack or the database did not answer. Please try again.`;

export function notAMember(channelId: string | null): Markup {
  return channelId === null
    ? markup`This mention has no card yet.`
    : markup`Members of ${channel(channelId)} act on its cards. Join it, then try again.`;
}

/** Why a click changed nothing, said kindly to the one who was late. */
export function refusal(outcome: ActOutcome & { ok: false }, userId: string): Markup {
  if (outcome.refused === 'not-found') return markup`This mention is not there any more.`;
  const { mention, by } = outcome;
  const state = stateOf(mention, by, userId);
  return outcome.refused === 'already-there' ? state : markup`${state}, so this does not go now.`;
}

function stateOf({ status, claimedBy }: Mention, by: Actor | null, userId: string): Markup {
  if (status === 'claimed' && claimedBy === userId) return markup`This is claimed by you already`;
  if (by === userId) return markup`This is ${WORDS[status]} by you already`;
  return by === null
    ? markup`This is ${WORDS[status]} already`
    : markup`This is already ${WORDS[status]} by ${mentioned(by)}`;
}

const WORDS: Readonly<Record<Status, string>> = {
  detected: 'waiting for its card',
  quiet: 'kept for the digest',
  open: 'open',
  claimed: 'claimed',
  answered: 'answered',
  dismissed: 'dismissed',
  withdrawn: 'withdrawn',
  expired: 'expired',
};
