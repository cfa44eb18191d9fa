import { App } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Clock, Log, Notifier, Workspace } from '../core/ports.ts';
import { createAccess } from './access.ts';
import { createCapabilities } from './capabilities.ts';
import { checkSlack, type Finding } from './check.ts';
import { forLog, readTrouble } from './errors.ts';
import { bindListeners } from './listeners/index.ts';
import type { Flows } from './listeners/context.ts';
import { boltLogger } from './logger.ts';
import { createNotifier, type Paces } from './notifier.ts';
import { createLanes } from './pace.ts';
import { createPeople } from './people.ts';
import { openIntake, pause, type Intake } from './receiver.ts';
import { createSettle } from './settle.ts';

export type SlackOptions = Intake & {
  botToken: string;
  /** Another Slack Web API; Slack's own if absent. */
  apiUrl?: string;
  clock: Clock;
  log: Log;
  /** Slack's own paces where absent. */
  paces?: Partial<Paces>;
};

export interface SlackApp {
  /** As Slack names it; not yet stored. */
  workspace: Workspace;
  notifier: Notifier;
  /** Binds the listeners to the flows and opens the connection. */
  start(flows: Flows): Promise<void>;
  /**
   * Takes nothing new, lets go of what waits for its turn (the outbox has it), and gives the
   * listeners two seconds to finish.
   */
  stop(): Promise<void>;
  /** The id of a channel by its id or name (with or without `#`); null if there is none to see. */
  findChannel(nameOrId: string): Promise<string | null>;
  /** What works and what does not, each with its fix, for `earshot doctor`. */
  check(channelId: string | null): Promise<Finding[]>;
  /** Messages that wait for their turn. */
  waiting(): number;
}

const TIMEOUT_MS = 10_000;
const STOP_MS = 2000;

/**
 * Signs in to Slack. The outbox is the retry, so a call is tried twice at most, and a rate limit is
 * handed back at once to the one who keeps the pace. Throws, with a sentence for people, when the
 * token is refused or Slack cannot be reached.
 */
export async function createSlackApp(options: SlackOptions): Promise<SlackApp> {
  const { botToken, clock, log } = options;
  const logger = boltLogger(log);
  const clientOptions: WebClientOptions = {
    ...(options.apiUrl === undefined ? {} : { slackApiUrl: options.apiUrl }),
    logger,
    timeout: TIMEOUT_MS,
    retryConfig: { retries: 1, minTimeout: 300 },
    rejectRateLimitedCalls: true,
    fetch: fetchInTime,
  };
  const client = new WebClient(botToken, clientOptions);
  const { workspace, botId, teamUrl, scopes } = await signIn(client, clock);
  const capabilities = createCapabilities(clock, log);
  const people = createPeople(client, capabilities, clock);
  const lanes = createLanes();
  const notifier = createNotifier({
    ...{ client, people, teamUrl, lanes, clock },
    settle: createSettle({ client, capabilities, scopes }),
    paces: options.paces ?? {},
  });
  const intake = openIntake(options, clientOptions, logger, log);
  const app = new App({
    token: botToken,
    botId,
    botUserId: workspace.botUserId,
    tokenVerificationEnabled: false,
    receiver: intake.receiver,
    convoStore: false,
    clientOptions,
    logger,
  });
  app.error(async (error) => log.error(forLog(error), 'a payload of Slack could not be handled'));
  const underWay = new Set<Promise<void>>();
  app.use(({ next }) => {
    const work = next().finally(() => underWay.delete(work));
    underWay.add(work);
    return work;
  });
  const appToken = options.mode === 'socket' ? options.appToken : null;
  let isStarted = false;

  return {
    workspace,
    notifier,
    async start(flows) {
      const access = createAccess({ client, stores: flows.stores, people, capabilities, clock });
      const homeSeenBy = new Set<string>();
      bindListeners(app, {
        ...{ flows, workspace, teamUrl, client, people, access, capabilities, homeSeenBy, log },
      });
      await intake.start();
      isStarted = true;
    },
    async stop() {
      if (isStarted) await intake.stop();
      isStarted = false;
      lanes.stop();
      await Promise.race([Promise.allSettled(underWay), pause(STOP_MS)]);
    },
    async findChannel(nameOrId) {
      if (/^[CG][A-Z0-9]{6,}$/u.test(nameOrId)) return nameOrId;
      const wanted = nameOrId.replace(/^#/u, '');
      return capabilities.use('channels', () => findByName(client, wanted));
    },
    check: (channelId) =>
      checkSlack({ client, capabilities, workspace, scopes, appToken }, channelId),
    waiting: lanes.waiting,
  };
}

/** Bolt answers to response addresses without a limit of its own. */
const fetchInTime: typeof fetch = (url, init) =>
  fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), ...init });

async function signIn(client: WebClient, clock: Clock) {
  try {
    const answer = await client.auth.test();
    const workspace: Workspace = {
      id: answer.team_id ?? '',
      name: answer.team ?? '',
      botUserId: answer.user_id ?? '',
      createdAt: clock(),
    };
    return {
      workspace,
      botId: answer.bot_id ?? '',
      teamUrl: answer.url ?? null,
      scopes: answer.response_metadata?.scopes ?? null,
    };
  } catch (error) {
    const { meaning, cause } = readTrouble(error);
    const isPassing = meaning === 'later' || meaning === 'wait';
    throw new Error(
      isPassing
        ? `Slack cannot be reached (${cause}). Check the network and SLACK_API_URL, then start again.`
        : `Slack refuses SLACK_BOT_TOKEN (${cause}). Copy the bot token from "OAuth & Permissions" of your app again.`,
      { cause: error },
    );
  }
}

async function findByName(client: WebClient, name: string): Promise<string | null> {
  let cursor: string | undefined;
  do {
    const page = await client.conversations.list({
      types: 'public_channel,private_channel',
      exclude_archived: true,
      limit: 1000,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const found = page.channels?.find((channel) => channel.name === name);
    if (found?.id !== undefined) return found.id;
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
  return null;
}
