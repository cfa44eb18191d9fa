import { App } from '@slack/bolt';
import type { WebClient, WebClientOptions } from '@slack/web-api';
import type { Clock, Log, Notifier, Paces as SharedPaces, Workspace } from '../core/ports.ts';
import { uninstall } from '../flows/forget/uninstall.ts';
import { createAccess } from './access.ts';
import type { HomeState } from './blocks/home-state.ts';
import { checkSlack, type Finding } from './check.ts';
import { openDesk, signInTrouble, type Desk } from './desk.ts';
import { desksByToken, notifierOfAll, oneDesk, type Desks } from './desks.ts';
import { forLog } from './errors.ts';
import { bindListeners } from './listeners/index.ts';
import type { Flows, Listening } from './listeners/context.ts';
import { boltLogger } from './logger.ts';
import type { Paces } from './notifier.ts';
import { openIntake, pause, type Intake } from './receiver.ts';

interface CommonOptions {
  /** Another Slack Web API; Slack's own if absent. */
  apiUrl?: string;
  clock: Clock;
  log: Log;
  /** Slack's own paces where absent. */
  paces?: Partial<Paces>;
  /** The paces of all processes together; absent: this one is alone. */
  sharedPaces?: SharedPaces;
  /** Ten seconds, and a clock that nobody sets, where absent. */
  timing?: Timing;
}

export interface Timing {
  /** How long Slack has for an answer, in milliseconds. */
  timeoutMs: number;
  /** Milliseconds, for what Slack asks us to wait. */
  now: () => number;
}

export type SlackOptions = Intake & CommonOptions & { botToken: string };

export type SharedSlackOptions = Intake &
  CommonOptions & {
    /** The bot token of a workspace; null where Earshot is not installed, or is no longer. */
    tokenOf: (workspaceId: string) => Promise<string | null>;
  };

/** Slack, for one workspace or for many. */
export interface SlackApp {
  notifier: Notifier;
  /** Binds the listeners to the flows and opens the connection. */
  start(flows: Flows): Promise<void>;
  /**
   * Takes nothing new, lets go of what waits for its turn (the outbox has it), and gives the
   * listeners two seconds to finish.
   */
  stop(): Promise<void>;
  /** Messages that wait for their turn. */
  waiting(): number;
}

/** Slack, for the one workspace whose bot token the operator has. */
export interface OwnSlackApp extends SlackApp {
  /** As Slack names it; not yet stored. */
  workspace: Workspace;
  /** The id of a channel by its id or name (with or without `#`); null if there is none to see. */
  findChannel(nameOrId: string): Promise<string | null>;
  /** What works and what does not, each with its fix, for `earshot doctor`. */
  check(channelId: string | null): Promise<Finding[]>;
}

const TIMEOUT_MS = 10_000;
const STOP_MS = 2000;

/** Throws, with a sentence for people, when the token is refused or Slack cannot be reached. */
export async function createSlackApp(options: SlackOptions): Promise<OwnSlackApp> {
  const desk = await openDesk(options.botToken, deskOptions(options)).catch((error: unknown) => {
    throw new Error(signInTrouble(error), { cause: error });
  });
  const { workspace, client, capabilities, scopes, notifier } = desk;
  const appToken = options.mode === 'socket' ? options.appToken : null;
  return {
    ...openApp(options, oneDesk(desk)),
    ...{ workspace, notifier },
    async findChannel(nameOrId) {
      if (/^[CG][A-Z0-9]{6,}$/u.test(nameOrId)) return nameOrId;
      const wanted = nameOrId.replace(/^#/u, '');
      return capabilities.use('channels', () => findByName(client, wanted));
    },
    check: (channelId) =>
      checkSlack({ client, capabilities, workspace, scopes, appToken }, channelId),
  };
}

/** One app for every workspace that installed it. */
export function createSharedSlackApp(options: SharedSlackOptions): SlackApp {
  const desks = desksByToken(options.tokenOf, (token) => openDesk(token, deskOptions(options)));
  return { ...openApp(options, desks), notifier: notifierOfAll(desks, options.log) };
}

/**
 * The outbox is the retry, so a call is tried twice at most, and a rate limit is handed back at once
 * to the one who keeps the pace.
 */
export function clientOptions({
  apiUrl,
  log,
  timing,
}: Pick<CommonOptions, 'apiUrl' | 'log' | 'timing'>) {
  return {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    logger: boltLogger(log),
    timeout: timing?.timeoutMs ?? TIMEOUT_MS,
    retryConfig: { retries: 1, minTimeout: 300 },
    rejectRateLimitedCalls: true,
    fetch: fetchInTime,
  } satisfies WebClientOptions;
}

function deskOptions(options: CommonOptions) {
  const { clock, log, paces = {}, timing, sharedPaces } = options;
  const now = timing === undefined ? {} : { now: timing.now };
  const shared = sharedPaces === undefined ? {} : { sharedPaces };
  return { clientOptions: clientOptions(options), clock, log, paces, ...now, ...shared };
}

function openApp(
  options: Intake & CommonOptions,
  desks: Desks,
): Pick<SlackApp, 'start' | 'stop' | 'waiting'> {
  const { clock, log } = options;
  const logger = boltLogger(log);
  const intake = openIntake(options, clientOptions(options), logger, log);
  const app = new App({
    authorize: async ({ teamId }) => {
      const desk = await deskOf(desks, teamId);
      const { token: botToken, botId, workspace } = desk;
      return { botToken, botId, botUserId: workspace.botUserId, teamId: workspace.id };
    },
    receiver: intake.receiver,
    convoStore: false,
    clientOptions: clientOptions(options),
    logger,
  });
  app.error(async (error) => log.error(forLog(error), 'a payload of Slack could not be handled'));
  const underWay = new Set<Promise<void>>();
  app.use(({ next }) => {
    const work = next().finally(() => underWay.delete(work));
    underWay.add(work);
    return work;
  });
  let isStarted = false;

  return {
    async start(flows) {
      const listening = new WeakMap<Desk, Listening>();
      bindListeners(app, async (workspaceId) => {
        const desk = await deskOf(desks, workspaceId);
        const known = listening.get(desk);
        if (known !== undefined) return known;
        const made = { ...listenAt(desk, flows, clock), log };
        listening.set(desk, made);
        return made;
      });
      // Its token is void by then, so there is no way into that workspace any more.
      app.event('app_uninstalled', ({ body }) => uninstall(flows, body.team_id));
      await intake.start();
      isStarted = true;
    },
    async stop() {
      const closed = isStarted ? intake.stop() : null;
      isStarted = false;
      for (const { lanes } of desks.opened()) lanes.stop();
      // Somebody who sends a request a byte a minute must not hold up the end.
      await Promise.race([Promise.allSettled([closed, ...underWay]), pause(STOP_MS)]);
    },
    waiting: () => desks.opened().reduce((sum, { lanes }) => sum + lanes.waiting(), 0),
  };
}

async function deskOf(desks: Desks, workspaceId: string | undefined): Promise<Desk> {
  const desk = await desks.find(workspaceId ?? '');
  if (desk === null) throw new Error(`Earshot is not installed in the workspace ${workspaceId}.`);
  return desk;
}

function listenAt(desk: Desk, flows: Flows, clock: Clock): Omit<Listening, 'log'> {
  const { workspace, teamUrl, client, people, capabilities } = desk;
  const access = createAccess({ client, stores: flows.stores, people, capabilities, clock });
  const homes = new Map<string, HomeState>();
  return { flows, workspace, teamUrl, client, people, access, capabilities, homes };
}

/** Bolt answers to response addresses without a limit of its own. */
const fetchInTime: typeof fetch = (url, init) =>
  fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), ...init });

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
