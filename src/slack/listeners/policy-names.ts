import type { NameOf, Policy } from '../../core/escalation/index.ts';
import type { Rules } from '../../flows/set-up/policies.ts';
import type { Listening } from './context.ts';
import { userGroups } from './settings.ts';

/**
 * How people, groups, rotas and channels of policies are called in plain text, where they ping
 * nobody. What cannot be looked up goes by its kind.
 */
export async function namesForRules(
  deps: Listening,
  { rotas }: Pick<Rules, 'rotas'>,
  policies: readonly Policy[],
): Promise<NameOf> {
  const tells = policies.flatMap(({ steps }) => steps.flatMap(({ tell }) => tell));
  const ids = tells.flatMap((tell) => (tell.kind === 'person' ? [tell.id] : []));
  const wantsGroups = tells.some(({ kind }) => kind === 'group');
  const [names, groups] = await Promise.all([
    deps.people.names(ids),
    wantsGroups ? userGroups(deps) : [],
  ]);
  return ({ kind, id }) => {
    switch (kind) {
      case 'person':
        return names(id);
      case 'group':
        return groups.find((group) => group.id === id)?.name ?? 'a user group';
      case 'rota':
        return rotas.find((rota) => rota.id === id)?.name ?? 'a rota that is gone';
      case 'channel':
        // Plain text shows no channel's name; where names matter the caller draws a link.
        return 'another channel';
    }
  };
}
