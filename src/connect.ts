import type { Config, RealSlackConfig } from './config.ts';
import type { Clock, Log, Shared, Stores } from './core/ports.ts';
import { openInstalls } from './installs.ts';
import type { Local } from './local.ts';
import {
  createSharedSlackApp,
  createSlackApp,
  type OwnSlackApp,
  type SlackApp,
  type SlackOptions,
} from './slack/app.ts';
import type { Page } from './web.ts';

export interface ConnectDeps {
  config: Config;
  local: Local | null;
  stores: Stores;
  /** Pages of our own, for where Slack calls us on the same port. */
  pages: readonly Page[];
  secret: string;
  clock: Clock;
  log: Log;
  paces?: SlackOptions['paces'];
  /** What all processes on one Postgres share; null: this one is alone. */
  shared: Pick<Shared, 'paces'> | null;
}

export interface Connection {
  slack: SlackApp;
  /** Pages that belong to it, and to no server yet. */
  pages: readonly Page[];
  /** Null where every workspace may install Earshot. */
  own: { workspaceId: string; team: string; channelId: string | null } | null;
}

/** Slack as the configuration names it: the local workspace, a real one, or all that install it. */
export async function connect(deps: ConnectDeps): Promise<Connection> {
  const { config, local, stores, clock, log, paces, shared } = deps;
  const common = {
    ...{ clock, log, ...(paces === undefined ? {} : { paces }) },
    ...(shared === null ? {} : { sharedPaces: shared.paces }),
  };
  const { slack: wanted } = config;
  if (wanted.mode !== 'local' && wanted.oauth !== null) {
    const { apiUrl } = wanted;
    const installs = openInstalls(wanted.oauth, { ...deps, apiUrl });
    const served = wanted.mode === 'http' ? [...deps.pages, ...installs.routes] : [];
    const { tokenOf } = installs;
    const slack = createSharedSlackApp({
      ...intake(wanted, config, served),
      ...common,
      apiUrl,
      tokenOf,
    });
    return { slack, pages: wanted.mode === 'http' ? [] : installs.routes, own: null };
  }
  const slack = await createSlackApp({ ...ownOptions(deps), ...common });
  const { workspace } = slack;
  await stores.workspaces.save(workspace);
  const channelId = await chooseChannel(config, local, slack, stores);
  return { slack, pages: [], own: { workspaceId: workspace.id, team: workspace.name, channelId } };
}

function ownOptions({ config, local, pages }: ConnectDeps) {
  const { slack } = config;
  if (slack.mode === 'local') {
    if (local === null) throw new Error('the local workspace is not open');
    const { botToken, apiUrl, appToken, paces } = local;
    return { mode: 'socket' as const, botToken, apiUrl, appToken, paces };
  }
  const { botToken, apiUrl } = slack;
  if (botToken === null) throw new Error('the token of one workspace is not known');
  return { ...intake(slack, config, pages), botToken, apiUrl };
}

function intake(slack: RealSlackConfig, { port }: Config, routes: readonly Page[]) {
  if (slack.mode === 'socket') return { mode: slack.mode, appToken: slack.appToken };
  return { mode: slack.mode, signingSecret: slack.signingSecret, port, routes };
}

/** The support channel: what the environment names, else what the team chose, else the local one. */
async function chooseChannel(
  config: Config,
  local: Local | null,
  slack: OwnSlackApp,
  stores: Stores,
): Promise<string | null> {
  const { id: workspaceId } = slack.workspace;
  const settings = await stores.workspaces.settings(workspaceId);
  const wanted = config.channel;
  const named = wanted === null ? null : await slack.findChannel(wanted);
  if (wanted !== null && named === null) {
    throw new Error(
      `EARSHOT_CHANNEL: there is no channel ${wanted} that Earshot can see. Invite it there with /invite @Earshot, or set the channel's id.`,
    );
  }
  const channelId = named ?? settings.channelId ?? local?.channelId ?? null;
  if (channelId !== settings.channelId) {
    await stores.workspaces.changeSettings(workspaceId, { channelId });
  }
  return channelId;
}
