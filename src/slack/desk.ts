import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Clock, Log, Notifier, Paces as SharedPaces, Workspace } from '../core/ports.ts';
import { createCapabilities, type Capabilities } from './capabilities.ts';
import { readTrouble } from './errors.ts';
import { createNotifier, type Paces } from './notifier.ts';
import { createLanes, type Lanes } from './pace.ts';
import { createSettle } from './settle.ts';
import { createPeople, type People } from './people.ts';

/** One workspace as the Slack room sees it: the way in, what works there, and its people. */
export interface Desk {
  token: string;
  /** As Slack names it; not yet stored. */
  workspace: Workspace;
  botId: string;
  /** The workspace's own address, for links to cards; null where Slack does not say. */
  teamUrl: string | null;
  /** Of the token, as Slack said; null where it did not. */
  scopes: readonly string[] | null;
  client: WebClient;
  capabilities: Capabilities;
  people: People;
  lanes: Lanes;
  notifier: Notifier;
}

export interface DeskOptions {
  clientOptions: WebClientOptions;
  clock: Clock;
  log: Log;
  /** Slack's own paces where absent. */
  paces?: Partial<Paces>;
  /** Milliseconds; a clock that nobody sets where absent. */
  now?: () => number;
  /** The paces of all processes together; absent: this one is alone. */
  sharedPaces?: SharedPaces;
}

/** Signs in with a bot token. Throws what Slack's client throws; `signInTrouble` puts it in words. */
export async function openDesk(token: string, options: DeskOptions): Promise<Desk> {
  const { clientOptions, clock, log } = options;
  const client = new WebClient(token, clientOptions);
  const answer = await client.auth.test();
  const teamUrl = answer.url ?? null;
  const scopes = answer.response_metadata?.scopes ?? null;
  const capabilities = createCapabilities(clock, log);
  const people = createPeople(client, capabilities, clock);
  const workspaceId = answer.team_id ?? '';
  const { now, sharedPaces } = options;
  const lanes = createLanes(now, sharedPaces && { paces: sharedPaces, workspaceId });
  const paces = options.paces ?? {};
  return {
    token,
    workspace: {
      id: workspaceId,
      name: answer.team ?? '',
      botUserId: answer.user_id ?? '',
      createdAt: clock(),
    },
    botId: answer.bot_id ?? '',
    ...{ scopes, teamUrl, client, capabilities, people, lanes },
    notifier: createNotifier({
      // What Slack did not answer may be there: it is looked for before it is posted again.
      client: new WebClient(token, { ...clientOptions, retryConfig: { retries: 0 } }),
      ...{ people, teamUrl, lanes, clock, paces },
      settle: createSettle({ client, capabilities, scopes }),
      answers: () => doesAnswer(client),
    }),
  };
}

/** Also a refusal is an answer. */
async function doesAnswer(client: Pick<WebClient, 'auth'>): Promise<boolean> {
  try {
    await client.auth.test();
    return true;
  } catch (error) {
    return !['later', 'wait'].includes(readTrouble(error).meaning);
  }
}

/** Why signing in failed, and what the operator does about it. */
export function signInTrouble(error: unknown): string {
  const { meaning, cause } = readTrouble(error);
  const isPassing = meaning === 'later' || meaning === 'wait';
  return isPassing
    ? `Slack cannot be reached (${cause}). Check the network and SLACK_API_URL, then start again.`
    : `Slack refuses SLACK_BOT_TOKEN (${cause}). Copy the bot token from "OAuth & Permissions" of your app again.`;
}
