import type { OAuthConfig } from './config.ts';
import type { Clock, Log, Stores } from './core/ports.ts';
import { createSeal } from './secret.ts';
import { oauthRoutes } from './slack/oauth.ts';
import type { Route } from './slack/receiver.ts';

/** How workspaces come by OAuth, and the way into each that has come. */
export interface Installs {
  /** The pages of an installation. */
  routes: Route[];
  /** Null where Earshot is not installed, or is no longer. */
  tokenOf(workspaceId: string): Promise<string | null>;
}

/** Tokens are sealed before they are stored, each for its own workspace. */
export function openInstalls(
  { clientId, clientSecret }: OAuthConfig,
  deps: { apiUrl: string; secret: string; stores: Stores; clock: Clock; log: Log },
): Installs {
  const { apiUrl, secret, stores, clock, log } = deps;
  const seal = createSeal(secret, 'slack tokens');
  return {
    routes: oauthRoutes({
      ...{ clientId, clientSecret, apiUrl, clock, log },
      stateSecret: seal.key('state'),
      async installed(workspace, botToken) {
        await stores.workspaces.save(workspace);
        const { id: workspaceId } = workspace;
        const sealedToken = seal.close(botToken, workspaceId);
        await stores.installations.save({ workspaceId, sealedToken, installedAt: clock() });
      },
    }),
    async tokenOf(workspaceId) {
      const found = await stores.installations.find(workspaceId);
      return found === null ? null : seal.open(found.sealedToken, workspaceId);
    },
  };
}
