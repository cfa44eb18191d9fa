import { InstallProvider, type Installation } from '@slack/oauth';
import type { ServerResponse } from 'node:http';
import type { Clock, Log, Workspace } from '../core/ports.ts';
import { clientOptions } from './app.ts';
import { SCOPES } from './check.ts';
import { boltLogger } from './logger.ts';
import type { Route } from './receiver.ts';

export interface OAuthOptions {
  clientId: string;
  clientSecret: string;
  /** Signs the state that comes back from Slack; the same in every replica. */
  stateSecret: string;
  apiUrl: string;
  /** A workspace said yes; its bot token is known to nobody else yet. */
  installed(workspace: Workspace, botToken: string): Promise<void>;
  clock: Clock;
  log: Log;
}

export const INSTALL_PATH = '/slack/install';
const REDIRECT_PATH = '/slack/oauth_redirect';

/**
 * The two pages of an installation: one that leads to Slack's consent, and the one to which Slack
 * sends the browser back with a code. The state is signed and bound to the browser by a cookie.
 */
export function oauthRoutes(options: OAuthOptions): Route[] {
  const { clientId, clientSecret, stateSecret, apiUrl, log } = options;
  const scopes = Object.keys(SCOPES);
  const provider = new InstallProvider({
    ...{ clientId, clientSecret, stateSecret, directInstall: true },
    authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href,
    installUrlOptions: { scopes },
    clientOptions: clientOptions(options),
    logger: boltLogger(log),
    installationStore: {
      async storeInstallation(installation) {
        const { workspace, token } = readInstallation(installation, options.clock);
        await options.installed(workspace, token);
        log.info({ workspaceId: workspace.id }, 'Earshot was installed in a workspace');
      },
      // Tokens are looked up by the desks, never through here.
      fetchInstallation: () => Promise.reject(new Error('an installation is not read here')),
    },
  });
  return [
    {
      path: INSTALL_PATH,
      method: 'GET',
      handler: (request, response) => void provider.handleInstallPath(request, response),
    },
    {
      path: REDIRECT_PATH,
      method: 'GET',
      handler: (request, response) =>
        void provider.handleCallback(request, response, {
          success: ({ team }) =>
            page(response, 200, `Earshot is in ${team?.name ?? 'your workspace'}`, [
              'Go back to Slack, invite @Earshot to the channel of your support team, and type',
              '/earshot settings there.',
            ]),
          failure: (error) => {
            log.warn({ code: error.code, cause: error.message }, 'an installation did not succeed');
            page(response, 400, 'Earshot was not installed', [
              'Nothing was changed. Begin again at',
              `${INSTALL_PATH}; if it fails once more, ask whoever runs Earshot to look at its log.`,
            ]);
          },
        }),
    },
  ];
}

function readInstallation(
  { team, bot, isEnterpriseInstall }: Installation<'v1' | 'v2', boolean>,
  clock: Clock,
): { workspace: Workspace; token: string } {
  if (isEnterpriseInstall || team === undefined) {
    throw new Error('Earshot is installed in single workspaces, not in a whole organisation.');
  }
  if (bot === undefined) throw new Error('Slack gave no bot token.');
  const { id, name = id } = team;
  return { workspace: { id, name, botUserId: bot.userId, createdAt: clock() }, token: bot.token };
}

function page(response: ServerResponse, status: number, title: string, lines: string[]): void {
  const text = [`<h1>${escaped(title)}</h1>`, `<p>${escaped(lines.join(' '))}</p>`].join('');
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
  });
  response.end(`<!doctype html><html lang="en"><title>${escaped(title)}</title>${text}</html>\n`);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
