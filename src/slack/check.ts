import type { WebClient } from '@slack/web-api';
import type { Workspace } from '../core/ports.ts';
import { readMembers } from './access.ts';
import type { Capabilities, Capability } from './capabilities.ts';
import { readTrouble } from './errors.ts';
import { HISTORY_SCOPES } from './settle.ts';

/** One line of `earshot doctor`. */
export interface Finding {
  ok: boolean;
  /** What was looked at, and what was found. */
  what: string;
  /** What to do about it; null when it works. */
  fix: string | null;
}

/** The scopes that Earshot uses, and what for. */
export const SCOPES: Readonly<Record<string, string>> = {
  'chat:write': 'posts the cards and the lines of their threads',
  commands: 'offers /earshot',
  'channels:read': 'knows who is in the support channel, and so who may act',
  'groups:read': 'the same for a private support channel',
  'users:read': 'shows names without pinging, and knows who is an admin',
  'usergroups:read': 'lets an escalation call a user group',
};

export interface CheckDeps {
  client: WebClient;
  capabilities: Capabilities;
  workspace: Workspace;
  /** As Slack said at the sign-in; null where it did not. */
  scopes: readonly string[] | null;
  /** Of Socket Mode; null where Slack calls us over HTTP. */
  appToken: string | null;
}

/** Tries each optional call once and says what is missing; `channelId` is the support channel. */
export async function checkSlack(deps: CheckDeps, channelId: string | null): Promise<Finding[]> {
  const { client, capabilities, workspace, scopes } = deps;
  const findings: Finding[] = [
    { ok: true, what: `Slack: signed in to ${workspace.name}`, fix: null },
    ...missingScopes(scopes),
    ...afterCrash(scopes),
  ];
  const probes: [Capability, () => Promise<unknown>][] = [
    ['people', () => client.users.info({ user: workspace.botUserId })],
    ['usergroups', () => client.usergroups.list({})],
    ['channels', () => client.conversations.list({ limit: 1 })],
  ];
  for (const [capability, probe] of probes) {
    try {
      await capabilities.use(capability, probe);
    } catch (error) {
      findings.push(trouble(`Slack: ${capability}`, error));
    }
  }
  findings.push(await wayBack(deps));
  if (channelId !== null) findings.push(await inChannel(deps, channelId));
  const missing = capabilities.missing().map(({ capability, cause, effect }) => ({
    ok: false,
    what: `Slack: ${capability} (${cause}). ${effect}`,
    fix: 'Create the app again from src/slack/manifest.json, or add the scope, then reinstall it.',
  }));
  return [...findings, ...missing];
}

/** Whether clicks and commands reach us: over the socket that Slack opens for the app's token. */
async function wayBack({ client, appToken }: CheckDeps): Promise<Finding> {
  if (appToken === null) {
    const what = 'Slack: clicks and commands come over HTTP, to /slack/events on PORT';
    return { ok: true, what, fix: null };
  }
  const what = 'Slack: clicks and commands come over Socket Mode';
  try {
    await client.apps.connections.open({ token: appToken });
    return { ok: true, what, fix: null };
  } catch (error) {
    const fix =
      'Make a new app-level token with the scope connections:write, set SLACK_APP_TOKEN, and see that Socket Mode is on in the app.';
    return { ok: false, what: `${what}: ${readTrouble(error).cause}`, fix };
  }
}

function missingScopes(scopes: readonly string[] | null): Finding[] {
  if (scopes === null) return [];
  return Object.entries(SCOPES)
    .filter(([scope]) => !scopes.includes(scope))
    .map(([scope, why]) => ({
      ok: false,
      what: `Slack: the scope ${scope} is missing, with which Earshot ${why}`,
      fix: 'Add it under "OAuth & Permissions" of the app, then reinstall the app.',
    }));
}

/** Both are well; which one holds is the team's choice. */
function afterCrash(scopes: readonly string[] | null): Finding[] {
  if (scopes === null) return [];
  const what = scopes.some((scope) => HISTORY_SCOPES.includes(scope))
    ? 'Slack: after a crash, Earshot looks whether a message arrived, so that none comes twice'
    : 'Slack: after a crash, a card may appear twice until somebody touches the spare one (with channels:history it cannot)';
  return [{ ok: true, what, fix: null }];
}

async function inChannel(
  { client, capabilities, workspace }: CheckDeps,
  channel: string,
): Promise<Finding> {
  try {
    const members = await capabilities.use('members', () => readMembers(client, channel));
    if (members === null || members.has(workspace.botUserId))
      return { ok: true, what: `Slack: in the support channel ${channel}`, fix: null };
    return {
      ok: false,
      what: `Slack: not in the support channel ${channel}`,
      fix: 'Type /invite @Earshot there.',
    };
  } catch (error) {
    return trouble(`Slack: the support channel ${channel}`, error);
  }
}

function trouble(what: string, error: unknown): Finding {
  const { cause } = readTrouble(error);
  return {
    ok: false,
    what: `${what}: ${cause}`,
    fix: 'Try again; if it stays, check the setting.',
  };
}
