import type { WebClient } from '@slack/web-api';
import type { Settled, Sought } from '../core/ports.ts';
import type { Capabilities } from './capabilities.ts';
import { readTrouble } from './errors.ts';
import { CARD_EVENT, MESSAGE_EVENT } from './ids.ts';

export interface SettleDeps {
  client: Pick<WebClient, 'conversations'>;
  capabilities: Pick<Capabilities, 'use'>;
  /** As Slack said at the sign-in; null where it did not. */
  scopes: readonly string[] | null;
}

/** Either lets Earshot read: the one in public channels, the other in private ones. */
export const HISTORY_SCOPES: readonly string[] = ['channels:history', 'groups:history'];
/** Messages in one page. */
const PAGE = 200;
/** A channel with more messages since the attempt than this is not read to its end. */
const MOST_PAGES = 20;
/** Our clock and Slack's may differ; what is matched is the mark, not the time. */
const CLOCKS_MS = 5 * 60_000;

const CARD = 'card ';

interface Mark {
  event_type: string;
  event_payload: Record<string, string>;
}

/**
 * The metadata by which a message of Earshot's own is known again. `key` is what the flow calls it:
 * `card M` for the card of mention M, anything else for other messages.
 */
export function markOf(key: string): Mark {
  return key.startsWith(CARD)
    ? { event_type: CARD_EVENT, event_payload: { mention_id: key.slice(CARD.length) } }
    : { event_type: MESSAGE_EVENT, event_payload: { key } };
}

/**
 * Finds out whether Slack took a message of which nobody heard: the process died, or the answer did
 * not come. Reads what was posted since the attempt, with metadata, which needs `channels:history`
 * (or `groups:history`) and Earshot in the channel; nothing else of what is read is looked at or kept.
 */
export function createSettle(deps: SettleDeps): (sought: Sought) => Promise<Settled> {
  const { client, capabilities, scopes } = deps;
  const mayRead = scopes === null || HISTORY_SCOPES.some((scope) => scopes.includes(scope));

  function read({ channelId: channel, threadTs, since }: Sought, cursor: string | undefined) {
    const oldest = String((since.getTime() - CLOCKS_MS) / 1000);
    const page = {
      ...{ channel, oldest, limit: PAGE, include_all_metadata: true },
      ...(cursor === undefined ? {} : { cursor }),
    };
    return threadTs === null
      ? client.conversations.history(page)
      : client.conversations.replies({ ...page, ts: threadTs });
  }

  return async (sought) => {
    if (!mayRead) return { state: 'cannot' };
    let cursor: string | undefined;
    try {
      for (let pages = 0; pages < MOST_PAGES; pages += 1) {
        const page = await capabilities.use('history', () => read(sought, cursor));
        if (page === null) return { state: 'cannot' };
        const found = page.messages?.find(({ metadata }) => isMarked(metadata, sought.key));
        if (found?.ts !== undefined) return { state: 'there', ts: found.ts };
        cursor = page.response_metadata?.next_cursor || undefined;
        if (cursor === undefined) return { state: 'missing' };
      }
      return { state: 'cannot' };
    } catch (error) {
      const { meaning, cause, retryAfterSeconds } = readTrouble(error);
      if (meaning === 'gone') return { state: 'missing' };
      if (meaning === 'refused' || meaning === 'off') return { state: 'cannot' };
      return { state: 'later', cause, retryAfterSeconds };
    }
  };
}

function isMarked(metadata: object | undefined, key: string): boolean {
  if (metadata === undefined || metadata === null) return false;
  const { event_type: type, event_payload: payload } = metadata as {
    event_type?: unknown;
    event_payload?: unknown;
  };
  const mark = markOf(key);
  if (type !== mark.event_type || typeof payload !== 'object' || payload === null) return false;
  const said = payload as Record<string, unknown>;
  return Object.entries(mark.event_payload).every(([name, value]) => said[name] === value);
}
