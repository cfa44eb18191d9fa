import type { WebClient } from '@slack/web-api';
import type { Mention } from '../core/mention.ts';
import type { Clock, Stores } from '../core/ports.ts';
import type { Capabilities } from './capabilities.ts';
import type { People } from './people.ts';

export interface AccessDeps {
  client: Pick<WebClient, 'conversations'>;
  stores: { workspaces: Pick<Stores['workspaces'], 'settings'> };
  people: People;
  capabilities: Capabilities;
  clock: Clock;
}

export interface Access {
  /**
   * Whether a person may act on a mention: members of the channel that holds its card may.
   * `clickedIn` is the channel of the click, null for one from the Home tab.
   */
  mayAct(userId: string, mention: Mention, clickedIn: string | null): Promise<boolean>;
  /** Whether a person may change keywords, sources and settings: admins and named managers may. */
  mayManage(workspaceId: string, userId: string): Promise<boolean>;
  /** Null when Slack does not tell. */
  isMember(userId: string, channelId: string): Promise<boolean | null>;
}

const FRESH_MS = 60_000;
/** Somebody who joined just now is looked for again, but not at every click. */
const LOOK_AGAIN_MS = 2_000;
const PAGE = 1000;

/** Who may do what. Answers are cached for a minute. */
export function createAccess(deps: AccessDeps): Access {
  const channels = new Map<string, { at: number; members: Promise<Set<string> | null> }>();

  function membersOf(channelId: string, maximumAgeMs: number): Promise<Set<string> | null> {
    const now = deps.clock().getTime();
    const known = channels.get(channelId);
    if (known !== undefined && now - known.at < maximumAgeMs) return known.members;
    const members = deps.capabilities
      .use('members', () => readMembers(deps.client, channelId))
      .catch((error: unknown) => {
        // An outage takes no right away that was there a minute ago.
        if (known !== undefined) return known.members;
        channels.delete(channelId);
        throw error;
      });
    channels.set(channelId, { at: now, members });
    return members;
  }

  async function isMember(userId: string, channelId: string): Promise<boolean | null> {
    if ((await membersOf(channelId, FRESH_MS))?.has(userId)) return true;
    return (await membersOf(channelId, LOOK_AGAIN_MS))?.has(userId) ?? null;
  }

  return {
    isMember,
    async mayAct(userId, mention, clickedIn) {
      if (mention.channelId === null) return false;
      const known = await isMember(userId, mention.channelId);
      return known ?? clickedIn === mention.channelId;
    },
    async mayManage(workspaceId, userId) {
      const { managers } = await deps.stores.workspaces.settings(workspaceId);
      if (managers.includes(userId)) return true;
      const person = await deps.people.find(userId);
      if (person !== null) return person.isAdmin;
      const cannotLookUp = deps.capabilities
        .missing()
        .some(({ capability }) => capability === 'people');
      return cannotLookUp && managers.length === 0;
    },
  };
}

/** Everybody in a channel, over all pages. */
export async function readMembers(
  client: AccessDeps['client'],
  channelId: string,
): Promise<Set<string>> {
  const members = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await client.conversations.members({
      channel: channelId,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const member of page.members ?? []) members.add(member);
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
  return members;
}
